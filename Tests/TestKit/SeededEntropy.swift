import Operations
import Synchronization

/// Numbers that look random and are the same for the same seed (SplitMix64, by Sebastiano Vigna, public
/// domain).
package struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

package final class SeededEntropy: Entropy {
    private let generator: Mutex<SplitMix>

    package init(seed: UInt64) { generator = Mutex(SplitMix(seed: seed)) }

    package func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in
            (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 24) }
        }
    }
}
