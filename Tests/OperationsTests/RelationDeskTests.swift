import Foundation
import Lifecycles
import Operations
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct RelationDeskTests {
    private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    private func stage(guardianUntil age: String = "15") throws -> Stage {
        // Sunday 22 November 2026.
        try Stage {
            $0.clock = ManualClock()
            $0.isRunning = false
            $0.settings = [.guardianUntilAge: age]
        }
    }

    private func add(
        _ kind: RelationKind, _ cpr: String, holder: CustomerID, from: String? = nil, to: String? = nil,
        on stage: Stage
    ) async throws -> RelationRecord {
        try await stage.gateway.issuer.addRelation(
            NewRelation(
                kind: kind, patient: PersonNumber(cpr), holder: holder, from: try from.map(day),
                to: try to.map(day), isApproved: true))
    }

    @Test func `RX-PROXY: a power of attorney lasts two years unless its end is named`() async throws {
        let stage = try stage()
        let holder = try await stage.customer().id
        let usual = try await add(.powerOfAttorney, "010165-1234", holder: holder, on: stage)
        #expect(usual.from == (try day("2026-11-22")))
        #expect(usual.to == (try day("2028-11-21")), "the last day counts")
        #expect(usual.status == .approved)
        let named = try await add(
            .powerOfAttorney, "010165-1234", holder: holder, from: "2026-12-01", to: "2026-12-01", on: stage)
        #expect(named.from == named.to)
        #expect(try await stage.gateway.issuer.relations(of: holder) == [named, usual])
        await stage.stop()
    }

    @Test(arguments: [
        ("150516-4123", "15", "2031-05-14"), ("150516-4123", "18", "2034-05-14"),
        // Who is born on 29 February grows older on 1 March of a common year.
        ("290216-4123", "15", "2031-02-28"), ("290216-4123", "16", "2032-02-28"),
    ])
    func `RX-MINOR: a guardian's right ends the day before the birthday`(
        cpr: String, age: String, last: String
    ) async throws {
        let stage = try stage(guardianUntil: age)
        let holder = try await stage.customer().id
        #expect(try await add(.guardian, cpr, holder: holder, on: stage).to == (try day(last)))
        await stage.stop()
    }

    @Test(arguments: [("2034-05-14", true), ("2034-05-15", false)])
    func `RX-MINOR: nobody is the guardian of somebody of 18 years`(to: String, isTaken: Bool) async throws {
        let stage = try stage()
        let holder = try await stage.customer().id
        let found = try await refusal {
            _ = try await add(.guardian, "150516-4123", holder: holder, to: to, on: stage)
        }
        #expect((found == nil) == isTaken)
        #expect(found?.parameter == (isTaken ? nil : "to"))
        await stage.stop()
    }

    @Test func `RX-MINOR: a child past the age has no guardian by default`() async throws {
        let stage = try stage()
        let holder = try await stage.customer().id
        // 15 years old since 22 November 2026, and the day after.
        let past = try await refusal {
            _ = try await add(.guardian, "221111-4123", holder: holder, on: stage)
        }
        #expect(past?.code == .parameterInvalid)
        let last = try await add(.guardian, "231111-4123", holder: holder, on: stage)
        #expect(last.from == last.to)
        await stage.stop()
    }

    @Test func `RX-PROXY: the desk refuses unknown holders, wrong days and relations to oneself`()
        async throws
    {
        let stage = try stage()
        let issuer = stage.gateway.issuer
        let own = try PersonNumber("010165-1234")
        let holder = try await issuer.addCustomer(
            NewCustomer(
                userID: UserID("kunde-1234"), name: DisplayName("Karen Kunde"), personNumber: own,
                password: nil))
        #expect(
            try await refusal {
                _ = try await add(.powerOfAttorney, "010165-1234", holder: holder, on: stage)
            }?.parameter == "holder")
        #expect(
            try await refusal {
                _ = try await add(
                    .powerOfAttorney, "020265-1234", holder: holder, from: "2026-12-02", to: "2026-12-01",
                    on: stage)
            }?.parameter == "to")
        let nobody: CustomerID = Identifier(at: stage.clock.now(), random: (1, 2))
        #expect(
            try await refusalCode {
                _ = try await add(.powerOfAttorney, "020265-1234", holder: nobody, on: stage)
            } == .notFound)
        #expect(try await refusalCode { _ = try await issuer.relations(of: nobody) } == .notFound)
        let unknown: RelationID = Identifier(at: stage.clock.now(), random: (1, 2))
        #expect(try await refusalCode { _ = try await issuer.revokeRelation(unknown) } == .notFound)
        await stage.stop()
    }

    @Test func `RX-PROXY: what was revoked is not approved again, and of the patient a hash is kept`()
        async throws
    {
        let stage = try stage()
        let holder = try await stage.customer().id
        let issuer = stage.gateway.issuer
        let added = try await issuer.addRelation(
            NewRelation(
                kind: .powerOfAttorney, patient: PersonNumber("020265-1234"), holder: holder, from: nil,
                to: nil, isApproved: false))
        #expect(added.status == .requested)
        #expect(try await issuer.approveRelation(added.id).status == .approved)
        #expect(try await issuer.revokeRelation(added.id).status == .revoked)
        #expect(
            try await refusal { _ = try await issuer.approveRelation(added.id) }?.parameter == "relation")
        await stage.stop()
        for file in try stage.folder.allBytes() where file.name.hasPrefix("godkend.sqlite") {
            #expect(file.bytes.range(of: Data("0202651234".utf8)) == nil)
            #expect(file.bytes.range(of: Data("020265-1234".utf8)) == nil)
        }
    }
}
