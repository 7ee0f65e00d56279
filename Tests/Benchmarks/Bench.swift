import AsyncHTTPClient
import Foundation
import LoadKit
import Notation

/// A server with customers, an echo beside it, and the rounds.
struct Bench: Sendable {
    /// How long an unanswered question lives, in seconds: short, so that the next measurement finds all free.
    private static let questionSeconds = 3

    private let plan: Measure
    private let folder: URL
    private let client: HTTPClient
    private let server: ServerProcess
    private let echo: EchoProcess
    private let buyers: [Buyer]
    private let workloads: [Workload]

    static func prepare(_ plan: Measure) async throws -> Bench {
        let command = try GodkendCommand.find()
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("godkend-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let server = ServerProcess(
            binary: command.binary, folder: folder,
            settings: [
                "push.budget=1000", "push.window_seconds=1", "confirmation.ttl_seconds=\(questionSeconds)",
            ], environment: Seeding.keys)
        say("Seeding \(plan.customers) customers …")
        let wallets = try await Seeding.run(plan.customers, state: server.state)
        let key = try await command.addMerchant("bogbixen", name: "Bogbixen ApS", merchants: server.merchants)
        try await server.start()
        let echo = try await EchoProcess()
        let client = HTTPCaller.makeClient(connections: plan.connections.max() ?? 1)
        let caller = HTTPCaller(base: server.base, client: client)
        let shop = ShopClient(caller: caller, secretKey: key)
        let buyers = try await withTokens(wallets, shop, caller)
        return Bench(
            plan: plan, folder: folder, client: client, server: server, echo: echo, buyers: buyers,
            workloads: [
                .echo(HTTPCaller(base: echo.base, client: client), process: echo.processID),
                .authorization(shop, process: server.processID), .payment(shop, process: server.processID),
            ])
    }

    /// A saved card for each customer, and a first nonce for each app.
    private static func withTokens(
        _ wallets: [Wallet], _ shop: ShopClient, _ caller: HTTPCaller
    ) async throws -> [Buyer] {
        try await withThrowingTaskGroup(of: [(Int, Buyer)].self) { group in
            for lane in 0..<32 {
                group.addTask {
                    var made: [(Int, Buyer)] = []
                    for index in stride(from: lane, to: wallets.count, by: 32) {
                        let reply = try await shop.post(
                            "/v1/card_tokens", wallets[index].cards["4242"] ?? .null, key: Chance.text(12))
                        guard let token = reply["id"]?.text else {
                            throw LoadFailure("no token: \(reply.summary)")
                        }
                        let app = LoadApp(wallets[index], caller: caller)
                        _ = try await app.statement(of: "")
                        made.append((index, Buyer(app: app, token: token)))
                    }
                    return made
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    func run() async throws {
        var results: [Figure: [Measurement]] = [:]
        for round in 1...plan.rounds {
            for connections in plan.connections {
                // The order turns, so that none always comes after the same one.
                let turned = workloads.indices.map { workloads[($0 + round) % workloads.count] }
                for workload in turned {
                    let result = try await Measurement.take(
                        workload, connections: connections, seconds: plan.seconds, buyers: buyers.shuffled(),
                        reuses: workload.name != "authorization")
                    results[Figure(workload.name, connections), default: []].append(result)
                    guard workload.name == "authorization" else { continue }
                    // Nobody answers these; they run out before the next measurement.
                    try await Task.sleep(for: .seconds(Self.questionSeconds + 2))
                }
            }
            say("Round \(round) of \(plan.rounds) done.")
        }
        let medians = results.mapValues(Measurement.median)
        say(Report.text(medians, plan: plan, syncMicroseconds: try Machine.syncMicroseconds(in: folder)))
    }

    /// Stops everything and removes the folder.
    func end() async {
        await server.stop(SIGTERM)
        echo.stop()
        try? await client.shutdown()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// A workload at a number of connections.
struct Figure: Hashable, Sendable {
    let workload: String
    let connections: Int

    init(_ workload: String, _ connections: Int) {
        self.workload = workload
        self.connections = connections
    }
}

func say(_ text: String) {
    print(text)
    fflush(nil)
}
