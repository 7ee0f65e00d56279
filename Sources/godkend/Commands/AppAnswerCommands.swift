import ArgumentParser
import Lifecycles
import Proofs
import Vocabulary

/// Which question is answered.
struct QuestionChoice: ParsableArguments {
    @Argument(help: ArgumentHelp("Its id, cnf_…; not needed when only one waits.", valueName: "confirmation"))
    var id: String?

    func question(_ client: AppClient) async throws -> PendingQuestion {
        let questions = try await client.pending()
        let wanted = questions.filter { id == nil || $0.id.text == id }
        guard let first = wanted.first else {
            throw CommandFailure("No such confirmation waits for an answer.")
        }
        guard wanted.count == 1 else { throw CommandFailure("Several wait: name one of them.") }
        return first
    }
}

/// `godkend app approve`.
struct AppApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve a payment with the code that the shop's page shows.")

    @OptionGroup var choice: QuestionChoice
    @Option(name: .customLong("code"), help: "The two digits on the shop's page; asked for when not given.")
    var code: String?
    @OptionGroup var app: AppOptions

    func run() async throws {
        try await AppScreen.answer(choice, .approve, client: try app.client()) {
            let text = try code ?? Terminal.question("Code on the shop's page:")
            guard let matchCode = MatchCode(text) else {
                throw ValidationError("The code on the shop's page has two digits.")
            }
            return matchCode
        }
    }
}

/// `godkend app deny`.
struct AppDenyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "deny", abstract: "Say no to a payment.")

    @OptionGroup var choice: QuestionChoice
    @OptionGroup var app: AppOptions

    func run() async throws {
        try await AppScreen.answer(choice, .deny, client: try app.client())
    }
}

/// `godkend app report`.
struct AppReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Say \"it was not me\": no payment is asked for until staff has looked.")

    @OptionGroup var choice: QuestionChoice
    @OptionGroup var app: AppOptions

    func run() async throws {
        try await AppScreen.answer(choice, .report, client: try app.client())
    }
}

/// `godkend app watch`.
struct AppWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Wait for payments and answer each, until stopped.")

    @OptionGroup var app: AppOptions

    func run() async throws {
        let client = try app.client()
        Terminal.complain("Waiting for payments; end with Ctrl-C.")
        var seen: Set<ConfirmationID> = []
        while true {
            for question in try await client.pending() where seen.insert(question.id).inserted {
                AppScreen.show(question)
                try await AppScreen.ask(question, client: client)
            }
            try await Task.sleep(for: .seconds(2))
        }
    }
}

/// What the terminal app shows and asks.
enum AppScreen {
    /// The lines made from the signed members, and nothing else (SCA-04).
    static func show(_ question: PendingQuestion) {
        Terminal.say("")
        question.statement.display.forEach(Terminal.say)
        Terminal.say("")
    }

    /// Shows the question, then answers it; exits with 1 when the answer did not decide it.
    static func answer(
        _ choice: QuestionChoice, _ verdict: Verdict, client: AppClient,
        code: () throws -> MatchCode? = { nil }
    ) async throws {
        let question = try await choice.question(client)
        show(question)
        let status = try await client.answer(question, verdict: verdict, matchCode: try code())
        Terminal.say("The confirmation is \(status).")
        guard status == ending(of: verdict).rawValue else { throw ExitCode(1) }
    }

    private static func ending(of verdict: Verdict) -> ConfirmationStatus {
        switch verdict {
        case .approve: .approved
        case .deny: .denied
        case .report: .reported
        }
    }

    /// Asks a person for an answer; one that went wrong is told, and the next question may come.
    static func ask(_ question: PendingQuestion, client: AppClient) async throws {
        let text = try Terminal.question("Code on the shop's page, n for no, r for \"it was not me\":")
        let status: String
        do {
            switch text.lowercased() {
            case "n": status = try await client.answer(question, verdict: .deny, matchCode: nil)
            case "r": status = try await client.answer(question, verdict: .report, matchCode: nil)
            default:
                guard let code = MatchCode(text) else {
                    return Terminal.complain(
                        "That is no code of two digits: answer with `godkend app approve`.")
                }
                status = try await client.answer(question, verdict: .approve, matchCode: code)
            }
            Terminal.say("The confirmation is \(status).")
        } catch let failure as CommandFailure {
            Terminal.complain(failure.message)
        }
    }
}
