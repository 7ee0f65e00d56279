import ArgumentParser
import Foundation
import Notation
import Vocabulary

/// `godkend operator requests`.
struct OperatorRequestsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests", abstract: "List the changes that wait for a second operator.")

    @OptionGroup var options: OperatorOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        let answer = try await options.perform(IssuerCall(.listChanges, []))
        guard output.format == .table else {
            return OperatorScreen.list(
                answer.object?["requests"],
                ["request", "kind", "subject", "requested_by", "expires_at", "change", "digest"],
                format: output.format)
        }
        let waiting = answer.object?["requests"]?.array ?? []
        if waiting.isEmpty { Terminal.say("Nothing waits for a second operator.") }
        for change in waiting { ChangeScreen.show(change) }
    }
}

/// A request, named by argument.
struct ChangeChoice: ParsableArguments {
    @Argument(help: ArgumentHelp("The request's id, chg_…", valueName: "request"))
    var id: String

    func validate() throws {
        guard ChangeRequestID(id) != nil else { throw ValidationError("Name the request: chg_…") }
    }
}

/// `godkend operator approve`.
struct OperatorApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve a change that another operator asked for.",
        discussion: """
            Without --digest the exact change is shown first, and the first twelve digits of its digest are \
            asked for.
            """)

    @OptionGroup var change: ChangeChoice
    @Option(help: "The change's SHA-256 in hexadecimal, its first twelve digits at least.")
    var digest: String?
    @OptionGroup var options: OperatorOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        let request: (String, JSON) = ("request", .text(change.id))
        let typed: String
        if let digest {
            typed = digest
        } else {
            ChangeScreen.show(try await options.perform(IssuerCall(.showChange, [request])))
            typed = try Terminal.question("The first twelve digits of the digest, to approve this:")
        }
        let answer = try await options.perform(
            IssuerCall(.approveChange, [request, ("digest", .text(typed))]))
        IssuerRun.write(answer, format: output.format)
    }
}

/// `godkend operator reject`.
struct OperatorRejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Turn a request down, or take back one's own.")

    @OptionGroup var change: ChangeChoice
    @OptionGroup var options: OperatorOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        let answer = try await options.perform(
            IssuerCall(.rejectChange, [("request", .text(change.id))]))
        IssuerRun.write(answer, format: output.format)
    }
}

/// A request as a person reads it: the exact text that the digest stands for.
enum ChangeScreen {
    static func show(_ change: JSON) {
        func text(_ name: String) -> String { change.object?[name]?.text ?? "" }
        Terminal.say("\(text("request")): \(text("kind")) of \(text("subject")), by \(text("requested_by"))")
        Terminal.say("  change  \(text("change"))")
        Terminal.say("  digest  \(text("digest"))")
        Terminal.say("  until   \(text("expires_at"))")
    }
}
