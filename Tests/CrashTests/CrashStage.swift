import AsyncHTTPClient
import Foundation
import GRDB
import LoadKit
import Notation
import Outbound
import Synchronization
import TestKit

/// The server, its clients and the killer.
struct CrashStage: Sendable {
    let client: HTTPClient
    let command: GodkendCommand
    let seed: UInt64
    let kills: Int
    private let server: ServerProcess
    private let journal = Journal()

    /// Clients that work at once; as many of them are customers with a code app as the build makes quickly.
    private static let clients = 64

    init(folder: URL, client: HTTPClient, command: GodkendCommand, seed: UInt64, kills: Int) {
        self.client = client
        self.command = command
        self.seed = seed
        self.kills = kills
        server = ServerProcess(
            binary: command.binary, folder: folder,
            settings: ["push.budget=1000", "confirmation.ttl_seconds=600"])
    }

    func run() async throws -> CrashRun {
        let key = try await command.addMerchant("bogbixen", name: "Bogbixen ApS", merchants: server.merchants)
        try await server.start()
        // Each customer costs a password hash, which a build without optimisation computes slowly.
        let wallets = try await command.loadFixtures(kills > 50 ? 24 : 8, state: server.state)
        let shop = ShopClient(caller: HTTPCaller(base: server.base, client: client), secretKey: key)
        let isOver = Flag()
        try await withThrowingDiscardingTaskGroup { group in
            for (index, buyer) in buyers(wallets, shop).enumerated() {
                let isCustomer = index < wallets.count
                group.addTask {
                    while !isOver.isSet {
                        if isCustomer { await buyer.buy() } else { await buyer.beRefused() }
                        // Most of the work shall be payments that are confirmed.
                        let rest = isCustomer ? 20 : 2_000
                        try? await Task.sleep(for: .milliseconds(Int.random(in: 0...rest)))
                    }
                }
            }
            defer { isOver.set() }
            try await killAgainAndAgain()
        }
        return try await findings(shop)
    }

    /// Ends the server, whatever became of the run.
    func abandon() async { await server.stop(SIGKILL) }

    private func buyers(_ wallets: [Wallet], _ shop: ShopClient) -> [Buyer] {
        (0..<Self.clients).map { index in
            let wallet = wallets[index % wallets.count]
            return Buyer(
                wallet: wallet, app: LoadApp(wallet, caller: shop.caller),
                desk: Persistence(shop: shop, journal: journal), journal: journal, seed: seed)
        }
    }

    /// Each kill comes at a moment drawn from the seed, mostly soon after the start, when old work is taken
    /// up.
    private func killAgainAndAgain() async throws {
        var lot = SplitMix(seed: seed)
        for _ in 0..<kills {
            let longest = Bool.random(using: &lot) ? 250 : 1_600
            try await Task.sleep(for: .milliseconds(Int.random(in: 20...longest, using: &lot)))
            await server.stop(SIGKILL)
            try await server.start()
        }
    }

    // MARK: Afterwards

    private func findings(_ shop: ShopClient) async throws -> CrashRun {
        let start = ContinuousClock.now
        var (seen, books): ([Seen], SandboxBooks)
        repeat {
            try await Task.sleep(for: .milliseconds(250))
            seen = try await look(shop)
            books = try SandboxBooks(at: server.books)
        } while !isQuiet(seen, booked(books)) && start.duration(to: .now) < .seconds(60)
        let settledAfter = start.duration(to: .now) / .seconds(1)
        let status = await server.stop(SIGTERM)
        return CrashRun(
            seed: seed, kills: kills, journal: journal, seen: seen, booked: booked(books),
            violations: books.violations.map { "\($0)" }, integrity: try integrity(), exitStatus: status,
            settledAfter: settledAfter)
    }

    private func isQuiet(_ seen: [Seen], _ booked: [Booked]) -> Bool {
        !seen.contains { $0.status == "processing" } && Judge.disagreeing(seen, booked).isEmpty
    }

    private func look(_ shop: ShopClient) async throws -> [Seen] {
        var found: [Seen] = []
        for object in try await shop.all("/v1/authorizations") {
            guard let id = object["id"]?.text, let amount = object["amount"]?.integer,
                let reference = object["order"]?.object?["reference"]?.text,
                let status = object["status"]?.text, let captured = object["amount_captured"]?.integer,
                let refunded = object["amount_refunded"]?.integer
            else { throw LoadFailure("an authorization lacks a member") }
            var one = Seen(
                id: id, reference: reference, amountMinor: amount, status: status, capturedMinor: captured,
                refundedMinor: refunded)
            if captured > 0 {
                for refund in try await shop.all("/v1/authorizations/\(id)/refunds")
                where refund["status"]?.text == "succeeded" {
                    one.refunds[refund["id"]?.text ?? ""] = refund["amount"]?.integer
                }
            }
            found.append(one)
        }
        return found
    }

    private func booked(_ books: SandboxBooks) -> [Booked] {
        books.accounts.values.map {
            Booked(
                askedMinor: $0.askedMinor, approvedMinor: $0.approvedMinor, capturedMinor: $0.capturedMinor,
                refundedMinor: $0.refundedMinor, openMinor: $0.openMinor)
        }
    }

    /// What SQLite itself finds wrong, without the line that says that nothing is.
    private func integrity() throws -> [String] {
        let file = try DatabaseQueue(path: server.database)
        defer { try? file.close() }
        return try file.read { db in
            try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                + Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { "\($0)" }
        }
    }
}

/// A sign that somebody gives and others see.
private final class Flag: Sendable {
    private let value = Mutex(false)

    var isSet: Bool { value.withLock { $0 } }

    func set() { value.withLock { $0 = true } }
}
