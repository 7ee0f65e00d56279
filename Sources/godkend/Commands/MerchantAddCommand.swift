import ArgumentParser
import Foundation
import Operations
import Vocabulary

/// `godkend merchant add`: writes a new file and prints its keys, once.
struct MerchantAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Write a new merchant file and print its keys, once.")

    @Argument(help: "The merchant's id: 2 to 40 of a-z, 0-9 and -, a letter first.")
    var id: String
    @Option(help: "webshop, pharmacy or filer.")
    var kind: MerchantKind
    @Option(help: "The name that customers read in their code app.")
    var name: String
    @Option(help: "The GLN where goods are delivered; a pharmacy must have one.")
    var gln: String?
    @Option(parsing: .singleValue, help: "A currency, repeatable; DKK when none is given.")
    var currency: [String] = []
    @Option(parsing: .singleValue, help: "A web origin whose pages may use the publishable key, repeatable.")
    var origin: [String] = []
    @Flag(help: "Make live keys instead of test keys.")
    var live = false
    @OptionGroup var merchants: MerchantsOption
    @OptionGroup var output: FormatOption

    func run() throws {
        let folder = merchants.folder
        let merchant: Merchant
        let pair = MerchantKeyPair(
            kind: kind, isLive: live, at: SystemClock().now(), entropy: SystemEntropy())
        do {
            merchant = try made(keys: pair.entries)
        } catch let wrong as WrongValue {
            throw ValidationError(wrong.sentence)
        }
        let file = folder.file(of: merchant.id.text)
        guard !FileManager.default.fileExists(atPath: file) else {
            throw CommandFailure("There is a file \(file): choose another id, or rotate its keys.")
        }
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        try MerchantWriting.write(MerchantText.file(merchant), merchant: merchant.id.text, folder: folder)
        MerchantWriting.say(pair, of: merchant.id.text, format: output.format)
    }

    private func made(keys: [MerchantKey]) throws -> Merchant {
        guard let merchantID = MerchantID(id) else {
            throw WrongValue("An id has 2 to 40 of a-z, 0-9 and -, a letter first.")
        }
        guard kind != .pharmacy || gln != nil else { throw WrongValue("A pharmacy needs its --gln.") }
        let codes = currency.isEmpty && kind != .filer ? ["DKK"] : currency
        return try Merchant(
            id: merchantID, kind: kind, name: MerchantValues.name(name),
            gln: gln.map { text throws(WrongValue) in try MerchantValues.gln(text) }, isSuspended: false,
            currencies: codes.map { try MerchantValues.currency($0) }, limits: [],
            origins: origin.map { try MerchantValues.origin($0) }, keys: keys)
    }
}

/// `godkend merchant rotate-key`: a new pair; the old keys end after a time of grace.
struct MerchantRotateKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-key",
        abstract: "Give a merchant new keys, print them once, and let the old ones run out.",
        discussion: "A running server takes the new file when it gets SIGHUP.")

    @Argument(help: "The merchant's id.")
    var id: String
    @Option(help: ArgumentHelp("How long the old keys stay good.", valueName: "seconds"))
    var grace = 86_400
    @Flag(help: "Make live keys instead of test keys.")
    var live = false
    @OptionGroup var merchants: MerchantsOption
    @OptionGroup var output: FormatOption

    func validate() throws {
        guard (0...31_536_000).contains(grace) else { throw ValidationError("--grace takes 0 to 31536000.") }
    }

    func run() throws {
        let pair = try MerchantWriting.rotate(
            merchant: id, folder: merchants.folder, isLive: live, graceSeconds: grace)
        MerchantWriting.say(pair, of: id, format: output.format)
    }
}
