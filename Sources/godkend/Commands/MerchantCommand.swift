import ArgumentParser
import Operations
import Vocabulary

/// `godkend merchant …`: the merchant files.
struct MerchantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merchant", abstract: "Check, list and write merchant files.",
        subcommands: [
            MerchantCheckCommand.self, MerchantListCommand.self, MerchantAddCommand.self,
            MerchantRotateKeyCommand.self,
        ])
}

/// `godkend merchant check`: every problem of every file, with its line.
struct MerchantCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read every merchant file and name what is wrong with it.")

    @OptionGroup var merchants: MerchantsOption

    func run() throws {
        let (found, problems) = try merchants.folder.read()
        guard problems.isEmpty else {
            throw CommandFailure(problems.map(\.description).joined(separator: "\n"))
        }
        Terminal.say("\(found.count) merchant files are good.")
    }
}

/// `godkend merchant list`.
struct MerchantListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the merchants of the folder.")

    @OptionGroup var merchants: MerchantsOption
    @OptionGroup var output: FormatOption

    func run() throws {
        let now = SystemClock().now()
        var table = Table(["merchant", "kind", "name", "gln", "status", "currencies", "keys"])
        for merchant in try merchants.folder.load() {
            let usable = merchant.keys.filter { !$0.isExpired(at: now) && !$0.isRevoked(at: now) }
            table.rows.append([
                merchant.id.text, merchant.kind.rawValue, merchant.name.text, merchant.gln?.text ?? "",
                merchant.isSuspended ? "suspended" : "active",
                merchant.currencies.map(\.code).joined(separator: " "), String(usable.count),
            ])
        }
        table.lines(output.format).forEach(Terminal.say)
    }
}

extension MerchantKind: ExpressibleByArgument {}
