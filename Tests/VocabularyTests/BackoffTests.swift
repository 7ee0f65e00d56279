import Testing

@testable import Vocabulary

/// The pauses of all loops that wait for something else.
@Suite struct BackoffTests {
    @Test(arguments: [0, 0.3, 1, 7, -1])
    func `ACQ-INTENT: pauses double up to a bound, by at most a half less, and end with a success`(
        chance: Double
    ) {
        var backoff = Backoff(first: 100, longest: 1_000)
        #expect(backoff.pause(chance: chance) == 0)
        for expected in [100, 200, 400, 800, 1_000, 1_000] as [Int64] {
            backoff.fail()
            let pause = backoff.pause(chance: chance)
            #expect((expected - expected / 2...expected).contains(pause))
            if chance <= 0 { #expect(pause == expected) }
            if chance >= 1 { #expect(pause == expected - expected / 2) }
        }
        backoff.reset()
        #expect(backoff.pause(chance: chance) == 0)
    }

    @Test func `ACQ-INTENT: a thousand failures pause no longer than the longest`() {
        var backoff = Backoff(first: 100, longest: 30_000)
        for _ in 0..<1_000 { backoff.fail() }
        #expect(backoff.pause(chance: 0) == 30_000)
    }
}
