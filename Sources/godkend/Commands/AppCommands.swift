import ArgumentParser
import Foundation
import Notation
import Proofs
import Vocabulary

/// `godkend app …`: a code app in the terminal, and the activation codes for it.
struct AppCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "app", abstract: "A code app in the terminal.",
        subcommands: [
            AppActivationCommand.self, AppEnrolCommand.self, AppPendingCommand.self, AppApproveCommand.self,
            AppDenyCommand.self, AppReportCommand.self, AppWatchCommand.self,
        ])
}

/// The code app's file and PIN.
struct AppOptions: ParsableArguments {
    @Option(
        name: .customLong("app"),
        help: ArgumentHelp("The code app's file; ~/.godkend-app.json when not given.", valueName: "file"))
    var file: String?
    @Option(help: "PIN, or - to read it from standard input; asked for when not given.")
    var pin: String?

    var path: String {
        file ?? FileManager.default.homeDirectoryForCurrentUser.path + "/.godkend-app.json"
    }

    func givenPIN(_ prompt: String = "PIN") throws -> String {
        try pin.map { try Terminal.value($0, named: "--pin") } ?? Terminal.secret(prompt)
    }

    /// The app, unlocked.
    func client() throws -> AppClient {
        var app = try AppFile(path: path)
        let key = try app.unlock(pin: givenPIN())
        return AppClient(server: app.server, device: app.device, key: key)
    }
}

/// `godkend app activation`: the issuer's part of a new code app.
struct AppActivationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activation", abstract: "Print an activation code for a customer's new code app.")

    @OptionGroup var customer: CustomerChoice
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let call = IssuerCall(.activationCode, [("customer", .text(try customer.text()))])
        try await IssuerRun.perform(call, state: state, output: output)
    }
}

/// `godkend app enrol`.
struct AppEnrolCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol", abstract: "Make a key, seal it under a PIN, and enrol it as a code app.",
        discussion: """
            A value given as - is the next line of standard input: first the activation code, then the PIN. \
            The PIN protects the key against a passer-by, not against whoever copies the file.
            """)

    @Option(help: ArgumentHelp("The server's public address.", valueName: "url"))
    var server: String
    @Option(help: "The customer's user ID.")
    var userID: String
    @Option(help: "Activation code, or - to read it from standard input.")
    var code: String
    @Option(help: "What the customer calls this app.")
    var name = "Terminal"
    @OptionGroup var app: AppOptions

    func run() async throws {
        try AppFile.checkFree(app.path)
        let activation = try Terminal.value(code, named: "--code")
        let pin = try app.givenPIN("New PIN, 4 to 12 digits")
        try AppFile.check(pin: pin)
        let address = server.withoutLastSlash
        let key = try SigningKey()
        let enrolled = try await AppClient.enrol(
            server: address, userID: userID, activationCode: activation, name: name, key: key)
        _ = try AppFile(
            path: app.path, server: address, device: enrolled.device, key: key, pin: pin,
            salt: SystemEntropy().bytes(16))
        Terminal.say(
            "\(enrolled.device) is enrolled and may confirm payments from \(enrolled.mayConfirmFrom).")
    }
}

/// `godkend app pending`.
struct AppPendingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pending", abstract: "Show what waits for an answer.")

    @OptionGroup var app: AppOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        let questions = try await app.client().pending()
        guard output.format == .table else {
            var table = Table(["confirmation", "expires_at", "statement"])
            table.rows = questions.map {
                [$0.id.text, $0.statement.expiresAt.rfc3339, String(decoding: $0.bytes, as: UTF8.self)]
            }
            return table.lines(output.format).forEach(Terminal.say)
        }
        if questions.isEmpty { Terminal.say("Nothing waits for an answer.") }
        for question in questions { AppScreen.show(question) }
    }
}
