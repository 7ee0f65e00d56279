import ArgumentParser
import Notation
import Vocabulary

/// `godkend relation …`: who may act for whom.
struct RelationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relation", abstract: "File guardians and powers of attorney.",
        subcommands: [
            RelationAddCommand.self, RelationApproveCommand.self, RelationRevokeCommand.self,
            RelationListCommand.self,
        ])
}

/// `godkend relation add`.
struct RelationAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Say that a customer may act for a patient.",
        discussion: """
            Without --to a power of attorney lasts two years, and a guardian's right until the day before the \
            child reaches the age that guardian.until_age sets. First and last day count. Of the patient only \
            a keyed hash is kept.
            """)

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case guardian
        case powerOfAttorney = "power-of-attorney"

        var relation: RelationKind {
            switch self {
            case .guardian: .guardian
            case .powerOfAttorney: .powerOfAttorney
            }
        }
    }

    @Option(help: "guardian or power-of-attorney.")
    var kind: Kind
    @Option(help: "The patient's CPR number, or - to read it from standard input.")
    var patient: String
    @OptionGroup var holder: HolderOption
    @Option(help: ArgumentHelp("First day; today without it.", valueName: "YYYY-MM-DD"))
    var from: String?
    @Option(help: ArgumentHelp("Last day.", valueName: "YYYY-MM-DD"))
    var to: String?
    @Flag(help: "Only requested: it covers nothing until it is approved.")
    var requested = false
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func validate() throws {
        for (name, text) in [("--from", from), ("--to", to)] {
            guard text.map({ LocalDate($0) != nil }) ?? true else {
                throw ValidationError("\(name) takes a day, for example 2026-11-22.")
            }
        }
    }

    func run() async throws {
        var particulars: [(String, JSON)] = [
            ("kind", .text(kind.relation.rawValue)),
            ("patient", .text(try Terminal.value(patient, named: "--patient"))),
            ("holder", .text(holder.id)),
            ("requested", .bool(requested)),
        ]
        if let from { particulars.append(("from", .text(from))) }
        if let to { particulars.append(("to", .text(to))) }
        try await IssuerRun.perform(IssuerCall(.addRelation, particulars), state: state, output: output)
    }
}

/// The customer who acts for a patient.
struct HolderOption: ParsableArguments {
    @Option(
        name: .customLong("holder"),
        help: ArgumentHelp("The customer who acts for the patient, cus_…", valueName: "customer"))
    var id: String

    func validate() throws {
        guard CustomerID(id) != nil else { throw ValidationError("--holder takes a customer: cus_…") }
    }
}

/// A relation, named by argument.
struct RelationChoice: ParsableArguments {
    @Argument(help: ArgumentHelp("The relation's id, rel_…", valueName: "relation"))
    var id: String

    func validate() throws {
        guard RelationID(id) != nil else { throw ValidationError("Name the relation: rel_…") }
    }
}

/// `godkend relation approve`.
struct RelationApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve a requested relation.")

    @OptionGroup var relation: RelationChoice
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let call = IssuerCall(.approveRelation, [("relation", .text(relation.id))])
        try await IssuerRun.perform(call, state: state, output: output)
    }
}

/// `godkend relation revoke`.
struct RelationRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a relation at once, for good.")

    @OptionGroup var relation: RelationChoice
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let call = IssuerCall(.revokeRelation, [("relation", .text(relation.id))])
        try await IssuerRun.perform(call, state: state, output: output)
    }
}

/// `godkend relation list`.
struct RelationListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List whom a customer may act for, newest first.")

    @OptionGroup var holder: HolderOption
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let call = IssuerCall(.listRelations, [("holder", .text(holder.id))])
        let answer = try await IssuerDoor.open(state.folder) { try await $0.perform(call) }
        guard output.format != .json, let relations = answer.object?["relations"]?.array else {
            return IssuerRun.write(answer, format: output.format)
        }
        let columns = ["relation", "kind", "from", "to", "status"]
        var table = Table(columns)
        for relation in relations { table.rows.append(columns.map { relation.object?[$0]?.text ?? "" }) }
        table.lines(output.format).forEach(Terminal.say)
    }
}
