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
        let manager = FileManager.default
        guard !manager.fileExists(atPath: output) else {
            throw CommandFailure("\(output) is there already: name a folder that is not.")
        }
        let files = try PharmacyFixtures(at: try moment.instant()).files(withKeys: keys)
        for file in files {
            let path = output + "/" + file.path
            do {
                try manager.createDirectory(
                    atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            } catch {
                throw CommandFailure("Cannot make the folder \(output): choose another one with --output.")
            }
            try PrivateFile.write(file.bytes, to: path, mode: file.isSecret ? 0o600 : 0o644)
        }
        Terminal.say("\(files.count) files in \(output)")
    }
}
