import ArgumentParser

/// `swift run -c release Benchmarks`: a first figure, and an honest one.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Benchmarks",
        abstract: "Measure a durable authorization and a whole confirmed payment against a bare JSON echo.",
        discussion: """
            Server and load are two processes on this machine and share its cores; connections go over loopback. \
            Echo, authorization and payment take turns in every round, so that a slow minute of the machine hits \
            all of them; medians over the rounds are printed. CPU is that of the server process alone.
            """,
        subcommands: [Measure.self, AuditBench.self, EchoServer.self], defaultSubcommand: Measure.self)
}

/// What is run, how long and how often.
struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the measurements (the default).")

    @Option(help: "How often everything is measured.")
    var rounds = 5
    @Option(help: "Seconds of one measurement.")
    var seconds = 3
    @Option(help: "Customers, each with a card and a device.")
    var customers = 12_000
    @Option(parsing: .upToNextOption, help: "Connections at once.")
    var connections = [1, 64]

    func validate() throws {
        guard rounds > 0, seconds > 0, customers >= 64, connections.allSatisfy({ (1...512).contains($0) })
        else { throw ValidationError("Give at least 1 round, 1 second, 64 customers, 1 to 512 connections.") }
    }

    func run() async throws {
        let bench = try await Bench.prepare(self)
        do {
            try await bench.run()
            await bench.end()
        } catch {
            await bench.end()
            throw error
        }
    }
}
