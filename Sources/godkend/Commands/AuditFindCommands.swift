import ArgumentParser
import Foundation
import Notation
import Operations

/// Where an auditor's order goes to.
struct AuditOptions: ParsableArguments {
    @OptionGroup var state: StateOption
    @Option(
        help: ArgumentHelp(
            "File with the operator's session; operator.session in the state folder when not given.",
            valueName: "file"))
    var session: String?
    @Flag(help: "The state folder holds a copy: read it as it is, and record nothing.")
    var copy = false
    @Option(
        help: ArgumentHelp(
            "The log's verification key, for a copy without log.key.", valueName: "key"))
    var vkey: String?

    var door: AuditDoor { AuditDoor(folder: state.folder, session: session, isCopy: copy, vkey: vkey) }
}

/// `godkend audit declined`.
struct AuditDeclinedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "declined", abstract: "List declined payments, newest first.",
        discussion: """
            The filter has terms with blanks between them, all of which hold: status, reason, by, merchant (or \
            the beginning of one), order, card (last four digits), amount (> >= < <= or a colon; digits alone \
            are minor units), currency, since, until (24h, 7d, 2026-05-01 or RFC 3339), code (of the network), \
            factor; an id (auth_, dec_, cnf_, hold_, hnd_, ref_, int_, evt_, prx_, cus_), or an order \
            reference. Values with commas between are alternatives. Without a status, declined ones are \
            listed; status:any lists all.

            Example: godkend audit declined 'reason:code_app_required merchant:nordlys since:7d amount>50000 DKK'
            """)

    @Argument(help: ArgumentHelp("What to look for.", valueName: "filter"))
    var filter: [String] = []
    @Option(help: "Rows at most.")
    var limit = 50
    @Option(help: ArgumentHelp("Go on after this id.", valueName: "id"))
    var after: String?
    @OptionGroup var options: AuditOptions
    @OptionGroup var output: FormatOption

    func validate() throws {
        guard limit >= 1 else { throw ValidationError("--limit takes a number from 1.") }
    }

    func run() async throws {
        let text = AuditScreen.declined(filter)
        let (limit, after) = (limit, after)
        let (rows, next) = try await options.door.open { port -> ([JSON], String?) in
            var rows: [JSON] = []
            var next = after
            repeat {
                let call = IssuerCall(
                    .listPayments,
                    [
                        ("filter", .text(text)), ("limit", .integer(Int64(min(1_000, limit - rows.count)))),
                        ("after", next.map { .text($0) } ?? .null),
                    ])
                let answer = try await port.perform(call).object
                rows += answer?["rows"]?.array ?? []
                next = answer?["next"]?.text
            } while next != nil && rows.count < limit
            return (rows, next)
        }
        AuditScreen.list(rows, format: output.format)
        if let next { Terminal.complain("There are more: go on with --after \(next)") }
    }
}

/// `godkend audit explain`.
struct AuditExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Tell why a payment was declined, rule by rule, with its proof.",
        discussion: "On a server this look is a leaf of the decision log; on a copy nothing is recorded.")

    @Argument(help: ArgumentHelp("An authorization or a decision: auth_… or dec_…", valueName: "id"))
    var id: String
    @OptionGroup var options: AuditOptions
    @OptionGroup var output: FormatOption

    func validate() throws {
        guard output.format != .csv else { throw ValidationError("A story is a table or json.") }
        guard ExplainedID(id) != nil else {
            throw ValidationError("Name an authorization or a decision by its id: auth_… or dec_…")
        }
    }

    func run() async throws {
        let call = IssuerCall(.explainPayment, [("id", .text(id))])
        let answer = try await options.door.open { try await $0.perform(call) }.object
        if output.format == .json {
            Terminal.say((answer?["story"] ?? .null).writtenText)
        } else {
            FileHandle.standardOutput.write(Data((answer?["text"]?.text ?? "").utf8))
        }
    }
}

/// What lists of payments look like.
enum AuditScreen {
    private static let columns = [
        "id", "created", "merchant", "order", "amount", "currency", "card", "status", "reason", "by",
        "network_code", "factor",
    ]

    /// The filter's text: what the command's name says holds where no status is named.
    static func declined(_ words: [String]) -> String {
        let text = words.joined(separator: " ")
        let namesStatus = text.lowercased().split(separator: " ").contains { $0.hasPrefix("status:") }
        let namesID = words.flatMap { $0.split(separator: " ") }.contains { ExplainedID(String($0)) != nil }
        return namesStatus || namesID ? text : text + " status:declined"
    }

    static func list(_ rows: [JSON], format: OutputFormat) {
        switch format {
        case .json: for row in rows { Terminal.say(row.writtenText) }
        case .csv:
            FileHandle.standardOutput.write(
                Data(([columns] + rows.map(cells)).map(CSVText.row).joined().utf8))
        case .table:
            var table = Table(columns)
            table.rows = rows.map(cells)
            table.lines(.table).forEach(Terminal.say)
        }
    }

    private static func cells(_ row: JSON) -> [String] {
        columns.map { name in
            guard let value = row.object?[name], !value.isNull else { return "" }
            return value.text ?? value.writtenText
        }
    }
}
