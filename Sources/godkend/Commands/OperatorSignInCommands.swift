import ArgumentParser
import Foundation
import Notation
import Vocabulary

/// `godkend operator sign-in`.
struct OperatorSignInCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-in", abstract: "Sign in as an operator, with password and code app.",
        discussion: """
            Prints the match code to be typed in the app and waits for the app. The session lasts eight \
            hours, and half an hour without use; it lies in a file that only its owner may read.
            """)

    @Option(help: "The operator's user ID.")
    var userID: String
    @Option(help: "Password, or - to read it from standard input; asked for when not given.")
    var password: String?
    @OptionGroup var options: OperatorOptions

    func run() async throws {
        let secret =
            try password.map { try Terminal.value($0, named: "--password") } ?? Terminal.secret("Password")
        var answer = try await options.perform(
            IssuerCall(.signInOperator, [("user_id", .text(userID)), ("password", .text(secret))]))
        guard let signIn = answer.object?["sign_in"]?.text, let code = answer.object?["match_code"]?.text
        else { throw CommandFailure("The server's answer to the sign-in cannot be read.") }
        Terminal.say("Type \(code) in the code app. Waiting for the app.")
        while answer.object?["status"]?.text == "pending" {
            try await Task.sleep(for: .seconds(1))
            answer = try await options.perform(IssuerCall(.goOnSigningIn, [("sign_in", .text(signIn))]))
        }
        guard let token = answer.object?["token"]?.text, let end = answer.object?["expires_at"]?.text else {
            throw CommandFailure("The server's answer to the sign-in cannot be read.")
        }
        let file = options.file
        try file.write(token)
        Terminal.say("Signed in until \(end) at the latest; the session is in \(file.path).")
    }
}

/// `godkend operator sign-out`.
struct OperatorSignOutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-out", abstract: "End the operator's session.")

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        _ = try await options.perform(IssuerCall(.signOutOperator, []))
        options.file.remove()
        Terminal.say("Signed out.")
    }
}
