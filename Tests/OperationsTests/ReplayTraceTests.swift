import Decisions
import Notation
import Operations
import Records
import Testing
import Vocabulary

/// A decision's trace in its two documents, and the hash of the rules that decided.
@Suite struct ReplayTraceTests {
    private func entry(_ rule: String, of trace: JSON) throws -> JSONObject {
        try #require(trace.array?.lazy.compactMap(\.object).first { $0["rule"]?.text == rule })
    }

    // MARK: Public and personal

    @Test func `PAY-TRACE: what is about a person stands in the second document only`() throws {
        let payment = LoggedPayment(recentRequests: 2, buysForAdults: true)
        let (trace, personal) = try payment.stored()
        let kept = try #require(personal)
        for rule in ["push-budget", "customer-not-blocked", "buyer-adult", "code-app-enrolled"] {
            let entry = try entry(rule, of: trace)
            #expect(entry["personal"] == true && entry["inputs"] == nil && entry["inputs_digest"] == nil)
            #expect(kept.object?[rule]?.object?.count ?? 0 > 0, "\(rule)")
        }
        #expect(kept.object?["push-budget"] == ["recent_requests": 2])
        #expect(kept.object?["buyer-adult"]?.object?["lines[0].payer_age"] == 18)
        let text = trace.writtenText
        for word in ["payer_age", "recent_requests", "password_blocked", "ready_devices"] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test func `PAY-TRACE: public inputs have their digest; who looked at nothing has neither`() throws {
        let (trace, personal) = try LoggedPayment(payerBirthDate: nil).stored()
        #expect(personal == nil)
        let amount = try entry("amount-within-limit", of: trace)
        #expect(amount["inputs"] == ["amount": 24_900, "currency": "DKK", "limit": nil])
        #expect(amount["inputs_digest"]?.text.flatMap { Base64URL.decode($0) }?.count == 32)
        let customer = try entry("customer-not-blocked", of: trace)
        #expect(customer.names == ["rule", "version", "verdict", "at"])
        #expect(customer["at"] == "2026-11-22T12:00:00.123Z")
    }

    @Test func `PAY-TRACE: both documents together give every rule its inputs again`() throws {
        let payment = LoggedPayment(limitMinor: 30_000, recentRequests: 2, buysForAdults: true)
        let (trace, personal) = try payment.stored()
        let merged = TraceDocument.merged(trace, personal)
        for entry in try payment.decision().trace where !entry.inputs.isEmpty {
            let inputs = try self.entry(entry.rule, of: merged)["inputs"]?.object
            #expect(inputs?.names == entry.inputs.map(\.name), "\(entry.rule)")
        }
        #expect(TraceDocument.merged(trace, nil) == trace)
    }

    // MARK: The hash

    @Test func `PAY-TRACE: the hash of the rules changes when a parameter changes`() throws {
        let hash = try TraceDocument.hash(of: try LoggedPayment().decision())
        for other in [LoggedPayment(pushBudget: 4), LoggedPayment(attestationSeconds: 601)] {
            #expect(try TraceDocument.hash(of: try other.decision()) != hash)
        }
    }

    @Test func `PAY-TRACE: the hash of the rules does not change with the facts`() throws {
        let hash = try TraceDocument.hash(of: try LoggedPayment().decision())
        let others = [
            LoggedPayment(amountMinor: 1), LoggedPayment(limitMinor: 5), LoggedPayment(isSuspended: true),
            LoggedPayment(recentRequests: 9), LoggedPayment(payerBirthDate: nil),
            LoggedPayment(payerBirthDate: "2010-01-01", buysForAdults: true),
        ]
        for other in others { #expect(try TraceDocument.hash(of: try other.decision()) == hash) }
    }

    @Test func `PAY-TRACE: the rules can be read from the stored trace, and are those of the hash`() throws {
        let payment = LoggedPayment(pushBudget: 5)
        let rules = TraceDocument.ruleSet(in: try payment.stored().trace)
        #expect(rules == TraceDocument.ruleSet(try payment.decision()))
        #expect(rules.object?.names == RuleSet.create.rules.map(\.name))
        #expect(rules.object?["push-budget"] == ["version": 2, "parameters": ["budget": 5]])
        #expect(rules.object?["merchant-active"] == ["version": 1, "parameters": [:]])
    }

    @Test func `OPS-REPLAY: the rule set in force is the one that decisions are made by`() throws {
        let settings = try Settings.standard([.pushBudget: "4", .attestationSeconds: "90"])
        let current = try #require(RuleSetDocument.current(under: settings).object)
        let payment = LoggedPayment(pushBudget: 4, attestationSeconds: 90)
        let decided = try #require(TraceDocument.ruleSet(try payment.decision()).object)
        for member in decided.members { #expect(current[member.name] == member.value, "\(member.name)") }
        #expect(current.names == RuleBook.rules.map(\.name))
        let text = RuleSetDocument.text(under: settings)
        #expect(try JSON.parse(text) == .object(current))
        #expect(text.split(separator: "\n").count == current.count + 2)
    }
}
