package import Foundation
import Notation

/// The commands of the executable that a load needs.
package struct GodkendCommand: Sendable {
    package let binary: URL

    package init(binary: URL) { self.binary = binary }

    /// The executable: `GODKEND_BINARY`, else the one that was built beside this program.
    package static func find() throws -> GodkendCommand {
        if let named = ProcessInfo.processInfo.environment["GODKEND_BINARY"] {
            return GodkendCommand(binary: URL(fileURLWithPath: named))
        }
        var folders = [URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()]
        folders += Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        folders += [Bundle.main.bundleURL]
        for folder in folders {
            let file = folder.appendingPathComponent("godkend")
            if FileManager.default.isExecutableFile(atPath: file.path) { return GodkendCommand(binary: file) }
        }
        throw LoadFailure(
            "there is no executable `godkend` beside this program: build it (`swift build --product godkend`, with `-c release` for a measurement), or set GODKEND_BINARY"
        )
    }

    /// Adds a webshop, or what else `kind` says, and gives its secret key. A pharmacy needs a GLN.
    package func addMerchant(
        _ id: String, name: String, kind: String = "webshop", gln: String? = nil, merchants: String
    ) async throws -> String {
        let output = try await run(
            ["merchant", "add", id, "--kind", kind, "--name", name, "--merchants", merchants]
                + (gln.map { ["--gln", $0] } ?? []) + ["--format", "json"])
        guard let key = try JSON.parse(Array(output)).object?["secret_key"]?.text else {
            throw LoadFailure("merchant add printed no key")
        }
        return key
    }

    /// Makes customers with cards and devices at a running server.
    package func loadFixtures(_ count: Int, state: String) async throws -> [Wallet] {
        let output = try await run(["fixtures", "load", "--customers", String(count), "--state", state])
        return try output.split(separator: UInt8(ascii: "\n")).map { try Wallet(line: $0) }
    }

    /// Takes in a price list that counts from a day on, at a running server.
    package func importPrices(_ file: URL, validFrom: String, state: String) async throws {
        _ = try await run(["prices", "import", "--valid-from", validFrom, "--state", state, file.path])
    }

    /// Runs a command to its end and gives its standard output.
    private func run(_ arguments: [String]) async throws -> Data {
        let binary = binary
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try Self.runNow(binary, arguments) })
            }
        }
    }

    private static func runNow(_ binary: URL, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = binary
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let words = arguments.prefix(2).joined(separator: " ")
            throw LoadFailure("godkend \(words) ended with \(process.terminationStatus)")
        }
        return data
    }
}
