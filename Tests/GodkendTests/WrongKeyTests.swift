import Foundation
import Logging
import Notation
import Operations
import Proofs
import Testing

@testable import godkend

/// Keys that are not those of the database, from files and from the environment; and files that are missing.
struct WrongKeyTests {
    private let folder: TemporaryFolder
    private var state: StateFolder { StateFolder(folder.path) }

    init() throws { folder = try TemporaryFolder() }

    /// Starts as a server does, as far as its keys go, and ends again.
    private func start(_ environment: [String: String] = [:]) async throws {
        try ServerKeys.make(folder: state, environment: environment, random: SystemEntropy().bytes)
        let sources = try ConfigurationSources(flags: [], environment: [:], file: nil)
        let parts = try Assembly(
            folder: state, settings: sources.settings(listening: "http://localhost"),
            merchants: MerchantBook([]), environment: environment, logger: Logger(label: "test"))
        do {
            try await parts.prepare()
            await parts.close()
        } catch {
            await parts.close()
            throw error
        }
    }

    private func doctor(_ environment: [String: String] = [:]) throws -> Finding {
        try #require(
            Examination.state(state, environment: environment).first { $0.what == "keys" })
    }

    private static let keys = [
        ("master.key", "GODKEND_MASTER_KEY"), ("receipt.key", "GODKEND_RECEIPT_KEY"),
        ("log.key", "GODKEND_LOG_KEY"),
    ]

    @Test(arguments: keys)
    func `REL-01: another key file is refused at the start, by name, and the doctor says so`(
        key: (file: String, variable: String)
    ) async throws {
        try await start()
        try await start()
        #expect(try doctor().verdict == .good)
        let path = folder.path + "/" + key.file
        let right = try PrivateFile.read(path)
        try PrivateFile.write([UInt8](repeating: 7, count: 32), to: path)
        let failure = try await #require(throws: CommandFailure.self) { try await start() }
        #expect(failure.message.contains(path))
        #expect(failure.message.contains("is not the key of the database"))
        let finding = try doctor()
        #expect(finding.verdict == .bad)
        #expect(finding.detail.contains(path))
        // The refused start changed nothing: the right key is the right one still.
        try PrivateFile.write(right, to: path)
        try await start()
        #expect(try doctor().verdict == .good)
    }

    @Test(arguments: keys)
    func `REL-01: another key in the environment is refused as well`(
        key: (file: String, variable: String)
    ) async throws {
        try await start()
        let other = [key.variable: Base64.encode([UInt8](repeating: 7, count: 32))]
        let failure = try await #require(throws: CommandFailure.self) { try await start(other) }
        #expect(failure.message.contains(key.variable))
        #expect(!failure.message.contains(try #require(other[key.variable])))
        #expect(try doctor(other).verdict == .bad)
        let same = [key.variable: Base64.encode(try PrivateFile.read(folder.path + "/" + key.file))]
        try await start(same)
        #expect(try doctor(same).verdict == .good)
    }

    @Test func `REL-23: a receipt key that was changed on purpose is taken once, with the old one kept`()
        async throws
    {
        try await start()
        let old = try SigningKey(raw: try PrivateFile.read(state.receiptKey)).publicKey.raw64
        let oldFile = try PrivateFile.read(state.receiptKey)
        try PrivateFile.write([UInt8](repeating: 7, count: 32), to: state.receiptKey)
        await #expect(throws: CommandFailure.self) { try await start() }
        try Data(Hex.encode(old).utf8).write(to: URL(fileURLWithPath: state.retiredReceiptKeys))
        try await start()
        #expect(try doctor().verdict == .good)
        // From now on the new one is the right one, and the old one is not.
        try FileManager.default.removeItem(atPath: state.retiredReceiptKeys)
        try await start()
        try PrivateFile.write(oldFile, to: state.receiptKey)
        await #expect(throws: CommandFailure.self) { try await start() }
    }

    @Test(arguments: ["master.key", "receipt.key", "log.key"])
    func `REL-01: a key that is missing beside a database is not made anew`(file: String) async throws {
        try await start()
        try FileManager.default.removeItem(atPath: folder.path + "/" + file)
        await #expect(throws: CommandFailure.self) { try await start() }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/" + file))
    }

    @Test(arguments: [true, false])
    func `REL-01: no new database is made in the place of one that was signed`(isEmpty: Bool) async throws {
        try await start()
        try PrivateFile.write(Array("a note".utf8), to: state.checkpoints)
        for file in [state.database, state.database + "-wal"] {
            try? FileManager.default.removeItem(atPath: file)
        }
        if isEmpty { try PrivateFile.write([], to: state.database) }
        let failure = try await #require(throws: CommandFailure.self) { try await start() }
        #expect(failure.message.contains("put the database back"))
        let finding = Examination.state(state, environment: [:]).first { $0.what == "database" }
        #expect(finding?.verdict == .bad)
    }
}
