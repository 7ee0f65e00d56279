import Foundation

/// Where random tests get their seeds from. Each seed is printed with the line that runs it again; with
/// `GODKEND_SEED` every random test runs with that seed alone.
///
///     let seed = TestSeed.drawn("OPS-REPLAY")     // OPS-REPLAY: GODKEND_SEED=1234
///     var dice = SplitMix(seed: seed)
package enum TestSeed {
    package static let variable = "GODKEND_SEED"

    /// The seed that the environment names; nil for none.
    package static let told = ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }

    /// Another seed in each run.
    package static func drawn(_ test: String) -> UInt64 {
        tell(test, told ?? UInt64.random(in: 0...UInt64.max))
    }

    /// The same seed in each run, for a test that must see something happen.
    package static func usual(_ seed: UInt64, _ test: String) -> UInt64 { tell(test, told ?? seed) }

    /// The same seeds in each run.
    package static func usual(_ seeds: [UInt64], _ test: String) -> [UInt64] {
        (told.map { [$0] } ?? seeds).map { tell(test, $0) }
    }

    private static func tell(_ test: String, _ seed: UInt64) -> UInt64 {
        print("\(test): \(variable)=\(seed)")
        return seed
    }
}
