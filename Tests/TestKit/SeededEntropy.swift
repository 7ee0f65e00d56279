import Operations
import SeedKit
import Synchronization

package final class SeededEntropy: Entropy {
    private let generator: Mutex<SplitMix>

    package init(seed: UInt64) { generator = Mutex(SplitMix(seed: seed)) }

    package func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in
            (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 24) }
        }
    }
}
