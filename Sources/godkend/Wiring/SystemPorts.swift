import Foundation
import Operations
import Vocabulary

/// The machine's clock on the wall, in UTC. A running server asks `SteadyClock`.
struct SystemClock: Operations.Clock {
    func now() -> Instant {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)))
    }
}

/// The machine's two clocks. Elapsed time is `ContinuousClock`, on Linux CLOCK_BOOTTIME: it cannot be set and
/// counts the time that the machine sleeps, so that a question is over after a night of it.
struct SystemClocks: TimeSource {
    private static let patience = Duration.milliseconds(100)
    private let start = ContinuousClock.now

    /// Both clocks at one moment: a thread that was put aside between the two reads them again.
    func reading() -> ClockReading {
        for _ in 0..<4 {
            let before = ContinuousClock.now
            let wall = SystemClock().now()
            if before.duration(to: .now) < Self.patience { return reading(wall, at: before) }
        }
        let wall = SystemClock().now()
        return reading(wall, at: .now)
    }

    private func reading(_ wall: Instant, at moment: ContinuousClock.Instant) -> ClockReading {
        ClockReading(wall: wall, elapsed: Int64(start.duration(to: moment) / .microseconds(1)))
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
