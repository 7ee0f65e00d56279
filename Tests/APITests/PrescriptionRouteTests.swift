import HTTPTypes
import Notation
import Proofs
import TestKit
import Testing
import Vocabulary

@testable import API

private let fhir = "application/fhir+json"

@Suite struct PrescriptionRouteTests {
    @Test func `RX-ID: a record is filed once, as text or in JSON, with every check`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let compact = try client.record()
            let first = try await client.file(compact)
            #expect(first.status == 201)
            #expect(
                first.json.names == [
                    "id", "object", "record", "version", "kind", "status", "authentic", "checks",
                ])
            #expect(first.json["object"] == "prescription")
            #expect(first.json["record"] == "rx-1")
            #expect(first.json["status"] == "open")
            #expect(first.json["authentic"] == true)
            let checks = first.json["checks"]?.array?.compactMap(\.object) ?? []
            #expect(checks.map { $0["rule"]?.text } == AuthenticityRule.allCases.map(\.rawValue))
            #expect(checks.allSatisfy { $0["verdict"] == "pass" && $0["detail"]?.text?.isEmpty == false })
            let again = try await client.send(
                .post, "/v1/prescriptions", key: APIStage.pharmacySecret, ["jws": .text(compact)])
            #expect(again.status == 200)
            #expect(again.json["id"] == first.json["id"])
            let other = try client.record([try RecordDraft.line(handovers: 1)])
            let conflict = try await client.file(other)
            #expect(conflict.status == 409)
            #expect(conflict.code == "rx_conflict")
        }
    }

    @Test func `RX-ALG: a record that nobody signed is filed with the verdict against it`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let answer = try await client.file(try client.pki.prescription(.algorithmNone).compact)
            #expect(answer.status == 201)
            #expect(answer.json["authentic"] == false)
            #expect(answer.json["status"] == "invalid")
            let failed = answer.json["checks"]?.array?.compactMap(\.object).first {
                $0["verdict"] == "fail"
            }
            #expect(failed?["reason"] == "rx_algorithm_refused")
            let id = try #require(answer.json["id"]?.text)
            let shown = try await client.show(id)
            #expect(shown.status == 200)
            #expect(shown.json["patient"] == nil && shown.json["lines"] == nil)
            let bundle = try await client.show(id, accept: fhir, query: "?wait=1")
            #expect(bundle.status == 404)
        }
    }

    @Test(arguments: ["", "a", "a.b", "a.b.c.d", "..", "a..c", "e30.e30.a=b", "e30.e3+0.e30"])
    func `RX-SIG: what is not three parts of base64url is no record`(text: String) async throws {
        try await APIStage(patient: .kaja).test { client in
            let answer = try await client.send(
                .post, "/v1/prescriptions", key: APIStage.filerSecret, ["jws": .text(text)])
            #expect(answer.status == 400)
            #expect(answer.code == "prescription_malformed")
        }
    }

    private static let badBodies: [(body: String, code: String, parameter: String)] = [
        (#"{"jws":"e30.e30.e30","colour":"red"}"#, "parameter_unknown", "colour"),
        ("{}", "parameter_missing", "jws"), (#"{"jws":1}"#, "parameter_invalid", "jws"),
        (#"{"jws":"e30.e30.e30","ocsp":"AA=="}"#, "parameter_invalid", "ocsp"),
        (#"{"jws":"e30.e30.e30","ocsp":["AA==","AA"]}"#, "parameter_invalid", "ocsp[1]"),
        (#"{"jws":"e30.e30.e30","ocsp":[""]}"#, "parameter_invalid", "ocsp[0]"),
        (#"{"jws":"e30.e30.e30","ocsp":[1,2,3,4,5,6,7,8,9]}"#, "parameter_invalid", "ocsp"),
    ]

    @Test(arguments: badBodies)
    func `PAY-ERROR: what is wrong with a filing is named`(
        body: String, code: String, parameter: String
    ) async throws {
        try await APIStage(patient: .kaja).test { client in
            let answer = try await client.send(
                .post, "/v1/prescriptions", key: APIStage.filerSecret, try JSON.parse(body.utf8))
            #expect(answer.status == 400)
            #expect(answer.code == code)
            #expect(answer.parameter == parameter)
        }
    }

    @Test func `RX-PRIVACY: its filer sees a record, a webshop and another pharmacy do not`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let id = try await client.filed()
            let shown = try await client.show(id)
            #expect(shown.status == 200)
            #expect(shown.json["patient"] == ["name": "Kaja Test Hansen", "birth_date": "2000-03-21"])
            #expect(shown.json["prescriber"]?.object?["authorisation"] == "CCM9X")
            let line = try #require(shown.json["lines"]?.array?.first?.object)
            #expect(
                line.names == [
                    "line", "product", "packages_per_handover", "handovers", "interval", "valid_from",
                    "valid_to", "substitution", "pharmacy", "prescribed", "handed_over", "held", "left",
                    "next_from", "next_handover", "dosage", "indication",
                ])
            #expect(line["packages_per_handover"] == "1")
            #expect(line["interval"] == ["count": 3, "unit": "months"])
            #expect(line["left"] == 4)
            #expect(!String(decoding: shown.bytes, as: UTF8.self).contains(SpecimenPatient.kaja.number))
            #expect(try await client.show(id, key: APIStage.pharmacySecret).status == 404)
            #expect(try await client.show(id, key: APIStage.secret).code == "merchant_kind_not_allowed")
            let filing = try await client.file(try client.record(), key: APIStage.secret)
            #expect(filing.code == "merchant_kind_not_allowed")
        }
    }

    @Test func `REL-09: a record has a tag that changes when an order holds it`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let id = try await client.filed()
            let tag = try #require(try await client.show(id).headers[.eTag])
            let known = try await client.show(id, tag: tag, query: "?wait=1")
            #expect(known.status == 304)
            async let waiting = client.show(id, tag: tag, query: "?wait=20")
            #expect(try await client.order([APIClient.medicine(id)]).status == 201)
            let changed = try await waiting
            #expect(changed.status == 200)
            #expect(changed.json["lines"]?.array?.first?.object?["held"] == 1)
            #expect(changed.headers[.eTag] != tag)
        }
    }

    @Test func `RX-SIG: the bundle is given byte for byte as it was signed`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let compact = try client.record()
            let id = try await client.filed(compact)
            let answer = try await client.show(id, accept: "\(fhir); q=0.9, application/json;q=0.5")
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == fhir)
            #expect(answer.bytes == Base64URL.decode(compact.split(separator: ".")[1]))
            let tag = try #require(answer.headers[.eTag])
            let known = try await client.show(id, accept: fhir, tag: tag, query: "?wait=1")
            #expect(known.status == 304)
            #expect(try await client.show(id, tag: tag, query: "?wait=1").status == 200)
        }
    }

    @Test(arguments: [
        (fhir, true), ("\(fhir); fhirVersion=4.0", true), ("Application/FHIR+json", true),
        ("application/json;q=0.9, \(fhir)", true), ("\(fhir);q=0.001", true), ("\(fhir);q=0", false),
        ("\(fhir);q=0.8, application/json", false), ("application/json", false), ("*/*", false), ("", false),
    ])
    func `PAY-ERROR: FHIR is for who would rather have it`(accept: String, isFHIR: Bool) async throws {
        try await APIStage(patient: .kaja).test { client in
            let answer = try await client.file("x", accept: accept)
            #expect((answer.headers[.contentType] == fhir) == isFHIR)
            #expect(answer.status == 400)
        }
    }

    @Test func `RX-COVER: a dry run tells the arithmetic and holds nothing`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let id = try await client.filed()
            let path = "/v1/prescriptions/\(id)/verify"
            let all = try await client.send(.post, path, key: APIStage.filerSecret)
            #expect(all.status == 200)
            #expect(all.json.names == ["authentic", "covers", "checks", "lines"])
            #expect(all.json["authentic"] == true)
            #expect(
                all.json["lines"]?.array?.first?.object?.names == [
                    "line", "prescribed", "handed_over", "held", "left", "next_from",
                ])
            let body: JSON = ["lines": [["line": "1", "product_number": "900801", "quantity": 3]]]
            let much = try await client.send(.post, path, key: APIStage.filerSecret, body)
            #expect(much.json["covers"] == false)
            let failed = much.json["checks"]?.array?.compactMap(\.object).first {
                $0["reason"] == "rx_quantity_exceeded"
            }
            #expect(failed?["verdict"] == "fail")
            #expect(failed?["line"] == 0)
            #expect(failed?["detail"]?.text?.contains("packages 3, packages per handover 1") == true)
            let shown = try await client.show(id)
            #expect(shown.json["lines"]?.array?.first?.object?["held"] == 0)
        }
    }

    @Test func `RX-CANCEL: who signed a record takes it back`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let id = try await client.filed()
            let path = "/v1/prescriptions/\(id)/cancel"
            func cancel(by signer: SpecimenSigner) async throws -> APIClient.Answer {
                let compact = try client.pki.cancel(
                    record: "rx-1", version: 1, reason: "andet lægemiddel", by: signer,
                    at: client.now)
                return try await client.send(
                    .post, path, key: APIStage.filerSecret, ["jws": .text(compact)])
            }
            #expect(try await cancel(by: .secondDoctor).code == "cancellation_refused")
            let canceled = try await cancel(by: .doctor)
            #expect(canceled.status == 200)
            #expect(canceled.json["status"] == "canceled")
            #expect(try await cancel(by: .doctor).json["status"] == "canceled")
        }
    }

    @Test func `PAY-ERROR: who asks for FHIR gets an OperationOutcome with our word`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let malformed = try await client.file("x", accept: fhir)
            #expect(malformed.status == 400)
            #expect(malformed.headers[.contentType] == fhir)
            #expect(malformed.json["resourceType"] == "OperationOutcome")
            let issue = malformed.json["issue"]?.array?.first?.object
            #expect(issue?["code"] == "structure")
            let coding = issue?["details"]?.object?["coding"]?.array?.first?.object
            #expect(coding?["code"] == "prescription_malformed")
            let pki = try client.pki
            let unreadable = try PrescriptionSigning.sign(
                payload: Array(#"{"resourceType":"Bundle","type":"batch"}"#.utf8), kind: .prescriber,
                chain: pki.chain(of: .doctor), key: SpecimenPKI.key(of: .doctor),
                at: client.now)
            let refused = try await client.file(unreadable, accept: fhir)
            #expect(refused.status == 422)
            let path = refused.json["issue"]?.array?.first?.object?["expression"]?.array?.first?.text
            #expect(path?.hasPrefix("Bundle") == true)
            #expect(try await client.file(unreadable).parameter == path)
        }
    }
}
