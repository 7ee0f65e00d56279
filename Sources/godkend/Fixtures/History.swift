import Foundation
import Logging
import Operations
import Records
import Vocabulary

/// Makes the history of a gateway that never was, in a state folder without one.
struct History {
    let plan: HistoryRun.Plan
    let folder: StateFolder
    let merchants: [Merchant]
    let sources: ConfigurationSources
    let environment: [String: String]

    /// Makes it up to this moment and says what it has become.
    func make(showing progress: ProgressLine) async throws -> [String] {
        let began = ContinuousClock.now
        let end = SystemClock().now()
        let clock = HistoryClock(at: end.adding(days: -plan.days))
        let gateway = try gateway(clock)
        do {
            let report = try await live(in: gateway, clock: clock, until: end, since: began, progress)
            await gateway.close()
            return report.lines(bytes: try fileSize())
        } catch {
            await gateway.close()
            throw error
        }
    }

    private func live(
        in gateway: Gateway, clock: HistoryClock, until end: Instant, since began: ContinuousClock.Instant,
        _ progress: ProgressLine
    ) async throws -> HistoryReport {
        guard try await gateway.ledger.read({ db in try LogReading.size(in: db) }) == 0 else {
            throw CommandFailure(
                "\(folder.path) has a decision log already: a history begins in a new folder.")
        }
        // Nobody drives the acquirer here; what it would be told is thrown away.
        let intents = Task { for await _ in gateway.ledger.changes.intents {} }
        defer { intents.cancel() }
        var chance = HistoryChance(seed: plan.seed)
        let calendar = HistoryCalendar(
            authorizations: plan.authorizations, days: plan.days, end: end, chance: &chance)
        let town = try await HistoryTown(
            merchants, customers: plan.customers, in: gateway, chance: &chance)
        var run = HistoryRun(
            plan, calendar: calendar, town: town, chance: chance, gateway: gateway, clock: clock)
        try await run.run(showing: progress)
        return HistoryReport(
            outcomes: try await gateway.ledger.authorizationCounts(),
            leaves: try await gateway.ledger.read { db in try LogReading.size(in: db) },
            seconds: began.duration(to: .now) / .seconds(1), refusals: run.refusals)
    }

    private func gateway(_ clock: HistoryClock) throws -> Gateway {
        guard sources.value(.mode).value != "live" else {
            throw CommandFailure("A history is for test mode only: this configuration is live.")
        }
        let settings = try sources.settings(listening: "http://localhost")
        let keys = try ServerKeys(folder: folder, environment: environment)
        return try Gateway(
            GatewayParts(
                databasePath: folder.database, settings: settings,
                merchants: MerchantBook(merchants.map { $0.kind == .filer ? $0 : HistoryShop.opened($0) }),
                clock: SteadyClock(clock), entropy: SystemEntropy(), keys: keys.ring,
                receiptKeys: keys.receipts,
                logKey: try keys.logKey(origin: settings.logOrigin),
                checkpoints: CheckpointsLog(path: folder.checkpoints), acquirer: HistoryAcquirer(),
                trust: try HistoryTrust(merchants),
                answers: { _ in HistoryAnswers() }, logger: Logger(label: "godkend")))
    }

    private func fileSize() throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.database)
        return attributes[.size] as? Int ?? 0
    }
}
