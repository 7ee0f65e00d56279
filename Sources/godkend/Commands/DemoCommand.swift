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
            merchant is told and which rules decided on what. Exits with 1 when a scene ends otherwise than told.
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
        let (ready, isReady) = AsyncStream.makeStream(of: String.self)
        let server = try await Server(
            try plan(folder), logger: Logger(label: "godkend"), signals: [.sigterm, .sigint]
        ) { address in
            isReady.yield(address)
            isReady.finish()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { isReady.finish() }
                try await server.run()
            }
            // Thrown when the server has come to its end, which it is not to be cut off from.
            var failure: (any Error)?
            for await address in ready {
                do {
                    try await play(server, at: address, folder: folder, keys: keys, pki: pki)
                } catch {
                    failure = error
                }
            }
            if !keep || failure != nil { await server.stop() }
            try await group.waitForAll()
            if let failure { throw failure }
        }
    }

    private func plan(_ folder: DemoFolder) throws -> ServerPlan {
        let flags = [
            "mode=test", "confirmation.ttl_seconds=\(Self.confirmationSeconds)", "enrolment.hold_seconds=0",
            "push.budget=100",
        ]
        return ServerPlan(
            folder: folder.state, merchants: folder.merchants, host: "127.0.0.1", port: 0,
            sources: try ConfigurationSources(flags: flags, environment: [:], file: nil),
            environment: [:], tls: nil, makesState: true)
    }

    private func play(
        _ server: Server, at address: String, folder: DemoFolder, keys: DemoKeys, pki: SpecimenPKI
    ) async throws {
        Terminal.say("godkend listens at \(address); its pages: \(address)/docs and \(address)/openapi.json")
        Terminal.say("Its state is in \(folder.path)\(keep ? "" : " and goes away afterwards").")
        let stage = try await DemoStage(
            server: address, keys: keys, pki: pki, socket: folder.state.controlSocket)
        let gateway = server.gateway
        let story = DemoStory(
            stage: stage, explain: { try await DemoTrace(of: $0, in: gateway) },
            confirmationSeconds: Self.confirmationSeconds)
        try await story.play()
        Terminal.say("")
        Terminal.say("Every scene ended as told.")
        guard keep else { return }
        Terminal.say("The server stays at \(address) until Ctrl-C.")
        Terminal.say(
            "The customer is \(DemoStage.userID), password \(DemoStage.password). The merchants' keys:")
        keys.lines.forEach(Terminal.say)
    }
}
