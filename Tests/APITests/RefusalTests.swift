import HTTPTypes
import Notation
import TestKit
import Testing

@testable import API

@Suite struct RefusalTests {
    @Test func `PAY-ERROR: every refusal is a problem document with a request id`() async throws {
        try await APIStage().test { client in
            let answers = [
                try await client.send(.get, "/nowhere"),
                try await client.send(.delete, "/v1/authorizations"),
                try await client.send(.get, "/v1/authorizations", key: nil),
                try await client.send(.get, "/v1/authorizations?customer=x"),
                try await client.send(.post, "/v1/authorizations", idempotency: "k"),
            ]
            #expect(answers.map(\.status) == [404, 405, 401, 400, 415])
            #expect(
                answers.map(\.code) == [
                    "route_unknown", "method_not_allowed", "api_key_missing", "parameter_unknown",
                    "content_type_unsupported",
                ])
            for answer in answers {
                #expect(answer.headers[.contentType] == "application/problem+json")
                #expect(answer.headers[APIClient.header("Request-Id")]?.hasPrefix("req_") == true)
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.json["status"]?.integer == Int64(answer.status))
                #expect(answer.json.names == ["type", "title", "status", "detail", "instance", "error"])
                #expect(
                    answer.json["error"]?.object?.names
                        == ["type", "code", "decline_code", "param", "message", "doc_url"])
            }
            #expect(answers[1].headers[.allow] == "GET, POST")
            #expect(answers[2].headers[.wwwAuthenticate] == "Bearer")
            #expect(answers[3].parameter == "customer")
        }
    }

    @Test func `PAY-ERROR: the client cannot choose the request id`() async throws {
        try await APIStage().test { client in
            let answer = try await client.send(
                .get, "/healthz", key: nil, headers: [APIClient.header("Request-Id"): "req_mine"])
            #expect(answer.headers[APIClient.header("Request-Id")] != "req_mine")
        }
    }

    @Test func `PAY-ERROR: keys are told apart, and what belongs to others is not found`() async throws {
        try await APIStage().test { client in
            let id = try #require(try await client.authorize().json["id"]?.text)
            let path = "/v1/authorizations/\(id)"
            func code(_ key: String) async throws -> String? {
                try await client.send(.get, path, key: key).code
            }
            #expect(try await code(APIStage.otherSecret) == "not_found")
            #expect(try await code(APIStage.publishable) == "secret_key_required")
            #expect(try await code(APIStage.filerSecret) == "merchant_kind_not_allowed")
            #expect(try await code(APIStage.expiredSecret) == "api_key_expired")
            #expect(try await code("sk_test_nobody") == "api_key_invalid")
            let cancel = try await client.send(
                .post, "\(path)/cancel", key: APIStage.otherSecret, [:], idempotency: "x")
            #expect(cancel.status == 404)
            #expect(try await client.send(.get, "/v1/authorizations/auth_x").code == "not_found")
        }
    }

    @Test func `PAY-ERROR: a refused request stores nothing, not even its key`() async throws {
        try await APIStage().test { client in
            let token = try await client.token()
            let bad = try await client.send(
                .post, "/v1/authorizations", ["amount": 1, "colour": "red"], idempotency: "k")
            #expect(bad.status == 400)
            #expect(bad.parameter == "colour")
            let good = try await client.send(
                .post, "/v1/authorizations", APIClient.order(card: token), idempotency: "k")
            #expect(good.status == 201)
            let list = try await client.send(.get, "/v1/authorizations")
            #expect(list.json["data"]?.array?.count == 1)
        }
    }

    @Test func `PAY-ERROR: bodies that are not JSON, too large or of another type are refused`() async throws
    {
        try await APIStage().test { client in
            let fields: HTTPFields = [
                .authorization: "Bearer \(APIStage.secret)", .contentType: "application/json",
                APIClient.header("Idempotency-Key"): "k",
            ]
            let path = "/v1/authorizations"
            #expect(try await client.raw(.post, path, fields, Array("{".utf8)).code == "body_malformed")
            let repeated = try await client.raw(.post, path, fields, Array("{\"a\":1,\"a\":1}".utf8))
            #expect(repeated.code == "parameter_repeated")
            let large = try await client.raw(
                .post, path, fields, Array(repeating: UInt8(ascii: " "), count: 256 * 1024 + 1))
            #expect(large.status == 413)
            #expect(large.code == "body_too_large")
            var form = fields
            form[.contentType] = "application/x-www-form-urlencoded"
            #expect(try await client.raw(.post, path, form, Array("a=b".utf8)).status == 415)
        }
    }

    @Test func `PAN-1: pages of the merchant's own origin may make tokens, and no others`() async throws {
        try await APIStage().test { client in
            let fields: HTTPFields = [.origin: APIStage.origin]
            let good = try await client.send(
                .post, "/v1/card_tokens", key: APIStage.publishable, APIClient.card, headers: fields)
            #expect(good.status == 201)
            #expect(good.headers[.accessControlAllowOrigin] == APIStage.origin)
            #expect(good.json["card"]?.object?["last4"]?.text == "4242")
            #expect(!String(decoding: good.bytes, as: UTF8.self).contains(APIStage.cardNumber))
            let refused = try await client.send(
                .post, "/v1/card_tokens", key: APIStage.publishable, ["number": "1"], headers: fields)
            #expect(refused.status == 400)
            #expect(refused.headers[.accessControlAllowOrigin] == APIStage.origin)
            let foreign = try await client.send(
                .post, "/v1/card_tokens", key: APIStage.publishable, APIClient.card,
                headers: [.origin: "https://evil.example"])
            #expect(foreign.code == "origin_not_allowed")
            #expect(foreign.headers[.accessControlAllowOrigin] == nil)
            let preflight = try await client.send(.options, "/v1/card_tokens", key: nil, headers: fields)
            #expect(preflight.status == 204)
            #expect(preflight.headers[.accessControlAllowHeaders]?.contains("Authorization") == true)
            let other = try await client.send(
                .options, "/v1/card_tokens", key: nil, headers: [.origin: "https://evil.example"])
            #expect(other.status == 403)
            let saved = try await client.send(
                .post, "/v1/card_tokens", key: APIStage.publishable,
                ["number": .text(APIStage.cardNumber), "exp_month": 12, "exp_year": 2030, "reusable": true])
            #expect(saved.code == "secret_key_required")
        }
    }

    @Test func `SCA-25: a device without a good nonce gets one with its refusal`() async throws {
        try await APIStage().test { client in
            let path = "/app/v1/confirmations"
            let nonce = APIClient.header("Device-Nonce")
            let first = try await client.device(.get, path, jti: "1", nonce: "old")
            #expect(first.status == 401)
            #expect(first.code == "use_device_nonce")
            #expect(first.headers[.wwwAuthenticate]?.hasPrefix("Device") == true)
            let fresh = try #require(first.headers[nonce])
            let second = try await client.device(.get, path, jti: "2", nonce: fresh)
            #expect(second.status == 200)
            #expect(second.headers[nonce] != nil)
            let replay = try await client.device(.get, path, jti: "2", nonce: fresh)
            #expect(replay.code == "device_proof_invalid")
            let bare = try await client.send(.get, path, key: nil)
            #expect(bare.status == 401)
            #expect(bare.headers[nonce] != nil)
        }
    }

    @Test func `SCA-09: an unknown user and a wrong password are answered alike`() async throws {
        try await APIStage().test { client in
            func start(_ user: String, _ password: String) async throws -> APIClient.Answer {
                try await client.send(
                    .post, "/me/v1/sign_ins", key: nil, ["user_id": .text(user), "password": .text(password)])
            }
            let known = try await start("kunde-1234", "forkert99")
            let unknown = try await start("ingen-9999", "forkert99")
            #expect(known.status == unknown.status)
            #expect(known.json.names == unknown.json.names)
            let session = try await client.send(.get, "/me/v1/factors", key: nil)
            #expect(session.code == "session_missing")
            #expect(try await client.send(.get, "/me/v1/factors", key: "x").code == "session_invalid")
        }
    }

    @Test func `SCA-04: the confirmation page is the same for everybody and lets nothing else run`()
        async throws
    {
        try await APIStage().test { client in
            let id = try #require(
                try await client.authorize().json["confirmation"]?.object?["id"]?.text)
            let page = try await client.send(
                .get, "/confirm/\(id)", key: nil, headers: [.acceptLanguage: "en-GB,en"])
            let text = String(decoding: page.bytes, as: UTF8.self)
            #expect(page.status == 200)
            #expect(text.contains("<html lang=\"en\">"))
            #expect(!text.contains("Butik bogbixen"))
            #expect(page.headers[.contentSecurityPolicy]?.contains("script-src 'self'") == true)
            #expect(page.headers[.referrerPolicy] == "no-referrer")
            let danish = try await client.send(.get, "/confirm/\(id)", key: nil)
            #expect(String(decoding: danish.bytes, as: UTF8.self).contains("Åbn din kode-app"))
            #expect(try await client.send(.get, "/confirm/x", key: nil).status == 404)
            #expect(try await client.send(.post, "/confirm/\(id)", key: nil).status == 405)
            let script = try await client.send(.get, "/assets/confirm.js", key: nil)
            #expect(script.headers[.contentType]?.hasPrefix("text/javascript") == true)
        }
    }

    @Test func `REL-20: health, metrics and the documents are there without a key`() async throws {
        try await APIStage().test { client in
            for path in [
                "/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/.well-known/jwks.json",
            ] {
                #expect(try await client.send(.get, path, key: nil).status == 200, "\(path)")
            }
            let document = try await client.send(.get, "/openapi.json", key: nil)
            #expect(document.json["openapi"]?.text == "3.1.0")
        }
    }
}
