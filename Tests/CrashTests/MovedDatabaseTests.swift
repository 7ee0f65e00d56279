import AsyncHTTPClient
import Foundation
import GRDB
import LoadKit
import Notation
import TestKit
import Testing

/// A real server whose database is moved away, comes back, or never does.
@Suite(.timeLimit(.minutes(5))) struct MovedDatabaseTests {
    private struct Shop {
        let server: ServerProcess
        let client: HTTPClient
        let shop: ShopClient

        /// The status of a new card token, and its id.
        func token() async throws -> (status: Int, id: String?) {
            let card: JSON = [
                "number": "4242424242424242", "exp_month": 12, "exp_year": 2030, "cvc": "123",
            ]
            let reply = try await shop.post("/v1/card_tokens", card, key: Chance.text(15))
            return (reply.status, reply["id"]?.text)
        }

        func isReady() async throws -> Bool { try await shop.get("/readyz").status == 200 }
    }

    /// A ready server in a folder of its own; it is gone when the body returns.
    private func withShop(_ body: (Shop) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let command = try GodkendCommand.find()
        let server = ServerProcess(binary: command.binary, folder: URL(fileURLWithPath: folder.path))
        let key = try await command.addMerchant(
            "bogbixen", name: "Bogbixen ApS", merchants: server.merchants)
        let client = HTTPCaller.makeClient(connections: 8)
        do {
            try await server.start()
            let shop = ShopClient(
                caller: HTTPCaller(base: server.base, client: client), secretKey: key)
            try await body(Shop(server: server, client: client, shop: shop))
        } catch {
            await server.stop(SIGKILL)
            try? await client.shutdown()
            throw error
        }
        await server.stop(SIGKILL)
        try await client.shutdown()
    }

    private func move(_ from: String, _ to: String) throws {
        try FileManager.default.moveItem(atPath: from, toPath: to)
    }

    @Test func `REL-01: a server whose database was moved away acknowledges nothing and ends by SIGTERM`()
        async throws
    {
        try await withShop { shop in
            var acknowledged: Set<String> = []
            for _ in 0..<20 {
                let token = try await shop.token()
                #expect(token.status == 201)
                acknowledged.insert(try #require(token.id))
            }
            let path = shop.server.database
            try move(path, path + ".away")
            for _ in 0..<20 { #expect(try await shop.token().status == 503) }
            #expect(try await !shop.isReady())
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(await shop.server.stop(SIGTERM) == 0)
            // Put back, the next start has all that was acknowledged.
            try move(path + ".away", path)
            try await shop.server.start()
            #expect(try LogCheck.findings(ofState: shop.server.state) == [])
            #expect(try await shop.token().status == 201)
            #expect(await shop.server.stop(SIGTERM) == 0)
            let file = try DatabaseQueue(path: path)
            defer { try? file.close() }
            let kept = try await file.read { db in try String.fetchAll(db, sql: "SELECT id FROM card_tokens")
            }
            #expect(acknowledged.subtracting(kept) == [])
        }
    }

    @Test func `REL-01: a server goes on by itself when its database is back`() async throws {
        try await withShop { shop in
            #expect(try await shop.token().status == 201)
            let path = shop.server.database
            try move(path, path + ".away")
            #expect(try await shop.token().status == 503)
            try move(path + ".away", path)
            try await eventually("readiness") { try await shop.isReady() }
            #expect(try await shop.token().status == 201)
            #expect(await shop.server.stop(SIGTERM) == 0)
        }
    }

    @Test func `REL-01: a server whose whole state folder is gone ends by SIGTERM`() async throws {
        try await withShop { shop in
            #expect(try await shop.token().status == 201)
            try FileManager.default.removeItem(atPath: shop.server.state)
            #expect(try await shop.token().status == 503)
            #expect(try await !shop.isReady())
            #expect(await shop.server.stop(SIGTERM) == 0)
            #expect(!FileManager.default.fileExists(atPath: shop.server.database))
        }
    }
}
