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

/// Other rules in live mode take two administrators.
@Suite struct RuleChangeTests {
    private static func rules(budget: Int) throws -> ProposedRules {
        let settings = try Settings.standard([.pushBudget: String(budget)])
        return try #require(ProposedRules(RuleSetDocument.current(under: settings)))
    }

    /// What a live server that starts with a budget would write down.
    private func start(_ budget: Int, on office: Office, isLive: Bool = true) async throws
        -> RecordRules.Outcome
    {
        try await office.gateway.ledger.submit(
            RecordRules(hash: try Self.rules(budget: budget).hash, needsApproval: isLive))
    }

    private func agree(_ budget: Int, by pair: (Colleague, Colleague), on office: Office) async throws {
        let change = try await office.gateway.requestChange(
            .changeRules(try Self.rules(budget: budget)), by: pair.0.actor)
        let made = try await office.gateway.approveChange(
            change.id, digest: change.digestText, by: pair.1.actor)
        #expect(made == .rulesApproved(try Self.rules(budget: budget).hashText))
    }

    @Test func `OPS-ACCESS: a live server starts with other rules only after two administrators agreed`()
        async throws
    {
        let office = try Office()
        let pair = try await office.administrators()
        #expect(try await start(3, on: office) == .recorded, "the first start of a file")
        #expect(try await start(3, on: office) == .unchanged)
        #expect(try await start(4, on: office) == .notApproved)
        let change = try await office.gateway.requestChange(
            .changeRules(try Self.rules(budget: 4)), by: pair.0.actor)
        #expect(try await start(4, on: office) == .notApproved, "asked for is not agreed on")
        let own = try await refusalCode {
            _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: pair.0.actor)
        }
        #expect(own == .ownRequest)
        _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: pair.1.actor)
        #expect(try await start(5, on: office) == .notApproved, "others than those agreed on")
        #expect(try await start(4, on: office) == .recorded)
        #expect(try await start(4, on: office) == .unchanged)
        #expect(try await office.leaves(of: "rules").count == 2)
    }

    @Test func `OPS-ACCESS: an approval serves once; going back takes another`() async throws {
        let office = try Office()
        let pair = try await office.administrators()
        _ = try await start(3, on: office)
        try await agree(4, by: pair, on: office)
        office.clock.advance(seconds: 1)
        #expect(try await start(4, on: office) == .recorded)
        try await agree(3, by: pair, on: office)
        office.clock.advance(seconds: 1)
        #expect(try await start(3, on: office) == .recorded)
        #expect(try await start(4, on: office) == .notApproved)
    }

    @Test func `OPS-ACCESS: test mode only writes down that the rules are others`() async throws {
        let office = try Office()
        #expect(try await start(3, on: office, isLive: false) == .recorded)
        #expect(try await start(4, on: office, isLive: false) == .recorded)
        #expect(try await start(4, on: office, isLive: false) == .unchanged)
        #expect(try await office.leaves(of: "rules").count == 2)
        try await office.gateway.recordConfiguration()
        try await office.gateway.recordConfiguration()
        #expect(try await office.leaves(of: "rules").count == 3)
        #expect(try await office.leaves(of: "settings").count == 1)
    }

    @Test func `OPS-ACCESS: the request shows the whole rule set, whose hash is its subject`() async throws {
        let office = try Office()
        let pair = try await office.administrators()
        let rules = try Self.rules(budget: 4)
        let change = try await office.gateway.requestChange(.changeRules(rules), by: pair.0.actor)
        let document = try #require(try JSON.parse(change.change.utf8).object?["rule_set"])
        #expect(change.subject == Hex.encode(Digest.sha256(try document.canonical())))
        #expect(
            try ReplayRules(parsing: document.written()).changes["push-budget"]?.parameters["budget"]
                == .number(4))
        let again = try await refusalCode {
            _ = try await office.gateway.requestChange(.changeRules(rules), by: pair.1.actor)
        }
        #expect(again != nil)
        #expect(ProposedRules([:]) == nil && ProposedRules([1]) == nil && ProposedRules(["a": 1]) == nil)
    }

    @Test func `OPS-ACCESS: rules in force are not asked for, and lesser roles ask for none`() async throws {
        let office = try Office()
        let pair = try await office.administrators()
        let kim = try await office.hire("kim-operator", .operator, by: pair)
        _ = try await start(3, on: office)
        let same = try await refusalCode {
            _ = try await office.gateway.requestChange(
                .changeRules(try Self.rules(budget: 3)), by: pair.0.actor)
        }
        #expect(same == .changeNotPossible)
        let role = try await refusalCode {
            _ = try await office.gateway.requestChange(.changeRules(try Self.rules(budget: 4)), by: kim.actor)
        }
        #expect(role == .roleMissing)
    }

    @Test func `OPS-ACCESS: rules that came into force meanwhile are not approved any more`() async throws {
        let office = try Office()
        let pair = try await office.administrators()
        _ = try await start(3, on: office)
        let change = try await office.gateway.requestChange(
            .changeRules(try Self.rules(budget: 4)), by: pair.0.actor)
        _ = try await start(4, on: office, isLive: false)
        let code = try await refusalCode {
            _ = try await office.gateway.approveChange(change.id, digest: change.digestText, by: pair.1.actor)
        }
        #expect(code == .changeNotPossible)
    }
}
