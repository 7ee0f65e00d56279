import ArgumentParser
import Foundation
import Logging
import Notation
import Proofs
import UnixSignals

/// `godkend demo`: the whole of it on a free loopback port, played and checked.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Start everything with a fresh state folder and play payments over real HTTP.",
        discussion: """
            A webshop and a pharmacy ask for payments and a code app answers them. Some are approved, others \
            declined: for the customer's answer, for the card, for the prescription. Each shows what the \
            merchant is told and which rules decided on what. Then the operator lists the declines, explains one, \
            proves it over HTTP, and finds a changed byte in a copy of the database. Exits with 1 when a scene \
            ends otherwise than told.
            """)

    @Flag(help: "Leave the server running afterwards, until Ctrl-C.")
    var keep = false
    @OptionGroup var merchants: MerchantsOption

    /// Long enough for a slow machine to answer in, short enough to wait for.
    static let confirmationSeconds = 5

    func run() async throws {
        ServerLog.bootstrap(level: .error)
        let folder = try DemoFolder(merchantsFrom: merchants.folder)
        defer { if !keep { folder.remove() } }
        let keys = try DemoKeys(in: folder.merchants)
        let pki = try SpecimenPKI(at: SystemClock().now())
        try DemoEvidence.writeTrust(of: pki, to: folder.state)
        let played = ["confirmation.ttl_seconds=\(Self.confirmationSeconds)"]
        var address = ""
        try await serve(try plan(folder, played)) { server, at in
            address = at
            try await play(server, at: at, folder: folder, keys: keys, pki: pki)
            await server.stop()
        }
        guard keep else { return }
        // A person takes longer to answer than the scenes do.
        let port = address.split(separator: ":").last.flatMap { Int($0) } ?? 0
        try await serve(try plan(folder, port: port)) { _, at in showHowToGoOn(at: at, folder, keys) }
    }

    /// Runs a server until it is stopped. What is thrown meanwhile is thrown when it has come to its end,
    /// which it is not to be cut off from.
    private func serve(
        _ plan: ServerPlan, _ body: (Server, _ address: String) async throws -> Void
    ) async throws {
        let (ready, isReady) = AsyncStream.makeStream(of: String.self)
        let server = try await Server(
            plan, logger: Logger(label: "godkend"), signals: [.sigterm, .sigint]
        ) { address in
            isReady.yield(address)
            isReady.finish()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { isReady.finish() }
                try await server.run()
            }
            var failure: (any Error)?
            for await address in ready {
                do {
                    try await body(server, address)
                } catch {
                    failure = error
                    await server.stop()
                }
            }
            try await group.waitForAll()
            if let failure { throw failure }
        }
    }

    private func plan(_ folder: DemoFolder, _ flags: [String] = [], port: Int = 0) throws -> ServerPlan {
        let always = ["mode=test", "enrolment.hold_seconds=0", "push.budget=100"]
        return ServerPlan(
            folder: folder.state, merchants: folder.merchants, host: "127.0.0.1", port: port,
            sources: try ConfigurationSources(flags: always + flags, environment: [:], file: nil),
            environment: [:], tls: nil, makesState: true)
    }

    private func play(
        _ server: Server, at address: String, folder: DemoFolder, keys: DemoKeys, pki: SpecimenPKI
    ) async throws {
        Terminal.say("godkend listens at \(address); its pages: \(address)/docs and \(address)/openapi.json")
        Terminal.say("Its state is in \(folder.path)\(keep ? "" : " and goes away afterwards").")
        let stage = try await DemoStage(
            server: address, keys: keys, pki: pki, socket: folder.state.controlSocket)
        let story = DemoStory(
            stage: stage, auditor: DemoAuditor(gateway: server.gateway, state: folder.state),
            copy: folder.path + "/copy.sqlite", confirmationSeconds: Self.confirmationSeconds)
        try await story.play()
        Terminal.say("")
        Terminal.say("Every scene ended as told.")
    }

    private func showHowToGoOn(at address: String, _ folder: DemoFolder, _ keys: DemoKeys) {
        Terminal.say("The server stays at \(address) until Ctrl-C.")
        Terminal.say(
            "The customer is \(DemoStage.userID), password \(DemoStage.password). The merchants' keys:")
        keys.lines.forEach(Terminal.say)
        Terminal.say("The console is at \(address)/console, for operators. To become the first one:")
        Terminal.say(
            "  godkend operator add --user-id anna.auditor --name Anna --role administrator "
                + "--state \(folder.state.path)")
        Terminal.say(
            "  godkend app enrol --server \(address) --user-id anna.auditor --app anna.json --code …")
        Terminal.say("and when the console shows a match code: godkend app approve --app anna.json")
    }
}
