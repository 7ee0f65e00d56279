import HTTPTypes
import Notation
import TestKit
import Testing

@testable import API

extension APIClient {
    fileprivate func lookUp(
        _ userID: String, key: String = APIStage.pharmacySecret, idempotency: String? = "lookup"
    ) async throws -> Answer {
        try await send(
            .post, "/v1/prescription_lookups", key: key, ["user_id": .text(userID)], idempotency: idempotency)
    }

    fileprivate func look(_ id: String, wait: Bool = false, tag: String? = nil) async throws -> Answer {
        try await send(
            .get, "/v1/prescription_lookups/\(id)\(wait ? "?wait=10" : "")", key: APIStage.pharmacySecret,
            headers: tag.map { [.ifNoneMatch: $0] } ?? [:])
    }
}

extension APIClient.Answer {
    fileprivate var confirmation: JSONObject { json["confirmation"]?.object ?? [:] }
    fileprivate var pageToken: String? {
        confirmation["page_url"]?.text.flatMap { $0.split(separator: "#").last.map(String.init) }
    }
}

@Suite struct LookupRouteTests {
    @Test func `SCA-09: the answer has the same members for a customer and for nobody`() async throws {
        try await APIStage().test { client in
            let known = try await client.lookUp("kunde-1234", idempotency: "a")
            let nobody = try await client.lookUp("findes-ikke", idempotency: "b")
            #expect(known.status == 201)
            #expect(nobody.status == 201)
            for answer in [known, nobody] {
                #expect(
                    answer.json.names == [
                        "id", "object", "confirmation", "challenges", "status", "open_until",
                    ])
                #expect(
                    answer.confirmation.names == ["id", "status", "match_code", "page_url", "expires_at"])
                #expect(answer.json["object"] == "prescription_lookup")
                #expect(answer.json["status"] == "pending")
                #expect(answer.json["open_until"] == .null)
                let challenges = answer.json["challenges"]?.array ?? []
                #expect(
                    challenges.map { $0.object?["factor"]?.text } == ["app", "key_card", "code_token"])
                #expect(challenges[1].object?["key_number"]?.text?.utf8.count == 4)
            }
            for answer in [known, nobody] {
                let id = try #require(answer.confirmation["id"]?.text)
                let token = try #require(answer.pageToken)
                let page = try await client.send(.get, "/v1/confirmations/\(id)", key: token)
                #expect(
                    page.json.names == ["id", "status", "kind", "payee", "match_code", "expires_at"])
                #expect(page.json["kind"] == "prescription_lookup")
                #expect(page.json["payee"] == "Butik byens-apotek")
                let attempt = try await client.send(
                    .post, "/v1/confirmations/\(id)/attempts", key: token,
                    ["factor": "key_card", "code": "000000"])
                #expect(attempt.status == 200)
                #expect(attempt.json.names == ["id", "status", "reason"])
                #expect(attempt.json["status"] == "denied")
                #expect(attempt.json["reason"] == "confirmation_denied")
            }
        }
    }

    @Test func `RX-PRIVACY: the records come with the approval and tell no drug`() async throws {
        try await APIStage().test { client in
            let asked = try await client.lookUp("kunde-1234")
            let id = try #require(asked.json["id"]?.text)
            let first = try await client.look(id)
            #expect(first.status == 200)
            #expect(first.json["records"] == nil)
            let tag = try #require(first.headers[.eTag])
            async let waiting = client.look(id, wait: true, tag: tag)
            let answer = try await client.approve(
                try #require(asked.confirmation["id"]?.text),
                code: try #require(asked.confirmation["match_code"]?.text))
            #expect(answer.json["status"] == "approved")
            let approved = try await waiting
            #expect(approved.status == 200)
            #expect(approved.json["status"] == "approved")
            #expect(approved.json["records"] == [])
            #expect(approved.json["challenges"] == [])
            #expect(approved.json["open_until"]?.text?.hasSuffix("Z") == true)
            #expect(approved.confirmation.names == ["id", "status", "expires_at"])
            #expect(approved.headers[.eTag] != tag)
        }
    }

    @Test func `PAY-IDEM: a look-up needs a key, and the same key gives the same answer`() async throws {
        try await APIStage().test { client in
            let without = try await client.lookUp("kunde-1234", idempotency: nil)
            #expect(without.code == "idempotency_key_missing")
            let first = try await client.lookUp("kunde-1234")
            let again = try await client.lookUp("kunde-1234")
            #expect(again.bytes == first.bytes)
            #expect(again.headers[APIClient.header("Idempotent-Replayed")] == "true")
            #expect(try await client.lookUp("findes-ikke").code == "idempotency_key_reused")
        }
    }

    @Test(arguments: [
        (APIStage.secret, "merchant_kind_not_allowed"), (APIStage.filerSecret, "merchant_kind_not_allowed"),
        (APIStage.publishable, "secret_key_required"),
    ])
    func `RX-MERCHANT: only a pharmacy's secret key may ask`(key: String, code: String) async throws {
        try await APIStage().test { client in
            let asked = try await client.lookUp("kunde-1234", key: key)
            #expect(asked.status == 403)
            #expect(asked.code == code)
        }
    }

    @Test(
        arguments: [
            ([:], "parameter_missing"), (["user_id": 1], "parameter_invalid"),
            (["user_id": ""], "parameter_invalid"), (["user_id": "a", "cpr": "b"], "parameter_unknown"),
        ] as [(JSON, String)])
    func `PAY-ERROR: a malformed look-up is refused by name`(body: JSON, code: String) async throws {
        try await APIStage().test { client in
            let answer = try await client.send(
                .post, "/v1/prescription_lookups", key: APIStage.pharmacySecret, body, idempotency: "x")
            #expect(answer.status == 400)
            #expect(answer.code == code)
        }
    }
}
