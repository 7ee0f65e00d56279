import HTTPTypes
import Notation
import Proofs
import TestKit
import Testing
import Vocabulary

@testable import API

private let fhir = "application/fhir+json"

@Suite struct HandoverRouteTests {
    @Test func `RX-HANDOVER: an order is held, paid, handed over and taken back`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let record = try await client.filed()
            let order = try await client.paidOrder([APIClient.medicine(record)])
            let path = "/v1/authorizations/\(order)"
            let paid = try await client.send(.get, path, key: APIStage.pharmacySecret)
            let hold = try #require(paid.json["holds"]?.array?.first?.object)
            #expect(
                hold.names == [
                    "id", "order_line", "record", "line", "version", "status", "handover", "handovers",
                    "quantity",
                ])
            #expect(hold["record"]?.text == record)
            #expect(hold["status"] == "owed")
            let handed = try await client.handOver(order)
            #expect(handed.status == 201)
            #expect(
                handed.json.names == [
                    "id", "object", "authorization", "final", "handed_over_at", "undone_at", "lines",
                ])
            #expect(handed.json["lines"] == [["order_line": 0, "hold": hold["id"] ?? .null, "quantity": 1]])
            let replay = try await client.handOver(order)
            #expect(
                replay.bytes == handed.bytes
                    && replay.headers[APIClient.header("Idempotent-Replayed")] == "true")
            let more = try await client.handOver(order, idempotency: "again")
            #expect(more.status == 409)
            #expect(more.code == "handover_not_owed")
            let id = try #require(handed.json["id"]?.text)
            let undone = try await client.send(
                .post, "\(path)/handovers/\(id)/undo", key: APIStage.pharmacySecret,
                ["reason": "forkert pakning", "reopen": true], idempotency: "undo")
            #expect(undone.status == 200)
            #expect(undone.json["undone_at"]?.text != nil)
            #expect(try await client.handOver(order, idempotency: "third").status == 201)
        }
    }

    @Test func `RX-HANDOVER: in FHIR's words with batch and number, the record by its own id`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let record = try await client.filed()
            let order = try await client.paidOrder([APIClient.medicine(record)])
            let answer = try await client.handOver(order, accept: fhir)
            #expect(answer.status == 201)
            #expect(answer.headers[.contentType] == fhir)
            #expect(answer.json["resourceType"] == "MedicationDispense")
            #expect(answer.json["status"] == "completed")
            let text = String(decoding: answer.bytes, as: UTF8.self)
            for part in ["B-77", "900801", "5790001234560", "rx-1"] { #expect(text.contains(part)) }
            #expect(!text.contains(SpecimenPatient.kaja.number))
            let refused = try await client.handOver(order, idempotency: "more", accept: fhir)
            #expect(refused.json["resourceType"] == "OperationOutcome")
        }
    }

    private static let line = #"{"line":"1","product_number":"900801","quantity":1,"batch":"B"}"#

    private static let badBodies: [(body: String, code: String, parameter: String)] = [
        (#"{"lines":[]}"#, "parameter_invalid", "lines"), ("{}", "parameter_missing", "lines"),
        (#"{"lines":[{"line":"1"}]}"#, "parameter_missing", "lines[0].product_number"),
        (#"{"lines":[\#(line)],"final":1}"#, "parameter_invalid", "final"),
        (#"{"lines":[\#(line),{"line":"2","lot":1}]}"#, "parameter_unknown", "lines[1].lot"),
        (#"{"lines":[\#(line)],"lot":1}"#, "parameter_unknown", "lot"),
    ]

    @Test(arguments: badBodies)
    func `PAY-ERROR: what is wrong with a handover is named`(
        body: String, code: String, parameter: String
    ) async throws {
        try await APIStage(patient: .kaja).test { client in
            let id = AuthorizationID(at: client.now, random: (1, 1))
            let answer = try await client.send(
                .post, "/v1/authorizations/\(id)/handovers", key: APIStage.pharmacySecret,
                try JSON.parse(body.utf8), idempotency: "x")
            #expect(answer.code == code)
            #expect(answer.parameter == parameter)
        }
    }

    @Test func `RX-HANDOVER: nobody else reaches a pharmacy's handovers`() async throws {
        try await APIStage(patient: .kaja).test { client in
            let record = try await client.filed()
            let order = try await client.paidOrder([APIClient.medicine(record)])
            #expect(try await client.handOver(order, key: APIStage.otherPharmacySecret).status == 404)
            #expect(try await client.handOver(order, key: APIStage.secret).status != 201)
            let handed = try await client.handOver(order)
            let id = try #require(handed.json["id"]?.text)
            let undo = try await client.send(
                .post, "/v1/authorizations/\(order)/handovers/\(id)/undo",
                key: APIStage.otherPharmacySecret, ["reason": "x", "reopen": true], idempotency: "u")
            #expect(undo.status == 404)
        }
    }

    @Test func `RX-RECEIPT: the receipt joins payment, record and handover and names no patient`()
        async throws
    {
        try await APIStage(patient: .kaja).test { client in
            let compact = try client.record()
            let record = try await client.filed(compact)
            let order = try await client.paidOrder([APIClient.medicine(record)])
            _ = try await client.handOver(order)
            let answer = try await client.send(
                .get, "/v1/authorizations/\(order)/receipt", key: APIStage.pharmacySecret)
            let keys = client.receiptKeys
            let receipt = try Receipt.verify(String(decoding: answer.bytes, as: UTF8.self), keys: keys)
            let payload = try #require(Base64URL.decode(compact.split(separator: ".")[1]))
            #expect(receipt.recordDigests == [Base64URL.encode(Digest.sha256(payload))])
            #expect(receipt.pharmacy?.text == "5790001234560")
            #expect(receipt.handovers.count == 1)
            #expect(receipt.handedOverAt != nil)
            #expect(receipt.capturedMinor == 5_725)
            let session = try await client.session()
            let own = try await client.send(.get, "/me/v1/receipts/\(order)", key: session)
            #expect(own.status == 200)
            let salt = try #require(own.json["patient_salt"]?.text.flatMap { Base64URL.decode($0) })
            let person = try PersonNumber(SpecimenPatient.kaja.number)
            #expect(receipt.patient == Receipt.patientDigest(of: person, salt: salt))
            let copy = try Receipt.verify(try #require(own.json["receipt"]?.text), keys: keys)
            #expect(copy == receipt)
            let none = AuthorizationID(at: client.now, random: (1, 1))
            #expect(try await client.send(.get, "/me/v1/receipts/\(none)", key: session).status == 404)
        }
    }
}

extension APIClient {
    /// A session of the stage's customer, opened with password and app.
    func session() async throws -> String {
        let started = try await send(
            .post, "/me/v1/sign_ins", key: nil, ["user_id": "kunde-1234", "password": "hemmelig1"])
        let path = "/me/v1/sign_ins/\(started.json["id"]?.text ?? "")"
        let asked = try await send(.post, path, key: nil, ["factor": "app"])
        guard let confirmation = asked.json["confirmation"]?.object,
            let id = confirmation["id"]?.text, let code = confirmation["match_code"]?.text
        else { throw StageError.notAsked }
        _ = try await approve(id, code: code)
        let opened = try await send(.post, path, key: nil, ["factor": "app"])
        guard let token = opened.json["token"]?.text else { throw StageError.badName("session") }
        return token
    }
}
