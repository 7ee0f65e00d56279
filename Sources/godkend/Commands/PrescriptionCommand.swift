import ArgumentParser
import Operations
import Proofs
import Vocabulary

/// `godkend prescription …`: signed prescription records.
struct PrescriptionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prescription", abstract: "Sign, verify, file, show and cancel prescription records.",
        subcommands: [
            PrescriptionSignCommand.self, PrescriptionVerifyCommand.self, PrescriptionFileCommand.self,
            PrescriptionShowCommand.self, PrescriptionCancelCommand.self,
        ])
}

/// `godkend prescription sign`.
struct PrescriptionSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign a FHIR bundle as a prescriber or a register.",
        discussion: "The bundle is signed as it is, byte for byte. Needs no server.")

    @Option(help: ArgumentHelp("The FHIR bundle in JSON.", valueName: "file"))
    var bundle: String
    @Option(help: ArgumentHelp("P-256 key in PEM, mode 0600.", valueName: "file"))
    var key: String
    @Option(help: ArgumentHelp("Certificates in PEM, the signer's own first.", valueName: "file"))
    var chain: String
    @Option(help: "prescriber or registry.")
    var kind = SignerKind.prescriber
    @OptionGroup var moment: MomentOption
    @Option(help: ArgumentHelp("Where to write; standard output when not given.", valueName: "file"))
    var output: String?

    func run() throws {
        let signed = try OfflineSigning.sign(
            bundle: InputFile.bytes(bundle), kind: kind, chain: SignerFiles.chain(chain),
            key: SignerFiles.key(key), at: moment.instant())
        guard let output else { return Terminal.say(signed) }
        try PrivateFile.write([UInt8]((signed + "\n").utf8), to: output, mode: 0o600)
    }
}

/// `godkend prescription verify`.
struct PrescriptionVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check a signed record and say what every rule found, offline.",
        discussion: """
            Exits with 0 when every rule passed and with 1 when one failed or cannot be decided. A cancellation \
            is checked by the same rules.
            """)

    @Argument(help: ArgumentHelp("The record: a compact JWS.", valueName: "file"))
    var file: String
    @OptionGroup var trust: TrustOption
    @OptionGroup var state: StateOption
    @OptionGroup var moment: MomentOption
    @OptionGroup var ocsp: OCSPOption
    @OptionGroup var output: FormatOption

    func run() throws {
        let anchors = try trust.files(in: state.folder).snapshot().anchors
        let report = OfflineVerification(
            compact: try InputFile.compact(file), anchors: anchors, stapled: try ocsp.responses(),
            at: try moment.instant())
        report.table.lines(output.format).forEach(Terminal.say)
        if output.format == .table {
            Terminal.say("")
            report.content.forEach(Terminal.say)
        }
        if !report.isAuthentic { throw ExitCode(1) }
    }
}

extension SignerKind: ExpressibleByArgument {}
