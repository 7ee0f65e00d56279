import Decisions
import Foundation
import GRDB
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

private let patient: [UInt8] = Array(repeating: 8, count: 32)

private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

extension Bench {
    fileprivate func relation(
        _ holder: CustomerID, _ from: String, _ to: String, kind: RelationKind = .powerOfAttorney,
        of patientHash: [UInt8] = patient, isApproved: Bool = true
    ) async throws -> RelationID {
        let id: RelationID = entropy.identifier(at: clock.now())
        let outcome = try await ledger.submit(
            AddRelation(
                id: id, kind: kind, patientHash: patientHash, holder: holder,
                days: try day(from)...day(to), isApproved: isApproved))
        try #require(outcome == .added)
        clock.advance(milliseconds: 1)
        return id
    }

    fileprivate func standing(
        _ holder: CustomerID, on text: String, of patientHash: [UInt8] = patient
    ) async throws -> (standing: PatientStanding, relation: RelationID?) {
        let day = try day(text)
        return try await ledger.read { db in
            try RelationReading.standing(holder: holder, patientHash: patientHash, on: day, in: db)
        }
    }

    fileprivate func isGood(_ id: RelationID, on text: String) async throws -> Bool {
        let day = try day(text)
        return try await ledger.read { db in try RelationReading.isGood(id, on: day, in: db) }
    }
}

@Suite struct RelationTests {
    @Test(arguments: [
        ("2026-11-21", false), ("2026-11-22", true), ("2027-06-01", true), ("2028-11-21", true),
        ("2028-11-22", false),
    ])
    func `RX-PROXY: a relation covers its first and last day and no other`(text: String, isGood: Bool)
        async throws
    {
        let bench = try Bench()
        let holder = try await bench.person().id
        let id = try await bench.relation(holder, "2026-11-22", "2028-11-21")
        let found = try await bench.standing(holder, on: text)
        #expect(found.standing == (isGood ? .related(.powerOfAttorney) : .notRelatedNow))
        #expect(found.relation == id)
        #expect(try await bench.isGood(id, on: text) == isGood)
    }

    @Test func `RX-PROXY: what is only requested covers nothing, and what is revoked never comes back`()
        async throws
    {
        let bench = try Bench()
        let holder = try await bench.person().id
        let id = try await bench.relation(holder, "2026-01-01", "2026-12-31", isApproved: false)
        #expect(try await bench.standing(holder, on: "2026-06-01").standing == .notRelatedNow)
        #expect(try await bench.ledger.submit(ApproveRelation(id)) == .done)
        #expect(try await bench.standing(holder, on: "2026-06-01").standing == .related(.powerOfAttorney))
        #expect(try await bench.ledger.submit(RevokeRelation(id)) == .done)
        #expect(try await bench.standing(holder, on: "2026-06-01").standing == .notRelatedNow)
        #expect(try await !bench.isGood(id, on: "2026-06-01"))
        #expect(try await bench.ledger.submit(ApproveRelation(id)) == .over)
        #expect(try await bench.ledger.relation(id)?.status == .revoked)
        let unknown: RelationID = bench.entropy.identifier(at: bench.clock.now())
        #expect(try await bench.ledger.submit(ApproveRelation(unknown)) == .unknown)
        #expect(try await bench.ledger.submit(RevokeRelation(unknown)) == .unknown)
        #expect(try await !bench.isGood(unknown, on: "2026-06-01"))
    }

    @Test func `RX-PROXY: nothing follows from a holder's own holder`() async throws {
        let bench = try Bench()
        let (first, second) = (try await bench.person().id, try await bench.person().id)
        let stored = try await bench.texts(
            "SELECT hex(person_number_hash) FROM customers WHERE id = ?", [first.text])
        let hex = Array(try #require(stored.first))
        let firstHash = stride(from: 0, to: hex.count, by: 2).compactMap {
            UInt8(String(hex[$0...($0 + 1)]), radix: 16)
        }
        _ = try await bench.relation(first, "2026-01-01", "2026-12-31")
        _ = try await bench.relation(second, "2026-01-01", "2026-12-31", of: firstHash)
        #expect(
            try await bench.standing(second, on: "2026-06-01", of: firstHash).standing
                == .related(.powerOfAttorney))
        let found = try await bench.standing(second, on: "2026-06-01")
        #expect(found.standing == .stranger)
        #expect(found.relation == nil)
    }

    @Test func `RX-PROXY: the approved relation that covers the day counts, whatever else there is`()
        async throws
    {
        let bench = try Bench()
        let holder = try await bench.person().id
        let guardian = try await bench.relation(holder, "2026-01-01", "2030-01-01", kind: .guardian)
        let attorney = try await bench.relation(holder, "2026-03-01", "2026-03-31")
        _ = try await bench.relation(holder, "2026-01-01", "2040-01-01", isApproved: false)
        let before = try await bench.standing(holder, on: "2026-02-28")
        #expect(before.standing == .related(.guardian))
        #expect(before.relation == guardian)
        let within = try await bench.standing(holder, on: "2026-03-01")
        #expect(within.standing == .related(.powerOfAttorney), "it knows no age")
        #expect(within.relation == attorney)
    }

    @Test func `RX-PROXY: the holder is a customer and somebody else than the patient`() async throws {
        let bench = try Bench()
        let nobody: CustomerID = bench.entropy.identifier(at: bench.clock.now())
        let own = bench.entropy.bytes(32)
        let id: CustomerID = bench.entropy.identifier(at: bench.clock.now())
        _ = try await bench.ledger.submit(
            AddCustomer(
                id: id, userID: UserID("en-kunde"), nameSealed: [1], personNumberSealed: [1],
                personNumberHash: own, password: nil))
        func add(_ holder: CustomerID, _ patientHash: [UInt8]) async throws -> AddRelation.Outcome {
            let days = try day("2026-01-01")...day("2026-12-31")
            return try await bench.ledger.submit(
                AddRelation(
                    id: bench.entropy.identifier(at: bench.clock.now()), kind: .guardian,
                    patientHash: patientHash, holder: holder, days: days, isApproved: true))
        }
        #expect(try await add(nobody, patient) == .holderUnknown)
        #expect(try await add(id, own) == .holderIsPatient)
        #expect(try await bench.number("SELECT count(*) FROM relations") == 0)
        #expect(try await add(id, patient) == .added)
    }

    @Test func `LOG-LEAF: each change of a relation leaves one leaf that names nobody`() async throws {
        let bench = try Bench()
        let holder = try await bench.person().id
        let id = try await bench.relation(holder, "2026-01-01", "2026-12-31", isApproved: false)
        for _ in 0..<2 { _ = try await bench.ledger.submit(ApproveRelation(id)) }
        for _ in 0..<2 { _ = try await bench.ledger.submit(RevokeRelation(id)) }
        let leaves = try await bench.leaves(about: id.text)
        #expect(leaves.map(\.kind) == Array(repeating: "operator_action", count: 3))
        #expect(leaves.map(\.outcome) == ["relation_requested", "relation_approved", "relation_revoked"])
        for leaf in leaves {
            #expect(leaf.commitments.keys.sorted() == ["holder", "patient", "state"])
            let text = String(decoding: leaf.bytes, as: UTF8.self)
            #expect(!text.contains(holder.text))
            #expect(!Data(leaf.bytes).contains(patient))
        }
        try await bench.checkEdge()
    }
}

extension Data {
    fileprivate func contains(_ bytes: [UInt8]) -> Bool { range(of: Data(bytes)) != nil }
}
