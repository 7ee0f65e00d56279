import Decisions
import Notation
import Operations
import Records
import SeedKit
import Testing
import Vocabulary

/// What another rule set would have decided on one logged decision.
@Suite struct ReplayTests {
    private func check(
        _ payment: LoggedPayment, under rules: ReplayRules, from: DeclineReason?, to: DeclineReason?,
        by rule: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try payment.decision().decline == from, sourceLocation: sourceLocation)
        let outcome = try payment.replayed(rules)
        guard case .changed(let change) = outcome else {
            #expect(Bool(false), "\(outcome)", sourceLocation: sourceLocation)
            return
        }
        #expect(change.from == from && change.to == to, sourceLocation: sourceLocation)
        #expect(change.rule == rule, sourceLocation: sourceLocation)
    }

    // MARK: Parameters

    @Test func `OPS-REPLAY: another amount cap flips the decisions above it and no other`() throws {
        for amount in [1, 19_999, 20_000] as [Int64] {
            #expect(try LoggedPayment(amountMinor: amount).replayed(.cap(20_000)) == .unchanged)
        }
        for amount in [20_001, 1_000_000] as [Int64] {
            try check(
                LoggedPayment(amountMinor: amount), under: .cap(20_000), from: nil, to: .amountOverLimit,
                by: "amount-within-limit")
        }
        let kronor = LoggedPayment(amountMinor: 20_001, currency: .sek)
        #expect(try kronor.replayed(.cap(20_000)) == .unchanged)
        #expect(try LoggedPayment(amountMinor: 200, limitMinor: 100).replayed(.cap(20_000)) == .unchanged)
    }

    @Test func `OPS-REPLAY: a larger budget lets pass what a smaller one declined`() throws {
        let asked = LoggedPayment(recentRequests: 3)
        try check(asked, under: .budget(4), from: .pushBudgetSpent, to: nil, by: "push-budget")
        #expect(try asked.replayed(.budget(3)) == .unchanged)
        try check(
            LoggedPayment(recentRequests: 2), under: .budget(2), from: nil, to: .pushBudgetSpent,
            by: "push-budget")
    }

    @Test(arguments: [(17, nil), (18, nil), (19, DeclineReason.ageRestricted)] as [(Int, DeclineReason?)])
    func `OPS-REPLAY: another age of majority is asked of the age of then`(
        age: Int, reason: DeclineReason?
    ) throws {
        let rules = try ReplayRules(
            #"{"buyer-adult": {"version": 2, "parameters": {"adult_age": \#(age)}}}"#)
        let buyer = LoggedPayment(payerBirthDate: "2008-11-22", buysForAdults: true)
        guard let reason else {
            #expect(try buyer.replayed(rules) == .unchanged)
            return
        }
        try check(buyer, under: rules, from: nil, to: reason, by: "buyer-adult")
    }

    @Test func `OPS-REPLAY: an earlier decline stands before a later one, and the other way round`() throws {
        let both = LoggedPayment(amountMinor: 30_000, isCardBlocked: true)
        try check(
            both, under: .cap(20_000), from: .cardBlocked, to: .amountOverLimit, by: "amount-within-limit")
        let suspended = LoggedPayment(amountMinor: 30_000, isSuspended: true)
        #expect(try suspended.replayed(.cap(20_000)) == .unchanged)
    }

    @Test func `OPS-REPLAY: the rule set in force changes nothing`() throws {
        let rules = try ReplayRules(RuleSetDocument.text(under: try .standard()))
        let payments = [
            LoggedPayment(), LoggedPayment(isSuspended: true), LoggedPayment(recentRequests: 3),
            LoggedPayment(payerBirthDate: nil), LoggedPayment(buysForAdults: true),
            LoggedPayment(payerBirthDate: "2010-01-01", buysForAdults: true),
        ]
        for payment in payments { #expect(try payment.replayed(rules) == .unchanged) }
    }

    @Test func `OPS-REPLAY: over random payments a replay says what the live rules say`() throws {
        let seed = TestSeed.drawn("OPS-REPLAY, random payments")
        var dice = SplitMix(seed: seed)
        var changed = 0
        for number in 0..<2_000 {
            let budget = Int(dice.next() % 6)
            var payment = LoggedPayment(recentRequests: Int(dice.next() % 6))
            payment.pushBudget = Int(dice.next() % 6)
            payment.isCardBlocked = dice.next() % 4 == 0
            payment.isCustomerBlocked = dice.next() % 4 == 0
            let outcome = try payment.replayed(.budget(budget))
            let before = try payment.decision().decline
            payment.pushBudget = budget
            let after = try payment.decision().decline
            switch outcome {
            case .unchanged: #expect(before == after, "payment \(number) of seed \(seed)")
            case .changed(let change):
                #expect(change.from == before && change.to == after, "payment \(number) of seed \(seed)")
                changed += 1
            case .skipped(let why): #expect(Bool(false), "\(why), payment \(number) of seed \(seed)")
            }
        }
        #expect(changed > 100, "too few change for the test to say anything, seed \(seed)")
    }

    // MARK: Rules switched off

    @Test func `OPS-REPLAY: switching a rule off reveals the next decline`() throws {
        let blocked = LoggedPayment(isCardBlocked: true, isCustomerBlocked: true)
        try check(
            blocked, under: .without("card-not-blocked"), from: .cardBlocked, to: .customerBlocked,
            by: "card-not-blocked")
        try check(
            blocked, under: .without("card-not-blocked", "customer-not-blocked"), from: .cardBlocked, to: nil,
            by: "card-not-blocked")
    }

    @Test func `OPS-REPLAY: the same reason from the next rule is no change`() throws {
        let blocked = LoggedPayment(isCustomerBlocked: true, isPasswordBlocked: true)
        #expect(try blocked.replayed(.without("customer-not-blocked")) == .unchanged)
    }

    @Test func `OPS-REPLAY: switching off a rule that let it pass changes nothing`() throws {
        #expect(try LoggedPayment().replayed(.without("push-budget", "code-app-enrolled")) == .unchanged)
    }

    @Test func `OPS-REPLAY, SCA-06: even the rule of the code app can be switched off in a question`() throws
    {
        let facts = EndingFacts(
            now: LoggedPayment.now, expiresAt: LoggedPayment.now.adding(seconds: 60), kind: .cardPayment,
            factorOffered: .keyCard)
        let decision = RuleSet.ending.decide(facts, at: LoggedPayment.now)
        #expect(decision.decline == .codeAppRequired)
        let outcome = Replay.judge(TraceDocument.json(decision), under: try .without("code-app-only"))
        guard case .changed(let change) = outcome else {
            #expect(Bool(false), "\(outcome)")
            return
        }
        #expect(change.from == .codeAppRequired && change.to == nil && change.rule == "code-app-only")
    }

    // MARK: What cannot be judged again

    private func erased(_ payment: LoggedPayment, _ rules: ReplayRules) throws -> ReplayOutcome {
        Replay.judge(TraceDocument.merged(try payment.stored().trace, nil), under: rules)
    }

    @Test func `OPS-REPLAY: what was erased is skipped where the answer hangs on it, and only there`() throws
    {
        #expect(try erased(LoggedPayment(recentRequests: 3), .budget(4)) == .skipped(.erased))
        #expect(try erased(LoggedPayment(recentRequests: 3), .budget(3)) == .unchanged)
        #expect(try erased(LoggedPayment(recentRequests: 3), .cap(20_000)) != .skipped(.erased))
        // A decline that stands before it decides without it, and who is nobody was not looked at.
        #expect(try erased(LoggedPayment(isCardBlocked: true), .budget(0)) == .unchanged)
        #expect(try erased(LoggedPayment(payerBirthDate: nil), .budget(0)) == .unchanged)
        #expect(try erased(LoggedPayment(), .without("push-budget")) == .unchanged)
    }

    @Test func `OPS-REPLAY: another version of a rule is skipped, not guessed at`() throws {
        let trace = try LoggedPayment().stored().trace
        let older = try trace.replacing("push-budget") { $0.set("version", 1) }
        #expect(Replay.judge(older, under: try .budget(0)) == .skipped(.otherVersion))
        #expect(Replay.judge(older, under: try .without("push-budget")) == .unchanged)
        #expect(Replay.judge(older, under: try .cap(30_000)) == .unchanged)
    }

    @Test func `OPS-REPLAY: a rule that was not asked then cannot be asked now`() throws {
        let trace = try #require(try LoggedPayment().stored().trace.array)
        let shorter = JSON.array(trace.filter { $0.object?["rule"]?.text != "push-budget" })
        #expect(Replay.judge(shorter, under: try .budget(3)) == .skipped(.notLogged))
        #expect(Replay.judge(shorter, under: try .without("push-budget")) == .unchanged)
    }

    @Test func `OPS-REPLAY: a trace that no decision writes is skipped`() throws {
        let trace = try LoggedPayment().stored().trace
        let broken: [JSON] = [
            .array([]), .null, ["merchant-active"], .array([["rule": "no-such-rule"]]),
            try trace.replacing("merchant-active") { $0.set("verdict", "perhaps") },
            try trace.replacing("merchant-active") { object in
                object.set("verdict", "decline")
                object.set("reason", "no_such_reason")
            },
            try trace.replacing("amount-within-limit") { $0.set("inputs", ["amount": "many"]) },
            try trace.replacing("amount-within-limit") { $0.set("parameters", ["caps": .decimal("1.5")]) },
        ]
        for trace in broken { #expect(Replay.judge(trace, under: try .cap(1)) == .skipped(.unreadable)) }
    }
}

extension JSON {
    /// A trace with the entry of one rule changed.
    fileprivate func replacing(_ rule: String, _ change: (inout JSONObject) -> Void) throws -> JSON {
        .array(
            try #require(array).map { entry in
                guard var object = entry.object, object["rule"]?.text == rule else { return entry }
                change(&object)
                return .object(object)
            })
    }
}
