import ArgumentParser
import Foundation
import Operations

/// `godkend fixtures history`.
struct FixturesHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Make up months of payments: customers, approvals, refunds and declines of all kinds.",
        discussion: """
            Every payment goes the way of a real one: rules decide, apps sign, a bank answers, each decision has \
            its leaf. Only the clock is made up: it runs through the last days in minutes. The folder must not \
            have a decision log yet, and no server may work on it. The same seed tells the same story, under \
            other ids.
            """)

    @Option(help: "How many.")
    var authorizations: Int
    @Option(help: "Over how many days up to now.")
    var days = 90
    @Option(help: "How many customers; by default some thousands, fewer for a short history.")
    var customers: Int?
    @Option(help: "Of a hundred payments so many are approved, about.")
    var approved = 70
    @Option(help: "Chooses the story.")
    var seed: UInt64 = 1
    @OptionGroup var state: StateOption
    @OptionGroup var merchants: MerchantsOption
    @OptionGroup var configurationOptions: ConfigurationOptions

    func validate() throws {
        guard (1...100_000_000).contains(authorizations) else {
            throw ValidationError("--authorizations takes 1 to 100000000.")
        }
        guard (1...3_650).contains(days) else { throw ValidationError("--days takes 1 to 3650.") }
        guard (1...100).contains(approved) else { throw ValidationError("--approved takes 1 to 100.") }
        guard customers.map({ (50...100_000).contains($0) }) ?? true else {
            throw ValidationError("--customers takes 50 to 100000.")
        }
    }

    func run() async throws {
        umask(0o077)
        let environment = ProcessInfo.processInfo.environment
        let shops = try merchants.folder.load()
        let sources = try configurationOptions.sources()
        let folder = state.folder
        try folder.make()
        guard let lock = try StateLock.attempt(folder) else {
            throw CommandFailure(
                "A server works on \(folder.path): stop it or choose another --state.")
        }
        try ServerKeys.make(folder: folder, environment: environment, random: SystemEntropy().bytes)
        let plan = HistoryRun.Plan(
            authorizations: authorizations, days: days,
            customers: customers ?? min(max(authorizations / 20, 100), 5_000), approved: approved, seed: seed)
        let history = History(
            plan: plan, folder: folder, merchants: shops, sources: sources, environment: environment)
        let lines = try await history.make(
            showing: ProgressLine("authorizations", total: authorizations))
        lines.forEach(Terminal.say)
        withExtendedLifetime(lock) {}
    }
}
