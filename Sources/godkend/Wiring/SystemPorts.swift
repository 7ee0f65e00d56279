import Foundation
import Operations
import Vocabulary

/// The machine's clock, in UTC.
struct SystemClock: Operations.Clock {
    func now() -> Instant {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)))
    }
}

/// The operating system's random bytes.
struct SystemEntropy: Entropy {
    func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            unsafe withUnsafeBytes(of: generator.next() as UInt64) { unsafe bytes.append(contentsOf: $0) }
        }
        return Array(bytes.prefix(count))
    }
}
