import FHIR
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// Which records may stand beside each other: versions, patients, signers (RX-ID), and who looked at them.
@Suite struct RecordIdentityTests {
    /// Versions in the order of their filing, and which of them is refused; nil for none.
    static let orders: [(filed: [Int64], refused: Int64?)] = [
        ([1, 2], nil), ([1, 2, 3], nil), ([1, 3], nil), ([2, 1], 1), ([3, 2], 2), ([1, 3, 2], 2),
        ([7, 1], 1),
    ]

    @Test(arguments: orders, [SpecimenSigner.doctor, .register])
    func `RX-ID: an older version that comes after a newer one is refused, and draws nothing`(
        order: (filed: [Int64], refused: Int64?), signer: SpecimenSigner
    ) async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        // The register's numbers are of its own kind.
        let name = signer == .doctor ? "rx-1" : "270120261120001"
        var filed: [Int64: PrescriptionID] = [:]
        for version in order.filed {
            still.clock.advance(seconds: 1)
            let code = try await refusalCode {
                filed[version] = try await still.file(
                    [try RecordDraft.line(history: signer == .doctor ? nil : Self.nothingHandedOver)],
                    record: name, version: version, by: signer)
            }
            #expect(code == (version == order.refused ? .prescriptionConflict : nil), "version \(version)")
        }
        #expect(filed.count == order.filed.count - (order.refused == nil ? 0 : 1))
        let newest = try #require(order.filed.max())
        for (version, id) in filed {
            #expect(try await still.status(of: id) == (version == newest ? "open" : "canceled"))
        }
        let standing: PrescriptionID = try #require(filed[newest])
        let drawn = try await still.order(kaja, [Draw(standing)])
        #expect(drawn.status == .requiresConfirmation)
        let outcomes = try await still.ledger.read { db in
            try LeafRows.all(of: standing.text, in: db).map(\.outcome)
        }
        #expect(outcomes.count { $0 == "conflict" } == (order.refused == nil ? 0 : 1))
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    private static let nothingHandedOver = AttestedHistory(
        handedOver: 0, lastHandover: nil, residual: nil)

    /// A second record under the first one's name: by whom, of whom, which version.
    struct Second: Sendable {
        let what: String
        let signer: SpecimenSigner
        let person: SpecimenPatient
        let version: Int64
        let isTaken: Bool
    }

    static let seconds = [
        Second(what: "the same again", signer: .doctor, person: .kaja, version: 1, isTaken: true),
        Second(what: "a newer version", signer: .doctor, person: .kaja, version: 2, isTaken: true),
        Second(what: "another patient", signer: .doctor, person: .niels, version: 1, isTaken: false),
        Second(
            what: "another patient, newer", signer: .doctor, person: .niels, version: 2, isTaken: false),
        Second(what: "another doctor", signer: .specialist, person: .kaja, version: 2, isTaken: false),
        Second(
            what: "another doctor and patient", signer: .specialist, person: .niels, version: 2,
            isTaken: false),
    ]

    @Test(arguments: seconds)
    func `RX-ID, RX-PATIENT: one record has one patient and one signer, in every version`(second: Second)
        async throws
    {
        let still = try await StillPharmacy()
        let first = try await still.file([try RecordDraft.line()])
        let leaves = try await still.stage.number("SELECT count(*) FROM leaves")
        let code = try await refusalCode {
            _ = try await still.file(
                [try RecordDraft.line()], of: second.person, version: second.version, by: second.signer)
        }
        #expect(code == (second.isTaken ? nil : .prescriptionConflict), "\(second.what)")
        guard !second.isTaken else { return }
        // The first stands as it was, and the try is written down.
        #expect(try await still.status(of: first) == "open")
        #expect(try await still.stage.number("SELECT count(*) FROM prescriptions") == 1)
        #expect(try await still.stage.number("SELECT count(*) FROM leaves") == leaves + 1)
        let last = try await still.ledger.read { db in try LeafRows.all(of: first.text, in: db).last }
        #expect(last?.outcome == "conflict")
        await still.stop()
    }

    @Test func `RX-ID, RX-PATIENT: a register and a prescriber do not share a record of two patients`()
        async throws
    {
        let still = try await StillPharmacy()
        let name = "270120261120001"
        let attested = try await still.file(
            [try RecordDraft.line(history: Self.nothingHandedOver)], record: name, by: .register)
        let theirs = try RecordDraft.content(
            [try RecordDraft.line()], of: .niels, record: name, at: still.clock.now())
        let copy = PrescriptionContent(
            identity: try #require(RecordIdentity(system: .fmk, value: name)), version: theirs.version,
            kind: theirs.kind, issuedAt: theirs.issuedAt, issuedOn: theirs.issuedOn,
            attestedAt: theirs.attestedAt, patient: theirs.patient, prescriber: theirs.prescriber,
            lines: theirs.lines)
        let code = try await refusalCode { _ = try await still.rx.file(copy) }
        #expect(code == .prescriptionConflict)
        #expect(try await still.status(of: attested) == "open")
        await still.stop()
    }

    // MARK: Who looked

    @Test func `RX-PRIVACY: a look and a dry run leave a leaf each, and one that is refused leaves none`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        _ = try await still.order(kaja, [Draw(record)])
        func looks() async throws -> [String] {
            try await still.ledger.read { db in
                try LeafRows.all(of: record.text, in: db).filter { $0.kind == "record_read" }
                    .map { "\($0.outcome) \($0.merchant ?? "-")" }
            }
        }
        let gateway = still.gateway
        let lines = DryRunRequest(lines: [
            .init(line: "1", product: try #require(ProductNumber("900801")), quantity: 1)
        ])
        var expected: [String] = []
        for (caller, name) in [(still.stage.clinic, "klinik"), (still.pharmacy, "nordlys-apotek")] {
            for request in [DryRunRequest(), lines] {
                _ = try await gateway.dryRun(record, request, caller: caller)
                expected.append("record_verified \(name)")
                #expect(try await looks() == expected)
            }
            _ = try await gateway.prescription(record, caller: caller, wait: nil)
            expected.append("record_shown \(name)")
            #expect(try await looks() == expected)
        }
        for stranger in [still.otherPharmacy, still.stage.shop] {
            // One look a second.
            still.clock.advance(seconds: 2)
            let refused = [
                try await refusalCode {
                    _ = try await gateway.dryRun(record, DryRunRequest(), caller: stranger)
                },
                try await refusalCode {
                    _ = try await gateway.prescription(record, caller: stranger, wait: nil)
                },
            ]
            #expect(refused.allSatisfy { $0 == .notFound || $0 == .merchantKindNotAllowed })
        }
        #expect(try await looks() == expected)
        #expect(still.stage.logFindings == [])
        await still.stop()
    }

    @Test func `RX-PRIVACY: a dry run writes its leaf and nothing else`() async throws {
        let still = try await StillPharmacy()
        let record = try await still.file([try RecordDraft.line()])
        let tables = [
            "authorizations", "confirmations", "holds", "handovers", "handover_parts", "prescriptions",
            "prescription_filings", "intents", "stored_answers", "outbox", "decisions",
        ]
        func picture() async throws -> [String] {
            var rows: [String] = []
            for table in tables {
                rows.append("\(table) \(try await still.stage.number("SELECT count(*) FROM \(table)"))")
            }
            return rows
                + [try await still.stage.texts("SELECT status || tag FROM prescriptions")].flatMap(\.self)
        }
        let (before, leaves) = (
            try await picture(), try await still.stage.number("SELECT count(*) FROM leaves")
        )
        let run = try await still.gateway.dryRun(record, DryRunRequest(), caller: still.stage.clinic)
        #expect(run.covers)
        #expect(try await picture() == before)
        #expect(try await still.stage.number("SELECT count(*) FROM leaves") == leaves + 1)
        await still.stop()
    }
}
