import ArgumentParser
import Foundation
import Notation
import Operations
import Vocabulary

/// `godkend prices …`: the price lists of medicines.
struct PricesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prices", abstract: "Import and list the price lists of medicines.",
        subcommands: [PricesImportCommand.self, PricesListCommand.self])
}

/// `godkend prices import`.
struct PricesImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in the price list that counts from a day on.",
        discussion: """
            A list is a file of comma-separated values with the columns number, drug_id, atc, name, \
            package_size, substitution_group, dispensing_group and price (in øre), or LMS01 and LMS02 in the \
            fixed columns of the Danish list with or without substitution.csv (number, group). One bad row and \
            nothing is imported. The list of an order's date counts, so that a list is changed only before its \
            first day.
            """)

    /// The most bytes that the files of one list may have together. The control socket takes half as much
    /// again, since they travel in base 64.
    static let largestBytes = 20 * 1_024 * 1_024

    @Option(help: ArgumentHelp("The first day on which the list counts.", valueName: "YYYY-MM-DD"))
    var validFrom: String
    @Option(help: "How the files are laid out, where their names do not tell: csv or lms.")
    var layout: PriceLayout?
    @Argument(help: ArgumentHelp("The list's files.", valueName: "file"))
    var files: [String]
    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func validate() throws {
        guard LocalDate(validFrom) != nil else {
            throw ValidationError("Write --valid-from YYYY-MM-DD, for example 2026-11-16.")
        }
    }

    func run() async throws {
        var contents: [JSON] = []
        var size = 0
        for path in files {
            let bytes = try InputFile.bytes(path)
            size += bytes.count
            let name = URL(fileURLWithPath: path).lastPathComponent
            contents.append(["name": .text(name), "content": .text(Base64.encode(bytes))])
        }
        guard size <= Self.largestBytes else {
            throw CommandFailure("The files are larger than 20 MiB: a price list is not.")
        }
        var particulars: [(String, JSON)] = [("valid_from", .text(validFrom)), ("files", .array(contents))]
        if let layout { particulars.append(("layout", .text(layout.rawValue))) }
        try await IssuerRun.perform(IssuerCall(.importPriceList, particulars), state: state, output: output)
    }
}

/// `godkend prices list`.
struct PricesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the price lists, the newest first.")

    @OptionGroup var state: StateOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let answer = try await IssuerDoor.open(state.folder) {
            try await $0.perform(IssuerCall(.listPrices, []))
        }
        let names = ["valid_from", "products", "imported_at", "digest"]
        var table = Table(names)
        for list in answer.object?["price_lists"]?.array ?? [] {
            table.rows.append(
                names.map { name in
                    let value = list.object?[name]
                    return value?.text ?? value?.integer.map(String.init) ?? ""
                })
        }
        table.lines(output.format).forEach(Terminal.say)
    }
}

extension PriceLayout: ExpressibleByArgument {}
