import HTTPTypes
import Notation
import Proofs
import TestKit
import Testing
import Vocabulary

@testable import API
@testable import Operations

/// `/log` and the leaves and proofs of decisions over HTTP.
@Suite struct LogRouteTests {
    /// A decision of the shop that is in no checkpoint yet.
    private func decision(_ client: APIClient) async throws -> (id: String, leaf: Int64) {
        let answer = try await client.authorize()
        let decision = try #require(answer.json["decisions"]?.array?.first?.object)
        return (try #require(decision["id"]?.text), try #require(decision["leaf"]?.integer))
    }

    private func text(_ answer: APIClient.Answer) -> String { String(decoding: answer.bytes, as: UTF8.self) }

    @Test func `LOG-FORMAT: checkpoint and key are public, and the one verifies the other`() async throws {
        try await APIStage().test(runs: false) { client in
            let gateway = client.stage.gateway
            #expect(try await client.send(.get, "/log/checkpoint", key: nil).code == "not_found")
            await gateway.checkpointSigner.signNow()
            let answer = try await client.send(.get, "/log/checkpoint", key: nil)
            #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(answer.headers[.cacheControl] == "public, max-age=1")
            let key = try await client.send(.get, "/log/vkey", key: nil)
            #expect(key.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(text(key).hasSuffix("\n"))
            let verifier = try LogVerificationKey(parsing: String(text(key).dropLast()))
            let checkpoint = try SignedCheckpoint(opening: text(answer), with: verifier)
            #expect(checkpoint.checkpoint.origin == "127.0.0.1:8080")
            #expect(checkpoint == gateway.log.latest)
            #expect(try await client.send(.post, "/log/checkpoint", key: nil).status == 405)
        }
    }

    @Test func `LOG-FORMAT: a decision has a leaf and a proof as soon as a checkpoint covers it`()
        async throws
    {
        try await APIStage().test(runs: false) { client in
            let gateway = client.stage.gateway
            let (id, position) = try await decision(client)
            for path in ["/v1/decisions/\(id)/leaf", "/v1/decisions/\(id)/proof"] {
                let early = try await client.send(.get, path)
                #expect(early.status == 409 && early.code == "not_yet_checkpointed")
                #expect(early.headers[.retryAfter] == "1")
            }
            await gateway.checkpointSigner.signNow()
            let leaf = try await client.send(.get, "/v1/decisions/\(id)/leaf")
            #expect(leaf.headers[.contentType] == "application/octet-stream")
            #expect(leaf.headers[APIClient.header("Leaf-Index")] == String(position))
            let proof = try await client.send(.get, "/v1/decisions/\(id)/proof")
            #expect(proof.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(text(proof).hasPrefix("c2sp.org/tlog-proof@v1\n"))
            let read = try TlogProof(parsing: text(proof))
            #expect(read.index == position)
            #expect(try read.verify(leaf: leaf.bytes, key: gateway.log.key) == gateway.log.latest)
        }
    }

    @Test func `LOG-FORMAT: the leaf as JSON holds the same bytes, and the body that its digest stands for`()
        async throws
    {
        try await APIStage().test(runs: false) { client in
            let (id, position) = try await decision(client)
            await client.stage.gateway.checkpointSigner.signNow()
            let path = "/v1/decisions/\(id)/leaf"
            let bytes = try await client.send(.get, path).bytes
            let answer = try await client.send(.get, path, headers: [.accept: "application/json"])
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.headers[.vary] == "Accept")
            #expect(answer.json["object"]?.text == "leaf")
            #expect(answer.json["index"]?.integer == position)
            #expect(answer.json["leaf"]?.text.flatMap { Base64.decode($0) } == bytes)
            let body = try #require(answer.json["body"]?.text.flatMap { Base64.decode($0) })
            #expect(bytes.suffix(32) == Digest.sha256(body)[...])
            let fields = try #require(answer.json["fields"]?.object)
            #expect(fields["merchant"]?.text == "bogbixen" && fields["currency"]?.text == "DKK")
            #expect(fields["amount"]?.integer == 24_900)
            #expect(answer.json.names == Schemas.leaf.properties.map(\.name))
            #expect(fields.names == Schemas.leafFields.properties.map(\.name))
            let weighed = try await client.send(
                .get, path,
                headers: [.accept: "application/json;q=0.5, application/octet-stream"])
            #expect(weighed.headers[.contentType] == "application/octet-stream")
        }
    }

    @Test func `LOG-FORMAT: another merchant's decision, or none, is not found`() async throws {
        try await APIStage().test(runs: false) { client in
            let (id, _) = try await decision(client)
            await client.stage.gateway.checkpointSigner.signNow()
            for part in ["leaf", "proof"] {
                let path = "/v1/decisions/\(id)/\(part)"
                #expect(try await client.send(.get, path, key: APIStage.otherSecret).code == "not_found")
                #expect(try await client.send(.get, path, key: nil).code == "api_key_missing")
                #expect(
                    try await client.send(.get, path, key: APIStage.publishable).code == "secret_key_required"
                )
                #expect(try await client.send(.get, "/v1/decisions/dec_1/\(part)").code == "not_found")
                #expect(try await client.send(.get, path + "?a=b").code == "parameter_unknown")
            }
        }
    }

    @Test func `LOG-FORMAT: tiles are served with their width, full ones for ever`() async throws {
        try await APIStage().test(runs: false) { client in
            let gateway = client.stage.gateway
            for _ in 0..<260 { try await gateway.recordLogKeyMade() }
            await gateway.checkpointSigner.signNow()
            let size = try #require(gateway.log.latest).size
            let full = try await client.send(.get, "/log/tile/0/000", key: nil)
            #expect(full.status == 200 && full.bytes.count == 8_192)
            #expect(full.headers[.contentType] == "application/octet-stream")
            #expect(full.headers[.cacheControl] == "public, max-age=31536000, immutable")
            let part = try await client.send(.get, "/log/tile/0/001.p/\(size - 256)", key: nil)
            #expect(part.bytes.count == Int(size - 256) * 32)
            #expect(part.headers[.cacheControl] == "public, max-age=60")
            let above = try await client.send(.get, "/log/tile/1/000.p/1", key: nil)
            #expect(above.bytes.count == 32)
            for path in [
                "0/001", "0/001.p/\(size - 255)", "0/002.p/1", "1/000", "1/000.p/2", "2/000.p/1", "64/000",
                "00/000", "0/0", "0/0000", "0/x000/000", "0/000.p/0", "0/000.p/256", "0/000.p/01", "-1/000",
                "0/000.p", "0/x001/000", "0/000/000", "0/abc", "0/000.p/1/2", "0//000", "0/000/",
                "0/%30%30%30",
            ] {
                let answer = try await client.send(.get, "/log/tile/\(path)", key: nil)
                #expect(answer.status == 404, "\(path)")
            }
            #expect(try await client.send(.get, "/log/tile/0/000?x=1", key: nil).code == "parameter_unknown")
            #expect(try await client.send(.post, "/log/tile/0/x001/000", key: nil).status == 405)
            #expect(try await client.send(.get, "/log/tile", key: nil).code == "route_unknown")
        }
    }

    @Test func `OPS-ACCESS: the leaves themselves are for auditors who signed in`() async throws {
        try await APIStage().test(runs: false) { client in
            _ = try await decision(client)
            await client.stage.gateway.checkpointSigner.signNow()
            let path = "/log/tile/entries/000.p/1"
            let bare = try await client.send(.get, path, key: nil)
            #expect(bare.status == 401 && bare.code == "session_missing")
            #expect(try await client.send(.get, path).code == "session_invalid")
            #expect(try await client.send(.get, path, key: "nobody").code == "session_invalid")
        }
    }

    @Test func `LOG-ATOMIC: readiness tells when the log is not signed any more`() async throws {
        let stage = try await APIStage()
        try await stage.test(runs: false) { client in
            let gateway = client.stage.gateway
            await gateway.checkpointSigner.signNow()
            #expect(try await client.send(.get, "/readyz", key: nil).status == 200)
            gateway.log.refuse(.otherKey)
            let answer = try await client.send(.get, "/readyz", key: nil)
            #expect(answer.status == 503 && answer.code == "not_ready")
            #expect(answer.json["detail"]?.text == LogRefusal.otherKey.explanation)
            #expect(try await client.send(.get, "/log/checkpoint", key: nil).status == 200)
        }
    }
}
