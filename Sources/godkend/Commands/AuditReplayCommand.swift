import ArgumentParser
import Foundation
import Notation
import Operations

/// `godkend audit replay`.
struct AuditReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Tell what other rules would have decided on logged decisions.",
        discussion: """
            The file is JSON: {"amount-within-limit": {"version": 2, "parameters": {"caps": {"DKK": 50000}}}}. \
            A rule that it does not name, and a parameter that it leaves out, stay as they were when a \
            decision was made; "enabled": false leaves a rule out. --print-rules prints the rules in force, \
            to begin with.

            Every decision is judged on what was looked at then, and on its own. Nothing is changed. That \
            there was a replay is a leaf of the decision log; on a copy nothing is recorded.
            """)

    @Option(help: ArgumentHelp("Rule set to try, JSON; - is standard input.", valueName: "file"))
    var rules: String?
    @Flag(help: "Print the rules in force with their parameters.")
    var printRules = false
    @Option(help: "Decisions from here on: 24h, 7d, 2026-05-01 or RFC 3339.")
    var since: String?
    @Option(help: "Decisions up to here; a day belongs to it to its end.")
    var until: String?
    @Option(help: ArgumentHelp("Only this merchant's, by id or its beginning.", valueName: "id"))
    var merchant: String?
    @OptionGroup var options: AuditOptions
    @OptionGroup var output: FormatOption

    func validate() throws {
        guard printRules != (rules != nil) else {
            throw ValidationError("Name a rule set with --rules FILE, or ask for one with --print-rules.")
        }
        for value in [since, until, merchant].compactMap(\.self) where !Self.isOneValue(value) {
            throw ValidationError("--since, --until and --merchant take one value without blanks each.")
        }
        guard !printRules || (since == nil && until == nil && merchant == nil && output.format != .csv) else {
            throw ValidationError("--print-rules goes with nothing else: it prints JSON.")
        }
    }

    func run() async throws {
        guard let rules else {
            let answer = try await options.door.open { try await $0.perform(IssuerCall(.showRules, [])) }
            FileHandle.standardOutput.write(Data((answer.object?["rules"]?.text ?? "").utf8))
            return
        }
        let text = try Self.ruleSet(rules)
        let call = IssuerCall(.replayDecisions, [("rules", .text(text)), ("filter", .text(filter))])
        let answer = try await options.door.open { try await $0.perform(call) }
        ReplayScreen.show(answer, format: output.format)
    }

    /// In the filter language; decisions of every outcome count.
    var filter: String {
        let terms = [("since", since), ("until", until), ("merchant", merchant)]
        return (["status:any"] + terms.compactMap { name, value in value.map { "\(name):\($0)" } })
            .joined(separator: " ")
    }

    private static func isOneValue(_ text: String) -> Bool {
        !text.isEmpty && !text.contains { $0.isWhitespace || $0 == "\"" }
    }

    /// Reads the file and checks it here, so that a flaw is wrong usage whoever would answer.
    private static func ruleSet(_ path: String) throws -> String {
        let data =
            path == "-"
            ? try FileHandle.standardInput.readToEnd() ?? Data()
            : FileManager.default.contents(atPath: path)
        guard let data else { throw ValidationError("There is no rule set at \(path).") }
        do {
            _ = try ReplayRules(parsing: data)
        } catch {
            throw ValidationError("The rule set \(path) cannot be used. \(error.explanation)")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

/// What a replay looks like.
enum ReplayScreen {
    static func show(_ answer: JSON, format: OutputFormat) {
        let parts = answer.object
        switch format {
        case .json: Terminal.say((parts?["summary"] ?? .null).writtenText)
        case .table: texts(parts?["lines"]).forEach(Terminal.say)
        case .csv:
            let rows = (parts?["rows"]?.array ?? []).map { texts($0) }
            FileHandle.standardOutput.write(
                Data(([ReplaySummary.columns] + rows).map(CSVText.row).joined().utf8))
        }
    }

    private static func texts(_ json: JSON?) -> [String] { (json?.array ?? []).compactMap(\.text) }
}
