import Decisions
import Testing
import Vocabulary

@Suite struct TraceTests {
    /// A decision of each set that is declined, and one that is not.
    static func decisions() throws -> [Decision] {
        [
            try GoodCreate().decision(), try GoodCreate(isMerchantSuspended: true).decision(),
            try GoodCreate(enrolment: nil, customer: nil).decision(), GoodAnswer().decision,
            GoodAnswer(verdict: .deny).decision, GoodAnswer(isMatchCodeRight: false).decision,
            GoodResult().decision, GoodResult(result: .silent).decision,
            GoodResult(result: .declined(.lostCard)).decision,
        ]
    }

    /// The reason as somebody would find it who has the trace and nothing else.
    private func recomputed(_ trace: [TraceEntry]) -> DeclineReason? {
        trace.lazy.compactMap { entry in
            if case .decline(let reason) = entry.verdict { reason } else { nil }
        }.first
    }

    @Test func `PAY-TRACE: a decline is recomputed from its trace alone`() throws {
        let decisions = try Self.decisions()
        for decision in decisions {
            #expect(recomputed(decision.trace) == decision.decline)
            #expect(Decision(trace: decision.trace) == decision)
        }
        #expect(decisions.contains { $0.decline == nil } && decisions.contains { $0.decline != nil })
    }

    @Test func `PAY-TRACE: every rule of the set speaks, in order, with its version and the time`() throws {
        for decision in [try GoodCreate().decision(), try GoodCreate(isMerchantSuspended: true).decision()] {
            #expect(decision.trace.map(\.rule) == RuleSet.create.rules.map(\.name))
            #expect(decision.trace.map(\.version) == RuleSet.create.rules.map(\.version))
            #expect(decision.trace.allSatisfy { $0.at == now })
        }
    }

    @Test func `PAY-TRACE: a rule that judged shows what it looked at`() throws {
        for decision in try Self.decisions() {
            for entry in decision.trace where entry.verdict != .notApplicable {
                #expect(!entry.inputs.isEmpty, "\(entry.rule)")
                #expect(Set(entry.inputs.map(\.name)).count == entry.inputs.count, "\(entry.rule)")
            }
        }
    }

    @Test func `PAY-TRACE: the inputs are those that the verdict follows from`() throws {
        let decision = try GoodCreate(amountMinor: 200, limitMinor: 100).decision()
        let entry = try #require(decision.trace.first { $0.rule == "amount-within-limit" })
        #expect(
            entry.inputs == [
                RuleInput("amount", .number(200)), RuleInput("currency", .word("DKK")),
                RuleInput("limit", .number(100)),
            ])
        #expect(entry.verdict == .decline(.amountOverLimit))
    }

    @Test func `PAY-TRACE: the names of the rules are unique and each follows a text`() {
        let names =
            RuleSet.create.rules.map(\.name) + RuleSet.answer.rules.map(\.name)
            + RuleSet.ending.rules.map(\.name) + RuleSet.result.rules.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(RuleSet.create.rules.allSatisfy { !$0.citation.isEmpty && $0.version > 0 })
        #expect(RuleSet.answer.rules.allSatisfy { !$0.citation.isEmpty && $0.version > 0 })
        #expect(RuleSet.ending.rules.allSatisfy { !$0.citation.isEmpty && $0.version > 0 })
        #expect(RuleSet.result.rules.allSatisfy { !$0.citation.isEmpty && $0.version > 0 })
    }

    @Test func `PAY-TRACE: the same facts give the same decision`() throws {
        #expect(try GoodCreate().decision() == GoodCreate().decision())
        #expect(GoodResult(result: .silent).decision == GoodResult(result: .silent).decision)
    }
}
