import Decisions
import Foundation
import GRDB
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// A replay over a log of real payments: what is read, what is opened, and what is written down about it.
@Suite struct ReplayWalkTests {
    private static let auditor = Operations.Actor.operator(
        OperatorID(at: Instant(milliseconds: 1), random: (1, 2)), .auditor)
    private static let viewer = Operations.Actor.operator(
        OperatorID(at: Instant(milliseconds: 1), random: (1, 3)), .viewer)

    private static func cap(_ amount: Int64) -> String {
        #"{"amount-within-limit": {"version": 2, "parameters": {"caps": {"DKK": \#(amount)}}}}"#
    }
    private static let noBudget = #"{"push-budget": {"version": 2, "parameters": {"budget": 0}}}"#

    private func replay(
        _ rules: String, _ filter: String = "status:any", on gateway: Gateway
    ) async throws -> ReplaySummary {
        let filter = try await gateway.auditFilter(filter).get()
        return try await gateway.replay(
            try ReplayRequest(parsing: Array(rules.utf8), filter: filter), by: Self.auditor)
    }

    private func still() throws -> (Stage, ManualClock) {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        return (stage, clock)
    }

    /// Asks for a payment that the payer refuses: a decision at each of two stages.
    private func denied(
        _ amount: Int64, by actor: TestKit.Actor, on stage: Stage, at caller: Caller? = nil
    ) async throws {
        let asked = try await stage.authorize(actor, amount: amount, at: caller)
        try await stage.answer(asked, by: actor.app, .deny)
    }

    @Test func `OPS-REPLAY: the rules in force change nothing, at any stage, with every input opened`()
        async throws
    {
        let rx = try await PharmacyStage()
        let (stage, gateway) = (rx.stage, rx.gateway)
        let patient = try await rx.patient(.kaja)
        let record = try await rx.file(try rx.content())
        let paid = try await rx.paidOrder(patient, [Draw(record)])
        try await rx.handOver(paid.id, isFinal: true)
        let spent = try await rx.order(patient, [Draw(record)])
        #expect(spent.status == .declined)
        _ = try await stage.approved(patient)
        try await denied(19_900, by: patient, on: stage)
        let found = try await replay(RuleSetDocument.text(under: gateway.settings), on: gateway)
        #expect(found.examined == Int(try await stage.number("SELECT count(*) FROM decisions")))
        #expect(found.unchanged == found.examined && found.examined > 8)
        #expect(found.skipped.isEmpty && found.examples.isEmpty, "\(found.lines)")
        #expect(Set(try await stage.texts("SELECT DISTINCT stage FROM decisions")).count == 3)
        #expect(try await stage.number("SELECT count(*) FROM decision_inputs") > 3)
        // Personal inputs were opened: a rule about the payer can speak otherwise.
        let strict = try await replay(Self.noBudget, on: gateway)
        #expect(strict.newlyDeclined == [.pushBudgetSpent: 3] && strict.skipped.isEmpty, "\(strict.lines)")
        await stage.stop()
    }

    @Test func `OPS-REPLAY: a cap flips exactly the payments above it`() async throws {
        let (stage, _) = try still()
        let actor = try await stage.customer()
        for amount in [9_999, 10_000, 10_001, 20_000] as [Int64] {
            try await denied(amount, by: actor, on: stage)
        }
        for (cap, flipped) in [(9_998, 4), (9_999, 3), (10_000, 2), (10_001, 1), (20_000, 0)]
            as [(Int64, Int)]
        {
            let found = try await replay(Self.cap(cap), on: stage.gateway)
            #expect(found.newlyDeclined == (flipped == 0 ? [:] : [.amountOverLimit: flipped]), "\(cap)")
            #expect(found.examined == 8 && found.unchanged == 8 - flipped)
            #expect(
                found.examples.allSatisfy { $0.stage == "create" && $0.change.rule == "amount-within-limit" })
        }
        await stage.stop()
    }

    @Test func `OPS-REPLAY: what erasure took is counted, and the rest is judged`() async throws {
        let (stage, clock) = try still()
        let people = try await Registrars(on: stage.gateway)
        let erased = try await stage.customer()
        let neighbour = try await stage.customer(card: "5555555555554444")
        for person in [erased, erased, neighbour] {
            try await denied(24_900, by: person, on: stage)
            clock.advance(seconds: 1)
        }
        #expect(try await replay(Self.noBudget, on: stage.gateway).newlyDeclined == [.pushBudgetSpent: 3])
        try await people.erase(erased.id, on: stage.gateway)
        let found = try await replay(Self.noBudget, on: stage.gateway)
        #expect(found.newlyDeclined == [.pushBudgetSpent: 1] && found.skipped == [.erased: 2])
        #expect(found.examined == 6)
        // A rule that looks at nobody can still be tried on all of them.
        #expect(try await replay(Self.cap(1), on: stage.gateway).newlyDeclined == [.amountOverLimit: 3])
        await stage.stop()
    }

    @Test func `OPS-REPLAY: on a copy the same is found; without its keys what is sealed is counted so`()
        async throws
    {
        let (stage, clock) = try still()
        try await denied(24_900, by: try await stage.customer(), on: stage)
        let request = try ReplayRequest(parsing: Array(Self.noBudget.utf8))
        let before = try await stage.number("SELECT count(*) FROM leaves")
        for (keys, expected) in [(stage.gateway.keys, nil), (nil, ReplaySkip.sealed)]
            as [(KeyRing?, ReplaySkip?)]
        {
            let copy = try AuditCopy(
                path: stage.folder.file("godkend.sqlite"), keys: keys, key: nil, checkpoint: nil)
            let found = try copy.replay(request, now: clock.now())
            copy.close()
            #expect(found.examined == 2 && found.unchanged == 1)
            #expect(found.skipped == expected.map { [$0: 1] } ?? [:])
            #expect(found.newlyDeclined == (expected == nil ? [.pushBudgetSpent: 1] : [:]))
        }
        #expect(try await stage.number("SELECT count(*) FROM leaves") == before)
        await stage.stop()
    }

    @Test func `OPS-REPLAY: time and merchant narrow a replay, and nothing else does`() async throws {
        let (stage, clock) = try still()
        let (first, second) = (
            try await stage.customer(), try await stage.customer(card: "5555555555554444")
        )
        var times: [String] = []
        for number in 0..<3 {
            clock.advance(seconds: 3_600)
            let now = clock.now().rfc3339
            try await denied(24_900, by: first, on: stage)
            if number == 1 { try await denied(24_900, by: second, on: stage, at: stage.otherShop) }
            times.append(now)
        }
        for (filter, expected) in [
            ("", 8), ("since:\(times[0])", 8), ("since:\(times[1])", 6), ("until:\(times[1])", 2),
            ("since:\(times[1]) until:\(times[2])", 4), ("merchant:bogbixen", 6), ("merchant:anden", 2),
            ("merchant:anden since:\(times[2])", 0),
        ] {
            let found = try await replay(Self.cap(1), "status:any \(filter)", on: stage.gateway)
            #expect(found.examined == expected, "\(filter)")
        }
        let before = try await stage.number("SELECT count(*) FROM leaves")
        for filter in ["status:declined", "status:any amount>5", "status:any card:4242"] {
            let refusal = await #expect(throws: Refusal.self, "\(filter)") {
                try await replay(Self.cap(1), filter, on: stage.gateway)
            }
            #expect(refusal?.code == .parameterInvalid)
        }
        #expect(try await stage.number("SELECT count(*) FROM leaves") == before)
        await stage.stop()
    }

    @Test func `OPS-REPLAY: no decision is lost or judged twice where pages meet`() async throws {
        let (stage, _) = try still()
        let actor = try await stage.customer()
        for _ in 0..<3 {
            try await denied(24_900, by: actor, on: stage)
            for _ in 0..<249 {
                _ = try await stage.gateway.ledger.submit(
                    RecordOperatorRead(actor: "local", subject: "list", outcome: "listed"))
            }
        }
        try await denied(24_900, by: actor, on: stage)
        #expect(try await stage.number("SELECT count(*) FROM leaves") > 750)
        let found = try await replay(Self.cap(1), on: stage.gateway)
        #expect(found.examined == 8 && found.newlyDeclined == [.amountOverLimit: 4])
        #expect(Set(found.examples.map(\.decision)).count == 4)
        await stage.stop()
    }

    @Test func `OPS-REPLAY: a replay is a leaf that commits to its rules, a refused one is a leaf too`()
        async throws
    {
        let (stage, _) = try still()
        let rules = Array(Self.cap(1).utf8)
        let request = try ReplayRequest(parsing: rules)
        let refusal = await #expect(throws: Refusal.self) {
            try await stage.gateway.replay(request, by: Self.viewer)
        }
        #expect(refusal?.code == .roleMissing)
        _ = try await stage.gateway.replay(request, by: Self.auditor)
        let (rows, commits) = try await stage.gateway.ledger.read { db in
            let rows = try LeafRows.all(of: "replay", in: db)
            guard let last = rows.last, let leaf = try LogReading.leaf(at: last.position, in: db)?.leaf,
                let salt = try Data.fetchOne(
                    db, sql: "SELECT salt FROM leaf_salts WHERE position = ?", arguments: [last.position])
            else { return (rows.map { "\($0.kind) \($0.outcome) \($0.actor ?? "-")" }, false) }
            return (
                rows.map { "\($0.kind) \($0.outcome) \($0.actor ?? "-")" },
                leaf.commits(to: Digest.sha256(rules), as: "particulars", salt: [UInt8](salt))
            )
        }
        #expect(
            rows == [
                "operator_action refused_role_missing \(Self.viewer.text)",
                "operator_read replayed \(Self.auditor.text)",
            ])
        #expect(commits)
        await stage.stop()
    }

    @Test func `OPS-REPLAY: the rules in force are a file to begin with, for a viewer too`() async throws {
        let (stage, _) = try still()
        let text = try await stage.gateway.rulesInForce(by: Self.viewer)
        let rules = try ReplayRules(parsing: text.utf8)
        #expect(rules.changes["push-budget"]?.parameters["budget"] == .number(1_000))
        await stage.stop()
    }
}
