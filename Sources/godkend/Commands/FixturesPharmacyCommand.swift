import ArgumentParser
import Foundation
import Vocabulary

/// `godkend fixtures pharmacy`.
struct FixturesPharmacyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pharmacy",
        abstract: "Write a test PKI, a trust folder and signed prescriptions by case name.",
        discussion: """
            For tests only: the keys are made from a published label, so that anybody can sign with them. Never \
            trust these roots in a live gateway. The records are fresh for 24 hours from --at.
            """)

    @Option(help: ArgumentHelp("Where to write; the folder must not be there yet.", valueName: "dir"))
    var output: String
    @OptionGroup var moment: MomentOption
    @Flag(help: "Write the private keys too, mode 0600.")
    var keys = false

    func run() throws {
        guard !FileManager.default.fileExists(atPath: output) else {
            throw CommandFailure("\(output) is there already: name a folder that is not.")
        }
        let files = try PharmacyFixtures(at: try moment.instant()).files(withKeys: keys)
        for file in files {
            try PrivateFile.place(
                file.bytes, at: output + "/" + file.path, mode: file.isSecret ? PrivateFile.mode : 0o644)
        }
        Terminal.say("\(files.count) files in \(output)")
    }
}
