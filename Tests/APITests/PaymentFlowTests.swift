import HTTPTypes
import Notation
import Proofs
import TestKit
import Testing

@testable import API

@Suite struct PaymentFlowTests {
    @Test func `PAY-STATE: a payment is confirmed in the app, captured in part, cancelled and refunded`()
        async throws
    {
        try await APIStage().test { client in
            let created = try await client.authorize()
            #expect(created.status == 201)
            #expect(created.json["status"]?.text == "requires_confirmation")
            let id = try #require(created.json["id"]?.text)
            let confirmation = try #require(created.json["confirmation"]?.object)
            let code = try #require(confirmation["match_code"]?.text)
            let answer = try await client.approve(try #require(confirmation["id"]?.text), code: code)
            #expect(answer.status == 200)
            #expect(answer.json["status"]?.text == "approved")

            var shown = try await client.send(.get, "/v1/authorizations/\(id)")
            while shown.json["status"]?.text == "processing" {
                shown = try await client.send(
                    .get, "/v1/authorizations/\(id)?wait=10",
                    headers: [.ifNoneMatch: shown.headers[.eTag] ?? ""])
            }
            #expect(shown.json["status"]?.text == "approved")
            // What only a pending confirmation shows is gone.
            #expect(shown.json["confirmation"]?.object?.names == ["id", "status", "expires_at"])

            let capture = try await client.send(
                .post, "/v1/authorizations/\(id)/capture", ["amount": 10_000, "final_capture": false],
                idempotency: "c1")
            #expect(capture.status == 200)
            #expect(capture.json["amount_captured"]?.integer == 10_000)
            let tooMuch = try await client.send(
                .post, "/v1/authorizations/\(id)/capture", ["amount": 14_901], idempotency: "c2")
            #expect(tooMuch.status == 409)
            #expect(tooMuch.code == "capture_above_authorized")
            let cancel = try await client.send(
                .post, "/v1/authorizations/\(id)/cancel", [:], idempotency: "x1")
            #expect(cancel.json["status"]?.text == "captured")
            let refund = try await client.send(
                .post, "/v1/authorizations/\(id)/refunds", ["amount": 1, "reason": "Retur"], idempotency: "r1"
            )
            #expect(refund.status == 201)
            #expect(refund.json["status"]?.text == "succeeded")
            let list = try await client.send(.get, "/v1/authorizations/\(id)/refunds")
            #expect(list.json["data"]?.array?.count == 1)
            #expect(list.json["has_more"]?.bool == false)
            let receipt = try await client.send(.get, "/v1/authorizations/\(id)/receipt")
            #expect(receipt.headers[.contentType] == "application/jose")
            let keys = try await client.send(.get, "/.well-known/jwks.json", key: nil)
            let verified = try Receipt.verify(
                String(decoding: receipt.bytes, as: UTF8.self), keys: JWKS.keys(in: .object(keys.json)))
            #expect(verified.capturedMinor == 10_000)
        }
    }

    @Test func `PAY-IDEM: the first answer comes again byte for byte, another request on the key is refused`()
        async throws
    {
        try await APIStage().test { client in
            let token = try await client.token()
            let body = APIClient.order(card: token)
            let first = try await client.send(.post, "/v1/authorizations", body, idempotency: "k")
            let again = try await client.send(.post, "/v1/authorizations", body, idempotency: "\"k\"")
            #expect(again.bytes == first.bytes)
            #expect(first.headers[APIClient.header("Idempotent-Replayed")] == nil)
            #expect(again.headers[APIClient.header("Idempotent-Replayed")] == "true")
            let other = try await client.send(
                .post, "/v1/authorizations", APIClient.order(card: token, amount: 1), idempotency: "k")
            #expect(other.status == 422)
            #expect(other.code == "idempotency_key_reused")
            #expect(other.json["detail"]?.text?.contains("amount, order") == true)
            let missing = try await client.send(.post, "/v1/authorizations", body)
            #expect(missing.code == "idempotency_key_missing")
        }
    }

    @Test func `SCA-06: a key card offered on the page declines the payment, its code unread`() async throws {
        try await APIStage().test { client in
            let created = try await client.authorize()
            let confirmation = try #require(created.json["confirmation"]?.object)
            let address = try #require(confirmation["page_url"]?.text)
            let token = try #require(address.split(separator: "#").last.map(String.init))
            let path = "/v1/confirmations/\(try #require(confirmation["id"]?.text))"
            let page = try await client.send(.get, path, key: token)
            #expect(page.json["match_code"] == confirmation["match_code"])
            #expect(page.json["payee"]?.text == "Butik bogbixen")
            #expect(page.json["amount_text"]?.text == "249,00 kr.")
            let attempt = try await client.send(
                .post, "\(path)/attempts", key: token, ["factor": "key_card", "code": "123456"])
            #expect(attempt.status == 200)
            #expect(attempt.json["reason"]?.text == "code_app_required")
            let shown = try await client.send(
                .get, "/v1/authorizations/\(try #require(created.json["id"]?.text))")
            #expect(shown.json["status"]?.text == "declined")
            #expect(shown.json["decline"]?.object?["reason"]?.text == "code_app_required")
            let wrong = try await client.send(.get, path, key: String(repeating: "A", count: 43))
            #expect(wrong.status == 401 && wrong.code == "page_token_invalid")
        }
    }

    @Test func `SCA-20: polling too fast is told to slow down`() async throws {
        try await APIStage(clock: ManualClock()).test { client in
            let id = try #require(try await client.authorize().json["id"]?.text)
            let first = try await client.send(.get, "/v1/authorizations/\(id)")
            #expect(first.status == 200)
            let second = try await client.send(.get, "/v1/authorizations/\(id)")
            #expect(second.status == 429)
            #expect(second.code == "slow_down")
            #expect(second.headers[.retryAfter] != nil)
            let known = try await client.send(
                .get, "/v1/authorizations/\(id)?wait=1",
                headers: [.ifNoneMatch: try #require(first.headers[.eTag])])
            #expect(known.status == 304)
            #expect(known.bytes.isEmpty)
        }
    }

    @Test func `PAY-LIST: authorizations are listed newest first, with cursors and filters`() async throws {
        try await APIStage().test { client in
            var ids: [String] = []
            for number in 1...3 {
                let created = try await client.authorize(reference: "o\(number)")
                ids.insert(try #require(created.json["id"]?.text), at: 0)
                _ = try await client.send(
                    .post, "/v1/authorizations/\(ids[0])/cancel", [:], idempotency: "x\(number)")
            }
            func list(_ query: String) async throws -> ([String?], Bool?) {
                let answer = try await client.send(.get, "/v1/authorizations\(query)")
                let found = answer.json["data"]?.array?.map { $0.object?["id"]?.text }
                return (found ?? [], answer.json["has_more"]?.bool)
            }
            #expect(try await list("?limit=2") == ([ids[0], ids[1]], true))
            #expect(try await list("?limit=2&starting_after=\(ids[1])") == ([ids[2]], false))
            #expect(try await list("?ending_before=\(ids[1])") == ([ids[0]], false))
            #expect(try await list("?order=o2") == ([ids[1]], false))
            #expect(try await list("?status=approved") == ([], false))
            #expect(try await list("?status=canceled&amount%5Bgte%5D=24900") == (ids, false))
        }
    }
}
