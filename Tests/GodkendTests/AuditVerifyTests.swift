import ArgumentParser
import Foundation
import Notation
import Proofs
import Testing

@testable import godkend

/// `godkend audit verify`: where it takes keys from, and what it ends with.
@Suite struct AuditVerifyTests {
    private let place: TemporaryFolder
    private let folder: StateFolder
    private let key: LogKey

    init() throws {
        place = try TemporaryFolder()
        folder = StateFolder(place.path)
        key = try LogKey(raw: Array(repeating: 3, count: 32), name: "log.example/godkend")
    }

    private func source(held: [String] = []) -> VerificationSource {
        VerificationSource(folder: folder, environment: [:], held: held)
    }

    private func note(_ size: Int64) throws -> String {
        try key.sign(
            Checkpoint(origin: key.name, size: size, root: Array(repeating: 1, count: 32))
        ).text
    }

    private func keep(_ notes: [String]) throws {
        try Data(notes.joined().utf8).write(to: URL(fileURLWithPath: folder.checkpoints))
    }

    // MARK: Keys

    @Test func `LOG-TAMPER: without checkpoints and keys only the file itself is verified`() throws {
        #expect(try source().key(vkey: nil) == nil)
        #expect(try source().keyRing() == nil)
    }

    @Test func `LOG-TAMPER: checkpoints without a key to verify them are wrong usage`() throws {
        let keyless = "The folder has no log.key: name the log's key with --vkey."
        let held = #expect(throws: ValidationError.self) {
            try source(held: [try note(1)]).key(vkey: nil)
        }
        #expect(held?.message == keyless)
        try keep([try note(1)])
        let kept = #expect(throws: ValidationError.self) { try source().key(vkey: nil) }
        #expect(kept?.message == keyless)
        let bad = #expect(throws: ValidationError.self) { try source().key(vkey: "log+00000000+AAAA") }
        #expect(bad?.message.hasPrefix("The key of --vkey cannot be used. ") == true)
        #expect(try source().key(vkey: key.verificationKey.description) == key.verificationKey)
    }

    @Test func `LOG-TAMPER: the folder's own key takes the log's name from the last checkpoint`() throws {
        try PrivateFile.write(key.raw, to: folder.logKey)
        try PrivateFile.write(Array(repeating: 1, count: 32), to: folder.masterKey)
        try PrivateFile.write(try SigningKey().raw, to: folder.receiptKey)
        #expect(try source(held: [try note(1)]).key(vkey: nil) == key.verificationKey)
        try keep([try note(1), try note(2)])
        #expect(try source().key(vkey: nil) == key.verificationKey)
        #expect(try source().keyRing() != nil)
    }

    // MARK: The command

    private func run(_ arguments: [String]) async throws {
        let command = try AuditVerifyCommand.parse(["--state", folder.path] + arguments)
        try await command.run()
    }

    @Test func `LOG-TAMPER: no state and no such checkpoint are said, and csv is wrong usage`() async throws {
        let empty = await #expect(throws: CommandFailure.self) { try await run([]) }
        #expect(empty?.message.hasPrefix("There is no ") == true)
        try Data().write(to: URL(fileURLWithPath: folder.database))
        let none = await #expect(throws: ValidationError.self) {
            try await run(["--checkpoint", place.path + "/none"])
        }
        #expect(none?.message == "There is no checkpoint at \(place.path)/none.")
        let table = await #expect(throws: ValidationError.self) { try await run(["--format", "csv"]) }
        #expect(table?.message == "A verification is a table or json.")
    }

    @Test func `LOG-TAMPER: a finding ends the command with 1`() async throws {
        // A file without tables: nothing of it can be read.
        try Data().write(to: URL(fileURLWithPath: folder.database))
        await #expect(throws: ExitCode(1)) { try await run([]) }
    }
}
