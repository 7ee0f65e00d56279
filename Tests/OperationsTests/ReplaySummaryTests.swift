import Operations
import Records
import Testing
import Vocabulary

/// A replay over many decisions counts what would be otherwise, and what it cannot say.
@Suite struct ReplaySummaryTests {
    private func summary(
        _ decisions: [LoggedDecision], under rules: ReplayRules, maximumExamples: Int = 20
    ) async throws -> ReplaySummary {
        let pages = AsyncStream<[LoggedDecision]> { pages in
            for start in stride(from: 0, to: decisions.count, by: 3) {
                pages.yield(Array(decisions[start..<min(start + 3, decisions.count)]))
            }
            pages.finish()
        }
        return try await Replay.run(pages, under: rules, maximumExamples: maximumExamples)
    }

    @Test func `OPS-REPLAY: every decision is counted once, as what it would be`() async throws {
        let rules = try ReplayRules(
            """
            {"push-budget": {"version": 2, "parameters": {"budget": 4}},
             "amount-within-limit": {"version": 2, "parameters": {"caps": {"DKK": 20000}}}}
            """)
        let decisions = [
            try LoggedPayment(amountMinor: 20_000).logged(0),
            try LoggedPayment(amountMinor: 20_001).logged(1),
            try LoggedPayment(amountMinor: 30_000).logged(2),
            try LoggedPayment(amountMinor: 100, recentRequests: 3).logged(3),
            try LoggedPayment(amountMinor: 100, recentRequests: 4).logged(4),
            try LoggedPayment(amountMinor: 30_000, isCardBlocked: true).logged(5),
            try LoggedPayment(amountMinor: 100, recentRequests: 3).logged(6, isErased: true),
        ]
        let found = try await summary(decisions, under: rules)
        #expect(found.examined == 7 && found.unchanged == 2)
        #expect(found.newlyDeclined == [.amountOverLimit: 2])
        #expect(found.newlyPassed == [.pushBudgetSpent: 1])
        #expect(found.changedReason.map { [$0.key.from, $0.key.to] } == [[.cardBlocked, .amountOverLimit]])
        #expect(found.skipped == [.erased: 1])
        #expect(found.examples.map(\.decision) == [1, 2, 3, 5].map { decisions[$0].id })
        #expect(found.examples.first?.authorization == decisions[1].authorization)
        #expect(found.examples.allSatisfy { $0.stage == "create" })
    }

    @Test func `OPS-REPLAY: no more examples are kept than asked for, all are counted`() async throws {
        let decisions = try (0..<9).map { try LoggedPayment().logged($0) }
        for maximum in [0, 8, 9, 10] {
            let found = try await summary(decisions, under: .cap(1), maximumExamples: maximum)
            #expect(found.examples.count == min(maximum, 9))
            #expect(found.newlyDeclined == [.amountOverLimit: 9])
        }
    }

    @Test func `OPS-REPLAY: a trace that does not lead to its stored reason is not believed`() async throws {
        let good = try LoggedPayment().logged(0)
        let bad = LoggedDecision(
            id: good.id, authorization: good.authorization, stage: good.stage, reason: "card_blocked",
            trace: good.trace, personal: nil)
        let found = try await summary([good, bad], under: .cap(1))
        #expect(found.newlyDeclined == [.amountOverLimit: 1] && found.skipped == [.contradicted: 1])
    }

    @Test func `OPS-REPLAY: the lines say how many, which and why`() async throws {
        let decisions = [
            try LoggedPayment().logged(0), try LoggedPayment(recentRequests: 3).logged(1),
            try LoggedPayment(recentRequests: 3).logged(2, isErased: true),
        ]
        let lines = try await summary(decisions, under: .budget(4)).lines
        #expect(
            lines == [
                "3 decisions examined, 1 unchanged", "1 no longer declined: push_budget_spent",
                "1 skipped: what the rule looked at was erased",
                "\(decisions[1].id) \(decisions[1].authorization) create: push_budget_spent → no decline"
                    + " by push-budget",
            ])
        #expect(try await summary([], under: .budget(4)).lines == ["0 decisions examined, 0 unchanged"])
    }
}
