import Notation
import Testing
import Vocabulary

@testable import Proofs

struct CancellationTests {
    let bench: PrescriptionBench

    init() throws { bench = try PrescriptionBench() }

    private func examine(
        _ compact: String, revoked: [SpecimenRevocation] = []
    ) throws -> CancellationExamination {
        let trust = try bench.pki.trust(at: bench.now.adding(seconds: -3_600), revoked: revoked)
        return PrescriptionVerifier(trust: trust)
            .examineCancellation(compact, stapled: [], firstSeen: bench.now)
    }

    private func cancellation(by signer: SpecimenSigner) throws -> String {
        try bench.pki.cancel(record: "rx-1", version: 2, reason: "Forkert dosis", by: signer, at: bench.now)
    }

    @Test(arguments: [SpecimenSigner.doctor, .dentist, .register])
    func `RX-CANCEL: a good cancellation by either kind of signer passes`(signer: SpecimenSigner) throws {
        let compact = try cancellation(by: signer)
        let examination = try examine(compact)
        #expect(examination.flaw == nil && examination.payloadFlaw == nil)
        for check in examination.checks {
            #expect(check.verdict == (check.rule == .issueDay ? .notChecked : .pass))
        }
        let verified = try #require(examination.verified)
        #expect(verified.record == "rx-1" && verified.version == 2 && verified.reason == "Forkert dosis")
        #expect(verified.compact == compact && verified.signer.role == signer.role)
        let record = try #require(try bench.examine(bench.record(by: signer)).verified)
        #expect(verified.signer.isSameSigner(as: record.signer))
    }

    @Test func `RX-CANCEL: another prescriber and a register are other signers`() throws {
        func signer(_ name: SpecimenSigner) throws -> SignerIdentity {
            try #require(try examine(cancellation(by: name)).verified).signer
        }
        let doctor = try signer(.doctor)
        #expect(doctor.isSameSigner(as: doctor))
        #expect(try !doctor.isSameSigner(as: signer(.secondDoctor)))
        #expect(try !doctor.isSameSigner(as: signer(.register)))
    }

    @Test func `RX-CANCEL: a pharmacist, a revoked doctor and a record in its place are refused`() throws {
        #expect(try examine(cancellation(by: .pharmacist)).flaw == .rxPrescriberNotEntitled)
        #expect(try examine(cancellation(by: .revokedDoctor)).flaw == .rxRevoked)
        #expect(try examine(bench.record()).flaw == .rxSignatureInvalid)
        #expect(try bench.examine(cancellation(by: .doctor)).flaw == .rxSignatureInvalid)
        #expect(try examine("").flaw == .rxSignatureInvalid)
        #expect(try examine("").checks.count == AuthenticityRule.allCases.count)
    }

    @Test func `RX-CANCEL: a changed character is refused`() throws {
        let compact = try cancellation(by: .doctor)
        let last = try #require(compact.split(separator: ".").map(String.init)[1].last)
        let changed = compact.replacing(".ey", with: ".e" + (last == "A" ? "B" : "A"), maxReplacements: 1)
        #expect(changed != compact)
        #expect(try examine(changed).flaw == .rxSignatureInvalid)
    }

    static let payloads: [(String, ProofRefusal)] = [
        ("[]", .malformed), ("{", .malformed),
        (#"{"record":"rx-1","record":"rx-1","version":1,"reason":"r"}"#, .malformed),
        (#"{"version":1,"reason":"r"}"#, .missingMember("record")),
        (#"{"record":"rx-1","reason":"r"}"#, .missingMember("version")),
        (#"{"record":"rx-1","version":1}"#, .missingMember("reason")),
        (#"{"record":"rx-1","version":1,"reason":"r","more":1}"#, .unknownMember("more")),
        (#"{"record":1,"version":1,"reason":"r"}"#, .wrongMember("record")),
        (#"{"record":"","version":1,"reason":"r"}"#, .wrongMember("record")),
        (#"{"record":"rx-1","version":0,"reason":"r"}"#, .wrongMember("version")),
        (#"{"record":"rx-1","version":-1,"reason":"r"}"#, .wrongMember("version")),
        (#"{"record":"rx-1","version":1.0,"reason":"r"}"#, .wrongMember("version")),
        (#"{"record":"rx-1","version":"1","reason":"r"}"#, .wrongMember("version")),
        (#"{"record":"rx-1","version":1,"reason":""}"#, .wrongMember("reason")),
        (#"{"record":"rx-1","version":1,"reason":null}"#, .wrongMember("reason")),
    ]

    @Test(arguments: payloads)
    func `RX-CANCEL: a signed payload of another form is refused by the member`(
        payload: String, refusal: ProofRefusal
    ) throws {
        let compact = try bench.record(
            header: [:], type: .prescriptionCancel, payload: [UInt8](payload.utf8))
        let examination = try examine(compact)
        #expect(examination.payloadFlaw == refusal)
        #expect(examination.verified == nil && examination.flaw == nil)
    }

    @Test func `RX-CANCEL: a cancellation with a wrong header is refused like a record`() throws {
        let payload = [UInt8](#"{"record":"rx-1","version":1,"reason":"r"}"#.utf8)
        let table: [(JSONObject, DeclineReason)] = [
            (["crit": ["iat"]], .rxSignatureInvalid), (["kind": nil], .rxSignatureInvalid),
            (["alg": "none"], .rxAlgorithmRefused), (["x5t#S256": nil], .rxCertificateMalformed),
            (["iat": nil], .rxSigningTimeImplausible), (["iat": 1], .rxSigningTimeImplausible),
        ]
        for (header, reason) in table {
            let compact = try bench.record(header: header, type: .prescriptionCancel, payload: payload)
            #expect(try examine(compact).flaw == reason)
        }
    }
}
