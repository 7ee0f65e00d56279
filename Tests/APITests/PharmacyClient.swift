import HTTPTypes
import Notation
import Operations
import Proofs
import TestKit
import Vocabulary

@testable import API

/// What a clinic and a pharmacy send.
extension APIClient {
    var now: Instant { stage.gateway.clock.now() }
    var receiptKeys: [DeviceKey] { stage.gateway.jwks() }

    var pki: SpecimenPKI {
        get throws {
            guard let pki = stage.pki else { throw StageError.badName("no patient") }
            return pki
        }
    }

    /// A record of one line for the stage's patient, signed by the doctor just now.
    func record(
        _ lines: [PrescribedLine]? = nil, of person: SpecimenPatient = .kaja, name: String = "rx-1",
        version: Int64 = 1
    ) throws -> String {
        let content = try RecordDraft.content(
            lines ?? [try RecordDraft.line()], of: person, record: name, version: version,
            at: now)
        return try pki.sign(content, by: .doctor, at: content.issuedAt)
    }

    /// Files as `application/jose`.
    func file(
        _ compact: String, key: String = APIStage.filerSecret, accept: String? = nil
    ) async throws -> Answer {
        var fields: HTTPFields = [.authorization: "Bearer \(key)", .contentType: "application/jose"]
        if let accept { fields[.accept] = accept }
        return try await raw(.post, "/v1/prescriptions", fields, Array(compact.utf8))
    }

    /// Files a record and gives its id.
    func filed(_ compact: String? = nil) async throws -> String {
        let answer = try await file(try compact ?? record())
        guard let id = answer.json["id"]?.text else { throw StageError.badName("filing") }
        return id
    }

    func show(
        _ record: String, key: String = APIStage.filerSecret, accept: String? = nil, tag: String? = nil,
        query: String = ""
    ) async throws -> Answer {
        var fields: HTTPFields = [:]
        if let accept { fields[.accept] = accept }
        if let tag { fields[.ifNoneMatch] = tag }
        return try await send(.get, "/v1/prescriptions/\(record)\(query)", key: key, headers: fields)
    }

    static func medicine(_ record: String?, line: String = "1", product: String = "900801") -> JSON {
        var object: JSONObject = [
            "kind": "medicine", "description": "Levothyroxin Prøvefarma", "quantity": 1,
            "unit_amount": 5_725, "product_number": .text(product),
        ]
        if let record { object.set("prescription", ["record": .text(record), "line": .text(line)]) }
        return .object(object)
    }

    static let delivery: JSON = [
        "kind": "fee", "description": "Levering", "quantity": 1, "unit_amount": 3_900,
    ]

    /// Asks for an order of these lines.
    func order(
        _ lines: [JSON], amount: Int64 = 5_725, key: String = APIStage.pharmacySecret,
        reference: String = "1001"
    ) async throws -> Answer {
        let token = try await send(.post, "/v1/card_tokens", key: key, Self.card)
        return try await send(
            .post, "/v1/authorizations", key: key,
            [
                "amount": .integer(amount), "currency": "DKK", "card": token.json["id"] ?? .null,
                "order": ["reference": .text(reference), "lines": .array(lines)],
            ], idempotency: "create-\(reference)")
    }

    /// An order that was confirmed and paid: the pharmacy owes the medicine.
    func paidOrder(_ lines: [JSON], amount: Int64 = 5_725) async throws -> String {
        let asked = try await order(lines, amount: amount)
        guard let id = asked.json["id"]?.text,
            let confirmation = asked.json["confirmation"]?.object,
            let question = confirmation["id"]?.text, let code = confirmation["match_code"]?.text
        else { throw StageError.notAsked }
        _ = try await approve(question, code: code)
        let key = APIStage.pharmacySecret
        for _ in 0..<20 {
            let found = try await send(
                .get, "/v1/authorizations/\(id)?wait=1", key: key, headers: [.ifNoneMatch: "\"0\""])
            if found.json["status"] == "approved" { break }
        }
        let captured = try await send(
            .post, "/v1/authorizations/\(id)/capture", key: key, [:], idempotency: "capture")
        guard captured.status == 200 else { throw StageError.badName("capture \(captured.code ?? "")") }
        return id
    }

    func handOver(
        _ order: String, _ lines: [JSON] = [handover()], idempotency: String = "handover",
        key: String = APIStage.pharmacySecret, accept: String? = nil
    ) async throws -> Answer {
        try await send(
            .post, "/v1/authorizations/\(order)/handovers", key: key, ["lines": .array(lines)],
            idempotency: idempotency, headers: accept.map { [.accept: $0] } ?? [:])
    }

    static func handover(_ line: String = "1", quantity: Int64 = 1) -> JSON {
        [
            "line": .text(line), "product_number": "900801", "quantity": .integer(quantity),
            "batch": "B-77",
        ]
    }
}
