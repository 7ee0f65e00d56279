import ArgumentParser
import Foundation
import Notation
import Operations
import Proofs

/// `godkend audit export`.
struct AuditExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Export decisions so that their receiver can check that none is missing.",
        discussion: """
            JSON lines: first what the export holds and the proof of its range, then every leaf of the range. \
            Leaves outside the filter are shown by kind, outcome and time alone. The receiver checks the file \
            with `godkend audit check-export FILE --vkey KEY`, the key being that of the log.

            CSV: the leaves inside the filter as a table; --proof FILE writes the JSON lines beside it.

            The filter is that of `godkend audit declined`, by status, reason, by, merchant, amount, currency, \
            since, until and ids.
            """)

    @Argument(help: ArgumentHelp("What to export.", valueName: "filter"))
    var filter: [String] = []
    @Option(help: ArgumentHelp("First position in the log, instead of since.", valueName: "position"))
    var from: Int64?
    @Option(help: ArgumentHelp("Position after the last, instead of until.", valueName: "position"))
    var to: Int64?
    @Option(
        help: ArgumentHelp(
            "A checkpoint that the receiver has: the export proves that the log continues it.",
            valueName: "file"))
    var checkpoint: String?
    @Option(help: "How the export is written: json or csv.")
    var format = ExportFormat.json
    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("File to write, for its owner alone; else standard output.", valueName: "file"))
    var output: String?
    @Option(help: ArgumentHelp("With csv: file for the JSON lines that prove it.", valueName: "file"))
    var proof: String?
    @OptionGroup var options: AuditOptions

    func validate() throws {
        guard (from == nil) == (to == nil) else { throw ValidationError("Name both --from and --to.") }
        if let from, let to, from < 0 || to < from {
            throw ValidationError("--from is 0 or later, and --to not before it.")
        }
        guard proof == nil || format == .csv else {
            throw ValidationError("--proof belongs to csv: JSON lines are their own proof.")
        }
    }

    func run() async throws {
        let earlier = try checkpoint.map(Self.read)
        let main = try ExportFile(output)
        let beside = try proof.map { try ExportFile($0) }
        var call = ExportCalls(filter: filter.joined(separator: " "), earlier: earlier)
        if let from, let to { call.positions = from..<to }
        let (calls, format) = (call, format)
        let count = try await options.door.open { port in
            try await calls.carryOut(by: port) { manifest, lines in
                try main.write(format.text(manifest, lines))
                try beside?.write(ExportFormat.json.text(manifest, lines))
            }
        }
        try main.close()
        try beside?.close()
        Terminal.complain("\(count) leaves were exported.")
    }

    private static func read(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("There is no checkpoint at \(path).")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

extension ExportFormat: ExpressibleByArgument {}

extension ExportFormat {
    /// A piece of the file: its beginning with the manifest, or leaves.
    func text(_ manifest: JSON?, _ lines: [ExportLine]) -> String {
        switch self {
        case .json: ((manifest.map { [$0] } ?? []) + lines.map(\.json)).map { $0.writtenText + "\n" }.joined()
        case .csv:
            ((manifest == nil ? [] : [ExportLine.columns]) + lines.compactMap(\.cells)).map(CSVText.row)
                .joined()
        }
    }
}

/// `godkend audit check-export`.
struct AuditCheckExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-export", abstract: "Check an export with nothing but the log's key.",
        discussion: """
            For whoever receives an export. Exits with 1 and names each finding when a leaf of the range is \
            missing, changed, or withheld though it is inside the filter, or the key has not signed it.
            """)

    @Argument(help: ArgumentHelp("The export, JSON lines; - is standard input.", valueName: "file"))
    var file: String
    @Option(help: ArgumentHelp("The log's verification key, as /log/vkey gives it.", valueName: "key"))
    var vkey: String

    func run() throws {
        let key: LogVerificationKey
        do {
            key = try LogVerificationKey(parsing: vkey)
        } catch {
            throw ValidationError("The key of --vkey cannot be used. \(error.explanation)")
        }
        let lines = try LineReader(file)
        guard let first = try lines.next(), var check = ExportCheck(manifestLine: first, key: key) else {
            throw CommandFailure(ExportCheck.Flaw.notAnExport.explanation)
        }
        while let line = try lines.next() { check.take(line) }
        let isGood = check.finish()
        ExportReport(check: check).lines.forEach(Terminal.say)
        if !isGood { throw ExitCode(1) }
    }
}
