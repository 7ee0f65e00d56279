import ArgumentParser
import Operations
import Vocabulary

/// `godkend trust …`: whom the gateway believes.
struct TrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "List and update roots, revocation lists and registers.",
        subcommands: [TrustListCommand.self, TrustUpdateCommand.self])
}

/// `godkend trust list`.
struct TrustListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show what the trust folder holds, and whether it is fresh.")

    @OptionGroup var trust: TrustOption
    @OptionGroup var state: StateOption
    @OptionGroup var moment: MomentOption
    @OptionGroup var output: FormatOption

    func run() throws {
        let files = trust.files(in: state.folder)
        let listing = TrustListing(snapshot: try files.snapshot(), now: try moment.instant())
        if listing.table.rows.isEmpty, output.format == .table {
            return Terminal.say("\(files.path) is empty or not there: nobody is trusted.")
        }
        listing.table.lines(output.format).forEach(Terminal.say)
    }
}

/// `godkend trust update`.
struct TrustUpdateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Check files and put them into the trust folder, all or none.",
        discussion: """
            Takes certificates in PEM (with --kind), revocation lists in DER or PEM, authorisations.csv and \
            pharmacies.csv. A revocation list must be fresh, signed by an authority of the folder, and newer \
            than the one it replaces. A running server sees the change within a second.
            """)

    @Argument(help: ArgumentHelp("The files, certificates before their lists.", valueName: "file"))
    var files: [String]
    @Option(help: "What the certificates are for: prescriber, register or issuer.")
    var kind: TrustUpdate.CertificateKind?
    @OptionGroup var trust: TrustOption
    @OptionGroup var state: StateOption
    @OptionGroup var moment: MomentOption

    func run() throws {
        var update = try TrustUpdate(files: trust.files(in: state.folder), now: try moment.instant())
        for file in files { try update.add(try InputFile.bytes(file), named: file, as: kind) }
        try update.write()
        for change in update.changes { Terminal.say("\(change.name) is in its place.") }
    }
}

extension TrustUpdate.CertificateKind: ExpressibleByArgument {}
