import FHIR
import Foundation
import Notation
import Operations
import Proofs
import Testing
import Vocabulary

@testable import godkend

@Suite struct PrescriptionOfflineTests {
    private let stage: TrustStage
    private let specimen: SpecimenPrescription

    init() throws {
        stage = try TrustStage(listsAt: fixtureMoment.adding(seconds: -3_600))
        specimen = try stage.pki.prescription(.good)
    }

    private func write(_ text: String, _ name: String, mode: Int = 0o600) throws -> String {
        let path = stage.folder.path + "/" + name
        try PrivateFile.write([UInt8](text.utf8), to: path, mode: mode)
        return path
    }

    @Test func `RX-SIG: what the command signs, the verifier believes`() throws {
        let key = try SignerFiles.key(write(SpecimenPKI.keyPEM(of: .doctor), "key.pem"))
        let chain = try SignerFiles.chain(
            write(SpecimenPKI.pem(stage.pki.chain(of: .doctor)), "chain.pem"))
        let signed = try OfflineSigning.sign(
            bundle: specimen.payload, kind: .prescriber, chain: chain, key: key, at: fixtureMoment)
        let snapshot = try stage.files.snapshot()
        #expect(verdict(signed, stapled: [], .good, snapshot, at: fixtureMoment) == .authentic)
        let parts = signed.split(separator: ".")
        #expect(parts.count == 3 && Base64URL.decode(parts[1]) == specimen.payload)
    }

    @Test func `RX-SIG: a bundle that nobody would read is not signed`() throws {
        let failure = try #require(throws: CommandFailure.self) {
            try OfflineSigning.sign(
                bundle: [UInt8](#"{"resourceType":"Bundle","type":"batch"}"#.utf8), kind: .prescriber,
                chain: [], key: SigningKey(), at: fixtureMoment)
        }
        #expect(failure.message.contains("Bundle"))
    }

    @Test func `RX-SIG: a key of another certificate signs nothing`() throws {
        let failure = try #require(throws: CommandFailure.self) {
            try OfflineSigning.sign(
                bundle: specimen.payload, kind: .prescriber, chain: stage.pki.chain(of: .doctor),
                key: SpecimenPKI.key(of: .dentist), at: fixtureMoment)
        }
        #expect(failure.message.contains("do not fit"))
    }

    @Test func `RX-CERT-ONE: a key that others can read, and no key at all, are refused`() throws {
        let open = try write(SpecimenPKI.keyPEM(of: .doctor), "open.pem", mode: 0o644)
        let readable = #expect(throws: CommandFailure.self) { try SignerFiles.key(open) }
        #expect(readable?.message.contains("others can read it: run `chmod 600 ") == true)
        let other = try write("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "other.pem")
        let none = "\(other) is no P-256 key in PEM without a password."
        #expect(throws: CommandFailure(none)) { try SignerFiles.key(other) }
        let mixed = SpecimenPKI.pem(stage.pki.chain(of: .doctor)) + (try SpecimenPKI.keyPEM(of: .doctor))
        let path = try write(mixed, "mixed.pem")
        let chain = "\(path) takes certificates in PEM, the signer's own first, nothing else."
        #expect(throws: CommandFailure(chain)) { try SignerFiles.chain(path) }
    }

    @Test func `RX-REV-DOWN: what cannot be decided is no yes`() throws {
        let fresh = try stage.files.snapshot()
        let stale = try TrustSnapshot(
            evidence: SpecimenTrust.evidence(of: stage.pki, listsAt: fixtureMoment.adding(days: -2)))
        func last(_ snapshot: TrustSnapshot) -> [String]? {
            OfflineVerification(
                compact: specimen.compact, anchors: snapshot.anchors, stapled: specimen.stapled,
                at: fixtureMoment
            ).table.rows.last
        }
        #expect(last(fresh)?.prefix(3) == ["all", "pass", ""])
        // The response that is filed speaks of the signer; nothing fresh speaks of the issuing authority.
        #expect(last(stale)?.prefix(3) == ["all", "unknown", "rx_revocation_unknown"])
    }

    @Test func `RX-SIG: any text at all gets a verdict`() throws {
        let anchors = try stage.files.snapshot().anchors
        for text in ["", "a.b.c", "....", String(repeating: "A", count: 100_000)] {
            let report = OfflineVerification(
                compact: text, anchors: anchors, stapled: [], at: fixtureMoment)
            #expect(!report.isAuthentic)
            #expect(report.table.rows.last?.prefix(3) == ["all", "fail", "rx_signature_invalid"])
            #expect(!report.content.isEmpty)
        }
    }

    @Test func `RX-CANCEL: a cancellation is checked by the same rules and says what it cancels`() throws {
        let cancellation = try stage.pki.prescription(.cancellation)
        let report = OfflineVerification(
            compact: cancellation.compact, anchors: try stage.files.snapshot().anchors, stapled: [],
            at: fixtureMoment)
        #expect(report.isAuthentic)
        #expect(report.content.first?.contains("specimen-good") == true)
        let stale = OfflineVerification(
            compact: cancellation.compact, anchors: try stage.files.snapshot().anchors, stapled: [],
            at: fixtureMoment.adding(seconds: 82_801))
        #expect(!stale.isAuthentic)
        #expect(stale.table.rows.last?.prefix(3) == ["all", "unknown", "rx_revocation_unknown"])
    }

    @Test func `the content is told in words, the CPR number masked`() throws {
        let lines = PrescriptionText.lines(try SpecimenContent.record(.attestation2, at: fixtureMoment))
        let text = lines.joined(separator: "\n")
        for part in ["[cpr]", "Einer Test Lauridsen", "900801", "4 times", "handed over 1", "attested"] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(!text.contains(SpecimenPatient.einer.number))
    }

    @Test func `what a server says about a filing is told with its checks`() throws {
        let answer = try JSON.parse(
            #"{"id":"prx_1","authentic":true,"checks":[{"rule":"RX-SIG","verdict":"pass","detail":"Fits."}]}"#
        )
        #expect(RecordAnswer.lines(answer, .json).count == 1)
        let lines = RecordAnswer.lines(answer, .csv)
        #expect(lines.contains("authentic,true"))
        #expect(lines.contains("RX-SIG,pass,Fits."))
        #expect(!lines.joined().contains("checks"))
    }

    @Test func `a text of PEM blocks is read strictly and written back`() throws {
        let bytes = Array(UInt8(0)...UInt8(100))
        let text = "A note.\n" + PEM.write("CERTIFICATE", bytes) + PEM.write("X509 CRL", [1])
        #expect(PEM.read(text)?.map(\.label) == ["CERTIFICATE", "X509 CRL"])
        #expect(PEM.read(text)?.map(\.bytes) == [bytes, [1]])
        #expect(PEM.read("no block") == [])
        for broken in [
            "-----BEGIN A-----\nAAAA\n", "-----BEGIN A-----\nAAAA\n-----END B-----\n",
            "-----BEGIN A-----\nA*AA\n-----END A-----\n", "-----END A-----\n",
            "-----BEGIN A-----\n-----BEGIN A-----\nAAAA\n-----END A-----\n",
        ] {
            #expect(PEM.read(broken) == nil, "\(broken)")
        }
        #expect(PEM.write("A", bytes).split(separator: "\n").allSatisfy { $0.count <= 64 })
    }
}
