/// Growing pauses between attempts at what fails. A value; the chance comes in as an argument.
package struct Backoff: Sendable, Hashable {
    /// Milliseconds of the first pause, and of the longest.
    package let first: Int64
    package let longest: Int64
    package private(set) var failures = 0

    package init(first: Int64 = 100, longest: Int64 = 30_000) {
        self.first = first
        self.longest = longest
    }

    /// Something went wrong once more.
    package mutating func fail() { failures += 1 }

    /// All is well again.
    package mutating func reset() { failures = 0 }

    /// Milliseconds before the next attempt: none after a success, then doubled with every failure, of which
    /// `chance` (0 to 1) takes off up to a half, so that many clients do not come back at once.
    package func pause(chance: Double) -> Int64 {
        guard failures > 0 else { return 0 }
        let doubled = min(longest, first << Int64(min(failures - 1, 30)))
        return doubled - Int64(Double(doubled / 2) * min(max(chance, 0), 1))
    }
}
