import ArgumentParser
import Notation
import Vocabulary

/// Carries out one order of the issuer and writes the answer.
enum IssuerRun {
    static func perform(_ call: IssuerCall, state: StateOption, output: FormatOption) async throws {
        let answer = try await IssuerDoor.open(state.folder) { try await $0.perform(call) }
        write(answer, format: output.format)
    }

    /// An object as JSON, or as two columns.
    static func write(_ answer: JSON, format: OutputFormat) {
        if format == .json {
            Terminal.say(String(decoding: answer.written(), as: UTF8.self))
            return
        }
        var table = Table(["what", "value"])
        for member in answer.object?.members ?? [] {
            table.rows.append([member.name, shown(member.value)])
        }
        table.lines(format).forEach(Terminal.say)
    }

    private static func shown(_ value: JSON) -> String {
        value.text ?? String(decoding: value.written(), as: UTF8.self)
    }
}

/// `godkend customer …`: the issuer's side of customers.
struct CustomerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer", abstract: "Add, show, block, unblock and erase customers.",
        subcommands: [
            CustomerAddCommand.self, CustomerShowCommand.self, CustomerBlockCommand.self,
            CustomerUnblockCommand.self, CustomerEraseCommand.self,
        ])
}

/// `godkend customer add`.
struct CustomerAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a customer to the identity provider.",
        discussion:
            "A value given as - is the next line of standard input: first the CPR number, then the password.")

    @Option(help: "The self-chosen user ID, 5 to 48 characters.")
    var userID: String
    @Option(help: "The customer's name.")
    var name: String
    @Option(help: "CPR number, or - to read it from standard input.")
    var cpr: String
    @Option(help: "Password, or - to read it; without one the customer has none yet.")
    var password: String?
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        var particulars: [(String, JSON)] = [("user_id", .text(userID)), ("name", .text(name))]
        particulars.append(("cpr", .text(try Terminal.value(cpr, named: "--cpr"))))
        if let password {
            particulars.append(("password", .text(try Terminal.value(password, named: "--password"))))
        }
        try await IssuerRun.perform(IssuerCall(.addCustomer, particulars), state: state, output: output)
    }
}

/// `godkend customer show`.
struct CustomerShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a customer's authenticators and cards, without a secret.")

    @OptionGroup var customer: CustomerChoice
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let call = IssuerCall(.showCustomer, [("customer", .text(try customer.text()))])
        try await IssuerRun.perform(call, state: state, output: output)
    }
}

/// `godkend customer block`.
struct CustomerBlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "block", abstract: "Block a customer, or only the certificate or one factor.")

    @OptionGroup var customer: CustomerChoice
    @Flag(help: "Block the certificate only.")
    var certificate = false
    @Option(help: "Block one factor only: app, key_card, code_token or password.")
    var factor: String?
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        var particulars: [(String, JSON)] = [
            ("customer", .text(try customer.text())), ("certificate", .bool(certificate)),
        ]
        if let factor {
            guard Factor(rawValue: factor) != nil else {
                throw ValidationError("--factor takes app, key_card, code_token or password.")
            }
            particulars.append(("factor", .text(factor)))
        }
        try await IssuerRun.perform(IssuerCall(.blockCustomer, particulars), state: state, output: output)
    }
}

/// `godkend customer unblock`.
struct CustomerUnblockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unblock", abstract: "Ask for the end of a block of a customer or of the certificate.",
        discussion: "A signed-in operator asks; another one approves with the command that is printed.")

    @OptionGroup var customer: CustomerChoice
    @Flag(help: "Unblock the certificate only.")
    var certificate = false
    @OptionGroup var options: OperatorOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        let answer = try await options.perform(
            IssuerCall(
                .unblockCustomer,
                [("customer", .text(try customer.text())), ("certificate", .bool(certificate))]))
        IssuerRun.write(answer, format: output.format)
    }
}

/// `godkend customer erase`.
struct CustomerEraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Ask for a customer to be erased.",
        discussion: """
            A signed-in administrator asks; another one approves with the command that is printed. Name, CPR \
            number, means to sign in, cards, medicine and salts go for good; amounts, states and the decision \
            log stay, and its proofs still verify.
            """)

    @OptionGroup var customer: CustomerChoice
    @OptionGroup var options: OperatorOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        let answer = try await options.perform(
            IssuerCall(.eraseCustomer, [("customer", .text(try customer.text()))]))
        IssuerRun.write(answer, format: output.format)
    }
}
