import ArgumentParser
import Foundation
import Vocabulary

/// The state folder that a command works on.
struct StateOption: ParsableArguments {
    @Option(name: .customLong("state"), help: ArgumentHelp("Folder of the server's state.", valueName: "dir"))
    var path = "./state"

    var folder: StateFolder { StateFolder(path) }
}

/// The folder of merchant files.
struct MerchantsOption: ParsableArguments {
    @Option(
        name: .customLong("merchants"), help: ArgumentHelp("Folder of the merchant files.", valueName: "dir"))
    var path = "./Merchants"

    var folder: MerchantFolder { MerchantFolder(path: path) }
}

/// Where the server's configuration comes from besides the environment.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("One configuration key; may be repeated.", valueName: "key=value"))
    var flags: [String] = []

    @Option(name: .customLong("config"), help: ArgumentHelp("Configuration file in YAML.", valueName: "file"))
    var file: String?

    func sources() throws -> ConfigurationSources {
        try ConfigurationSources(flags: flags, environment: ProcessInfo.processInfo.environment, file: file)
    }
}

/// How a command writes what it found.
struct FormatOption: ParsableArguments {
    @Option(help: "How the result is written: table, json or csv.")
    var format = OutputFormat.table
}

/// A customer, named by argument or option.
struct CustomerChoice: ParsableArguments {
    @Argument(help: ArgumentHelp("The customer's id, cus_…", valueName: "customer"))
    var id: String?

    @Option(name: .customLong("customer"), help: ArgumentHelp("The same as an option.", valueName: "id"))
    var option: String?

    func text() throws -> String {
        guard let text = id ?? option else { throw ValidationError("Name the customer: cus_…") }
        guard let customer = CustomerID(text) else {
            throw ValidationError("This is no customer's id; it begins with cus_.")
        }
        return customer.text
    }
}
