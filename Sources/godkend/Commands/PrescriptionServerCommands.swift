import ArgumentParser
import Foundation
import Notation
import Proofs
import Vocabulary

/// A server and the key for it.
struct PrescriptionServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server's public address.", valueName: "url"))
    var url = "http://127.0.0.1:8080"
    @Option(
        help: ArgumentHelp(
            "File with the API key, mode 0600; GODKEND_KEY in the environment when not given.",
            valueName: "file"))
    var keyFile: String?

    func client() throws -> PrescriptionClient {
        PrescriptionClient(server: url.withoutLastSlash, key: try key())
    }

    private func key() throws -> String {
        let given =
            try keyFile.map { String(decoding: try PrivateFile.read($0), as: UTF8.self) }
            ?? ProcessInfo.processInfo.environment["GODKEND_KEY"]
        let text = given?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard text.hasPrefix("sk_") else {
            throw CommandFailure("Give a secret API key, sk_…: with --key-file or in GODKEND_KEY.")
        }
        return text
    }
}

/// A record on the server.
struct RecordChoice: ParsableArguments {
    @Argument(help: ArgumentHelp("The record's id, prx_…", valueName: "record"))
    var id: String

    func validate() throws {
        guard PrescriptionID(id) != nil else {
            throw ValidationError("This is no record's id; it begins with prx_.")
        }
    }
}

/// `godkend prescription file`.
struct PrescriptionFileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "file", abstract: "File a signed record at a server.",
        discussion: "Exits with 1 when the server does not find it authentic.")

    @Argument(help: ArgumentHelp("The record: a compact JWS.", valueName: "file"))
    var file: String
    @OptionGroup var ocsp: OCSPOption
    @OptionGroup var server: PrescriptionServerOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        let answer = try await server.client().file(
            try InputFile.compact(file), stapled: try ocsp.responses())
        guard answer.status == 200 || answer.status == 201 else {
            throw CommandFailure("The record was not filed: \(answer.complaint)")
        }
        RecordAnswer.say(answer.json, output.format)
        if answer.json.object?["authentic"]?.bool != true { throw ExitCode(1) }
    }
}

/// `godkend prescription show`.
struct PrescriptionShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a record as the server has it.")

    @OptionGroup var record: RecordChoice
    @OptionGroup var server: PrescriptionServerOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        RecordAnswer.say(try await server.client().show(record.id), output.format)
    }
}

/// `godkend prescription cancel`.
struct PrescriptionCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancel a record, as the one who signed it.",
        discussion:
            "Give a signed cancellation with --jws, or sign one here with --key, --chain and --reason.")

    @OptionGroup var record: RecordChoice
    @Option(help: ArgumentHelp("A signed cancellation: a compact JWS.", valueName: "file"))
    var jws: String?
    @Option(help: ArgumentHelp("P-256 key in PEM, mode 0600.", valueName: "file"))
    var key: String?
    @Option(help: ArgumentHelp("Certificates in PEM, the signer's own first.", valueName: "file"))
    var chain: String?
    @Option(help: "Why the record does not count any more; no personal data.")
    var reason: String?
    @OptionGroup var moment: MomentOption
    @OptionGroup var server: PrescriptionServerOptions
    @OptionGroup var output: FormatOption

    func validate() throws {
        let parts = [key, chain, reason].compactMap(\.self).count
        guard jws == nil ? parts == 3 : parts == 0 else {
            throw ValidationError("Give --jws alone, or --key, --chain and --reason together.")
        }
    }

    func run() async throws {
        let client = try server.client()
        let compact: String
        if let jws {
            compact = try InputFile.compact(jws)
        } else {
            compact = try sign(try await client.show(record.id))
        }
        RecordAnswer.say(try await client.cancel(record.id, compact: compact), output.format)
    }

    /// Signs what the server says this record is called.
    private func sign(_ summary: JSON) throws -> String {
        guard let key, let chain, let reason, let name = summary.object?["record"]?.text,
            let version = summary.object?["version"]?.integer,
            let kind = summary.object?["kind"]?.text.flatMap({ SignerKind(rawValue: $0) })
        else { throw CommandFailure("The server does not say what the record is called: use --jws.") }
        return try PrescriptionSigning.signCancellation(
            record: name, version: version, reason: reason, kind: kind,
            chain: try SignerFiles.chain(chain), key: try SignerFiles.key(key), at: try moment.instant())
    }
}
