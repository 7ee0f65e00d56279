import ArgumentParser
import Notation
import Vocabulary

/// `godkend card …`: which cards belong to whom.
struct CardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "Enrol and block payment cards.",
        subcommands: [CardEnrolCommand.self, CardBlockCommand.self])
}

/// `godkend card enrol`.
struct CardEnrolCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol", abstract: "Say that a card belongs to a customer, who confirms its payments.")

    @OptionGroup var customer: CustomerChoice
    @Option(help: "Card number, or - to read it from standard input.")
    var number: String
    @Option(help: ArgumentHelp("The month printed on the card.", valueName: "MM/YYYY"))
    var expires: String
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let parts = expires.split(separator: "/").compactMap { Int($0) }
        guard parts.count == 2, CardExpiry(month: parts[0], year: parts[1]) != nil else {
            throw ValidationError("Write --expires MM/YYYY, for example 12/2030.")
        }
        let particulars: [(String, JSON)] = [
            ("customer", .text(try customer.text())),
            ("number", .text(try Terminal.value(number, named: "--number"))),
            ("month", .integer(Int64(parts[0]))), ("year", .integer(Int64(parts[1]))),
        ]
        try await IssuerRun.perform(IssuerCall(.enrolCard, particulars), state: state, output: output)
    }
}

/// `godkend card block`.
struct CardBlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "block", abstract: "Block a card for good.")

    @Argument(help: ArgumentHelp("The card's id, crd_…", valueName: "card"))
    var id: String?
    @Option(name: .customLong("card"), help: ArgumentHelp("The same as an option.", valueName: "id"))
    var option: String?
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        guard let text = id ?? option, CardID(text) != nil else {
            throw ValidationError("Name the card: crd_…")
        }
        let call = IssuerCall(.blockCard, [("card", .text(text))])
        try await IssuerRun.perform(call, state: state, output: output)
    }
}

/// `godkend keycard …`.
struct KeyCardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keycard", abstract: "Issue printed key cards.",
        subcommands: [KeyCardIssueCommand.self])
}

/// `godkend keycard issue`.
struct KeyCardIssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Issue a key card with 148 codes and print it, once.",
        discussion:
            "A key card is for signing in and for ordering a code app. No payment can be confirmed with it.")

    @OptionGroup var customer: CustomerChoice
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let call = IssuerCall(.issueKeyCard, [("customer", .text(try customer.text()))])
        let answer = try await IssuerDoor.open(state.folder) { try await $0.perform(call) }
        guard output.format != .json, let codes = answer.object?["codes"]?.object else {
            return IssuerRun.write(answer, format: output.format)
        }
        var table = Table(["number", "key"])
        for code in codes.members { table.rows.append([code.name, code.value.text ?? ""]) }
        table.lines(output.format).forEach(Terminal.say)
    }
}

/// `godkend fixtures …`: test mode only.
struct FixturesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fixtures", abstract: "Make test customers, test prescriptions and whole histories.",
        subcommands: [
            FixturesLoadCommand.self, FixturesPharmacyCommand.self, FixturesHistoryCommand.self,
        ])
}

/// `godkend fixtures load`.
struct FixturesLoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Make customers with cards, a device and a key card; one JSON line each.",
        discussion: "The lines are the customers' wallets: card numbers, codes and device keys in clear.")

    @Option(help: "How many.")
    var customers: Int
    @OptionGroup var state: StateOption

    func validate() throws {
        guard (1...1_000_000).contains(customers) else {
            throw ValidationError("--customers takes 1 to 1000000.")
        }
    }

    func run() async throws {
        let progress = ProgressLine("customers", total: customers)
        try await IssuerDoor.open(state.folder) { issuer in
            try await withThrowingTaskGroup(of: JSON.self) { group in
                var started = 0
                func start() {
                    started += 1
                    let number = started
                    group.addTask {
                        try await issuer.perform(
                            IssuerCall(.fixtureCustomer, [("number", .integer(Int64(number)))]))
                    }
                }
                while started < min(customers, 4) { start() }
                var done = 0
                while let line = try await group.next() {
                    done += 1
                    Terminal.say(String(decoding: line.written(), as: UTF8.self))
                    progress.show(done)
                    if started < customers { start() }
                }
            }
        }
    }
}
