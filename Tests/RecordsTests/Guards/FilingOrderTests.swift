import Foundation
import GRDB
import Notation
import Operations
import Records
import TestKit
import Testing
import Vocabulary

/// Which filing of a record counts, whatever the order in which they come: written straight to the writer,
/// with no verifier in front of it.
@Suite struct FilingOrderTests {
    private let bench: Bench

    init() throws { bench = try Bench() }

    private struct Sheet {
        var version: Int64 = 1
        var kind = SignerKind.prescriber
        var patient = "kaja"
        var signer = "doctor"
        var record = "record"
        var text: String?
        var attestedAt: Instant?
        var flaw: DeclineReason?
        var proof: PrescriptionFiling.RevocationProof?
        var replaces: [String] = []
    }

    private func file(_ sheet: Sheet) async throws -> FilePrescription.Outcome {
        let text = sheet.text ?? "\(sheet)"
        let identity = PrescriptionFiling.Identity(
            recordKey: Array(sheet.record.utf8), version: sheet.version,
            patientHash: Array(sheet.patient.utf8),
            signerHash: Array(sheet.signer.utf8), validTo: try #require(LocalDate("2030-01-01")), lines: 1,
            replaces: sheet.replaces.map { Array($0.utf8) })
        let now = bench.clock.now()
        let filing = PrescriptionFiling(
            id: bench.entropy.identifier(at: now), owner: bench.shop, kind: sheet.kind,
            textDigest: Self.digest(text), recordDigest: Self.digest(text),
            identity: sheet.flaw == nil ? identity : nil, namedHash: Array(sheet.patient.utf8),
            flaw: sheet.flaw, isRevocationKnown: true, revocationProof: sheet.proof,
            leafDigest: Self.digest(sheet.signer), attestedAt: sheet.attestedAt, signedAt: now,
            firstSeen: now, examinedAt: now, bodySealed: Array(text.utf8), verdict: "[]", ruleSet: [1],
            evidence: [], recordText: nil, checks: [])
        return try await bench.ledger.submit(FilePrescription(filing: filing, key: nil))
    }

    /// 32 bytes that differ where the texts do.
    private static func digest(_ text: String) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        for (index, byte) in text.utf8.enumerated() { bytes[index % 32] = bytes[index % 32] &* 31 &+ byte }
        return bytes
    }

    private func records() async throws -> [String] {
        try await bench.texts(
            "SELECT kind || ' v' || ifnull(version, '-') || ' ' || status FROM prescriptions ORDER BY id")
    }

    private func isConflict(_ outcome: FilePrescription.Outcome) -> Bool {
        if case .conflict = outcome { true } else { false }
    }

    @Test func `RX-ID: an older version that was never seen comes too late after a newer`() async throws {
        #expect(try await !isConflict(file(Sheet(version: 2))))
        #expect(try await isConflict(file(Sheet(version: 1))))
        #expect(try await records() == ["prescriber v2 open"])
        #expect(try await !isConflict(file(Sheet(version: 3))))
        #expect(try await records() == ["prescriber v2 canceled", "prescriber v3 open"])
    }

    @Test(arguments: SignerKind.allCases, [Int64(1), 2, 3])
    func `RX-ID: one record has one patient, whoever vouches for it and in whatever version`(
        kind: SignerKind, version: Int64
    ) async throws {
        #expect(try await !isConflict(file(Sheet(version: 2))))
        #expect(try await isConflict(file(Sheet(version: version, kind: kind, patient: "niels"))))
        #expect(try await records() == ["prescriber v2 open"])
        let alarms = try await bench.number("SELECT count(*) FROM leaves WHERE subject LIKE 'prx_%'")
        #expect(alarms == 2, "the filing and the alarm")
    }

    @Test func `RX-ID: another signer adds no version to a record, another record is free`() async throws {
        #expect(try await !isConflict(file(Sheet())))
        #expect(try await isConflict(file(Sheet(version: 2, signer: "another"))))
        #expect(try await !isConflict(file(Sheet(version: 2, signer: "another", record: "other"))))
        #expect(try await records() == ["prescriber v1 open", "prescriber v2 open"])
    }

    @Test(arguments: ["patient", "signer", "neither"])
    func `RX-ID: a line replaces a record of the same signer for the same patient only`(other: String)
        async throws
    {
        #expect(try await !isConflict(file(Sheet())))
        let sheet = Sheet(
            patient: other == "patient" ? "niels" : "kaja", signer: other == "signer" ? "another" : "doctor",
            record: "next", replaces: ["record"])
        #expect(try await !isConflict(file(sheet)))
        #expect(
            try await records() == [
                other == "neither" ? "prescriber v1 canceled" : "prescriber v1 open", "prescriber v1 open",
            ])
    }

    @Test(arguments: [false, true])
    func `RX-ID: the register's copy counts, whichever came first`(isRegisterFirst: Bool) async throws {
        let now = bench.clock.now()
        let sheets = [Sheet(), Sheet(kind: .registry, text: "attested", attestedAt: now)]
        for sheet in isRegisterFirst ? sheets.reversed() : sheets { _ = try await file(sheet) }
        #expect(try await Set(records()) == ["prescriber v1 canceled", "registry v1 open"])
    }

    @Test func `RX-ID: a register's older word after a newer one changes nothing`() async throws {
        let now = bench.clock.now()
        func attest(_ seconds: Int) async throws -> Bool {
            let sheet = Sheet(
                kind: .registry, text: "attested \(seconds)", attestedAt: now.adding(seconds: seconds))
            return try await isConflict(file(sheet))
        }
        #expect(try await !attest(60))
        #expect(try await !attest(59))
        #expect(try await attest(60) == false)
        #expect(try await bench.number("SELECT count(*) FROM prescription_filings") == 1)
        #expect(try await !attest(61))
        #expect(try await bench.number("SELECT filing FROM prescriptions") == 2)
    }

    /// Moments in seconds, nil for a compromise; and what is remembered at the end.
    @Test(arguments: [
        ([100, 200], 100), ([200, 100], 100), ([100, nil], nil), ([nil, 100], nil), ([100, 100], 100),
    ])
    func `RX-REV: the earliest revocation that was proved is remembered, and a compromise for good`(
        moments: [Int?], remembered: Int?
    ) async throws {
        for (index, moment) in moments.enumerated() {
            let proof = moment.map {
                PrescriptionFiling.RevocationProof.revoked(at: Instant(milliseconds: Int64($0)))
            }
            let sheet = Sheet(
                record: "revoked \(index)", flaw: .rxRevoked, proof: proof ?? .compromised)
            _ = try await file(sheet)
        }
        #expect(try await bench.number("SELECT count(*) FROM revoked_signers") == 1)
        let kept = try await bench.texts("SELECT ifnull(revoked_from, 'ever') FROM revoked_signers")
        #expect(kept == [remembered.map(String.init) ?? "ever"])
    }

    @Test func `RX-ID: a text that is not authentic draws nothing and takes no place`() async throws {
        _ = try await file(Sheet(flaw: .rxSignatureInvalid))
        #expect(try await records() == ["prescriber v- invalid"])
        #expect(try await !isConflict(file(Sheet())))
        #expect(try await records() == ["prescriber v- invalid", "prescriber v1 open"])
    }
}
