import AsyncHTTPClient
import Foundation
import GRDB
import LoadKit
import Notation
import TestKit

/// Two pharmacies at the last handover of many records, over HTTP and without kills.
struct Races: Sendable {
    /// How the two asked for one record, and what came of it.
    struct Outcome: Sendable, Hashable {
        /// What each of the two was told at once: a status, or the reason of a decline.
        let told: [String]
        /// What the winner's payment became.
        let approved: String?
        /// What the loser is told when it asks again after the handover.
        let afterwards: String?
    }

    let outcomes: [Outcome]
    /// Handovers in the database by record line, and what breaks the invariants.
    let handovers: [Int]
    let invariants: [String]
    let complaints: [String]

    /// Runs as many races as `GODKEND_RACES` says, or 40.
    static func perform() async throws -> Races {
        let count = ProcessInfo.processInfo.environment["GODKEND_RACES"].flatMap { Int($0) } ?? 40
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("godkend-race-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let command = try GodkendCommand.find()
        let trust = folder.appendingPathComponent("trust").path
        let server = ServerProcess(
            binary: command.binary, folder: folder, trust: trust,
            settings: ["push.budget=1000", "enrolment.hold_seconds=0"])
        let client = HTTPCaller.makeClient(connections: 32)
        do {
            let town = try await Town(trust: trust, command: command, merchants: server.merchants)
            try await server.start()
            let races = try await run(count, town, server, command, client)
            try await client.shutdown()
            return races
        } catch {
            await server.stop(SIGKILL)
            try? await client.shutdown()
            throw error
        }
    }

    private static func run(
        _ count: Int, _ town: Town, _ server: ServerProcess, _ command: GodkendCommand, _ client: HTTPClient
    ) async throws -> Races {
        let journal = Journal()
        let families = try await town.settle(server, command: command, client: client)
        let caller = HTTPCaller(base: server.base, client: client)
        let outcomes = try await withThrowingTaskGroup(of: [Outcome].self) { group in
            for (index, family) in families.enumerated() {
                let track = RaceTrack(family, in: town, caller: caller, journal: journal)
                let races = count / families.count + (index < count % families.count ? 1 : 0)
                group.addTask { try await track.run(races) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        await server.stop(SIGTERM)
        let file = try DatabaseQueue(path: server.database)
        defer { try? file.close() }
        return try await file.read { db in
            Races(
                outcomes: outcomes,
                handovers: try Int.fetchAll(
                    db,
                    sql: """
                        SELECT count(*) FROM line_handovers WHERE status = 'done' GROUP BY record_key, line
                        """),
                invariants: try PharmacyInvariants.check { try String.fetchAll(db, sql: $0) }
                    + LogCheck.findings(ofState: server.state),
                complaints: journal.complaints)
        }
    }
}

/// The races of one family: the patient at one pharmacy and the holder of the power of attorney at the other.
private struct RaceTrack: Sendable {
    let shelf: Shelf
    /// Each drawer at each pharmacy.
    let tills: [[Till]]
    let journal: Journal

    init(_ family: Town.Family, in town: Town, caller: HTTPCaller, journal: Journal) {
        let clinic = ShopClient(caller: caller, secretKey: town.clinicKey)
        shelf = Shelf(
            of: family.patient, pki: town.pki, clinic: Persistence(shop: clinic, journal: journal),
            handovers: 1)
        tills = family.drawers.map { wallet in
            let app = LoadApp(wallet, caller: caller)
            return town.pharmacyKeys.map { key in
                let shop = ShopClient(caller: caller, secretKey: key)
                return Till(wallet: wallet, app: app, desk: Persistence(shop: shop, journal: journal))
            }
        }
        self.journal = journal
    }

    func run(_ count: Int) async throws -> [Races.Outcome] {
        var outcomes: [Races.Outcome] = []
        for round in 0..<count {
            let record = try await shelf.record()
            // Each of the two is at the one pharmacy as often as at the other.
            outcomes.append(try await race(record, tills[0][round % 2], tills[1][(round + 1) % 2]))
            await shelf.retire(record)
        }
        return outcomes
    }

    private func race(_ record: FiledRecord, _ one: Till, _ other: Till) async throws -> Races.Outcome {
        async let first = ask(record, one)
        async let second = ask(record, other)
        let answers = try await [first, second]
        let told = answers.map(\.told)
        guard let winner = told.firstIndex(of: "requires_confirmation") else {
            return Races.Outcome(told: told.sorted(), approved: nil, afterwards: nil)
        }
        var promise = answers[winner].promise
        let till = [one, other][winner]
        try await till.confirm(answers[winner].object)
        try await till.settle(&promise)
        try await till.capture([promise.amountMinor], isFinal: true, of: &promise)
        try await till.handOver([Shelf.packages, Shelf.packages], of: &promise)
        let again = try await ask(record, [other, one][winner])
        return Races.Outcome(told: told.sorted(), approved: promise.outcome, afterwards: again.told)
    }

    private func ask(
        _ record: FiledRecord, _ till: Till
    ) async throws -> (promise: Promise, object: JSONObject, told: String) {
        var promise = journal.begin()
        let order = Till.medicine(Shelf.packages, on: record.id, for: promise)
        let object = try await till.authorize(&promise, order)
        let status = object["status"]?.text ?? ""
        return (promise, object, status == "declined" ? Till.reason(object) : status)
    }
}
