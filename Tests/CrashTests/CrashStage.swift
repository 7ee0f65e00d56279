import AsyncHTTPClient
import Foundation
import LoadKit
import SeedKit
import Synchronization
import TestKit

/// The server, its clients and the killer.
struct CrashStage: Sendable {
    let client: HTTPClient
    let command: GodkendCommand
    let seed: UInt64
    let kills: Int
    let server: ServerProcess
    let journal = Journal()
    private let trust: String

    /// Clients that work at once; as many of them are customers with a code app as the build makes quickly.
    private static let clients = 64

    init(folder: URL, client: HTTPClient, command: GodkendCommand, seed: UInt64, kills: Int) {
        self.client = client
        self.command = command
        self.seed = seed
        self.kills = kills
        trust = folder.appendingPathComponent("trust").path
        server = ServerProcess(
            binary: command.binary, folder: folder, trust: trust,
            settings: [
                "push.budget=1000", "confirmation.ttl_seconds=600", "enrolment.hold_seconds=0",
            ])
    }

    func run() async throws -> CrashRun {
        let key = try await command.addMerchant("bogbixen", name: "Bogbixen ApS", merchants: server.merchants)
        let town = try await Town(trust: trust, command: command, merchants: server.merchants)
        try await server.start()
        // Each customer costs a password hash, which a build without optimisation computes slowly.
        let wallets = try await command.loadFixtures(kills > 50 ? 16 : 4, state: server.state)
        let families = try await town.settle(server, command: command, client: client)
        let shops = ([key] + town.pharmacyKeys).map {
            ShopClient(caller: HTTPCaller(base: server.base, client: client), secretKey: $0)
        }
        let drawers = pharmacyBuyers(families, at: Array(shops.dropFirst()), in: town)
        let isOver = Flag()
        try await withThrowingDiscardingTaskGroup { group in
            for (index, buyer) in buyers(wallets, shops[0]).enumerated() {
                let isCustomer = index < wallets.count
                group.addTask {
                    await again(until: isOver, rest: isCustomer ? 20 : 6_000) {
                        if isCustomer { await buyer.buy() } else { await buyer.beRefused() }
                    }
                }
            }
            for drawer in drawers {
                group.addTask { await again(until: isOver, rest: 20) { await drawer.buy() } }
            }
            defer { isOver.set() }
            try await killAgainAndAgain()
            try await goOn()
        }
        return try await findings(shops)
    }

    /// Most of the work shall be payments that are confirmed, so the others rest longer. Milliseconds.
    private func again(until isOver: Flag, rest: Int, _ work: () async -> Void) async {
        while !isOver.isSet {
            await work()
            try? await Task.sleep(for: .milliseconds(Int.random(in: 0...rest)))
        }
    }

    /// On a slow machine the load goes on after the last kill until there is something of each kind to judge.
    private func goOn() async throws {
        let start = ContinuousClock.now
        while !journal.isTelling, start.duration(to: .now) < .seconds(30) {
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Ends the server, whatever became of the run.
    func abandon() async { await server.stop(SIGKILL) }

    private func buyers(_ wallets: [Wallet], _ shop: ShopClient) -> [Buyer] {
        (0..<Self.clients).map { index in
            let wallet = wallets[index % wallets.count]
            return Buyer(till: till(wallet, LoadApp(wallet, caller: shop.caller), shop), seed: seed)
        }
    }

    /// Those who draw on each family's prescriptions at both pharmacies.
    private func pharmacyBuyers(
        _ families: [Town.Family], at shops: [ShopClient], in town: Town
    ) -> [PharmacyBuyer] {
        families.flatMap { family in
            let clinic = ShopClient(caller: shops[0].caller, secretKey: town.clinicKey)
            let shelf = Shelf(
                of: family.patient, pki: town.pki, clinic: Persistence(shop: clinic, journal: journal))
            return family.drawers.map { wallet in
                let app = LoadApp(wallet, caller: clinic.caller)
                return PharmacyBuyer(
                    tills: shops.map { till(wallet, app, $0) }, shelf: shelf, journal: journal, seed: seed)
            }
        }
    }

    private func till(_ wallet: Wallet, _ app: LoadApp, _ shop: ShopClient) -> Till {
        Till(wallet: wallet, app: app, desk: Persistence(shop: shop, journal: journal))
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
}

/// A sign that somebody gives and others see.
private final class Flag: Sendable {
    private let value = Mutex(false)

    var isSet: Bool { value.withLock { $0 } }

    func set() { value.withLock { $0 = true } }
}
