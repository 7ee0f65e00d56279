import ArgumentParser
import Foundation
import Lifecycles
import Notation
import Vocabulary

/// `godkend operator …`: who may audit, and what needs two of them.
struct OperatorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operator", abstract: "Operators: add, sign in, and approve each other's changes.",
        discussion: """
            There is no default account. The first operator is an administrator whom the server's own user \
            adds; that one adds a second administrator; from then on every operator is added, and ended, by \
            two administrators together.
            """,
        subcommands: [
            OperatorAddCommand.self, OperatorListCommand.self, OperatorEndCommand.self,
            OperatorSignInCommand.self, OperatorSignOutCommand.self, OperatorRequestsCommand.self,
            OperatorApproveCommand.self, OperatorRejectCommand.self, OperatorRequestRulesCommand.self,
        ])
}

/// The state folder, and the file with the operator's session.
struct OperatorOptions: ParsableArguments {
    @OptionGroup var state: StateOption
    @Option(
        help: ArgumentHelp(
            "File with the operator's session; operator.session in the state folder when not given.",
            valueName: "file"))
    var session: String?

    func perform(_ call: IssuerCall) async throws -> JSON {
        try await IssuerDoor.open(state.folder, session: session) { try await $0.perform(call) }
    }

    var file: OperatorSessionFile { OperatorSessionFile(session, in: state.folder) }
}

/// `godkend operator add`.
struct OperatorAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an operator, or ask another administrator to agree to one.",
        discussion: """
            Whoever is to be the operator chooses the password here. The activation code for the code app \
            (`godkend app enrol`) is printed where the operator is approved, so that nobody alone has both.
            """)

    @Option(help: "The self-chosen user ID, 5 to 48 characters.")
    var userID: String
    @Option(help: "The operator's name.")
    var name: String
    @Option(help: "viewer, auditor, operator or administrator.")
    var role: String
    @Option(help: "Password, or - to read it from standard input; asked for when not given.")
    var password: String?
    @OptionGroup var options: OperatorOptions
    @OptionGroup var output: FormatOption

    func validate() throws {
        guard OperatorRole(rawValue: role) != nil else {
            throw ValidationError("--role takes viewer, auditor, operator or administrator.")
        }
    }

    func run() async throws {
        let secret =
            try password.map { try Terminal.value($0, named: "--password") } ?? Terminal.secret("Password")
        let answer = try await options.perform(
            IssuerCall(
                .addOperator,
                [
                    ("user_id", .text(userID)), ("name", .text(name)), ("role", .text(role)),
                    ("password", .text(secret)),
                ]))
        IssuerRun.write(answer, format: output.format)
    }
}

/// `godkend operator list`.
struct OperatorListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List operators, the oldest first.")

    @OptionGroup var options: OperatorOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        let answer = try await options.perform(IssuerCall(.listOperators, []))
        OperatorScreen.list(
            answer.object?["operators"], ["operator", "identity", "user_id", "name", "role", "status"],
            format: output.format)
    }
}

/// `godkend operator end`.
struct OperatorEndCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "Ask for the end of an operator; another administrator approves.")

    @Argument(help: ArgumentHelp("The operator's id, opr_…", valueName: "operator"))
    var id: String
    @OptionGroup var options: OperatorOptions
    @OptionGroup var output: FormatOption

    func validate() throws {
        guard OperatorID(id) != nil else { throw ValidationError("Name the operator: opr_…") }
    }

    func run() async throws {
        let answer = try await options.perform(IssuerCall(.endOperator, [("operator", .text(id))]))
        IssuerRun.write(answer, format: output.format)
    }
}

/// What lists of operators and requests look like.
enum OperatorScreen {
    static func list(_ rows: JSON?, _ columns: [String], format: OutputFormat) {
        var table = Table(columns)
        for row in rows?.array ?? [] { table.rows.append(columns.map { row.object?[$0]?.text ?? "" }) }
        table.lines(format).forEach(Terminal.say)
    }
}
