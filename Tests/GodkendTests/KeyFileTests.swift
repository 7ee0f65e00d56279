import Foundation
import Notation
import Proofs
import Testing

@testable import godkend

struct KeyFileTests {
    private let folder: TemporaryFolder
    private var state: StateFolder { StateFolder(folder.path) }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func make(_ environment: [String: String] = [:]) throws {
        try ServerKeys.make(folder: state, environment: environment, random: SystemEntropy().bytes)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `PAN-1: keys are made with mode 0600, once`() throws {
        try make()
        #expect(try mode(state.masterKey) == 0o600)
        #expect(try mode(state.receiptKey) == 0o600)
        let first = try PrivateFile.read(state.masterKey)
        #expect(first.count == 32)
        try make()
        #expect(try PrivateFile.read(state.masterKey) == first)
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o660, 0o666])
    func `PAN-1: a key file that others can read stops the start`(mode: Int) throws {
        try make()
        let opened = unsafe chmod(state.masterKey, mode_t(mode))
        #expect(opened == 0)
        let failure = try #require(throws: CommandFailure.self) {
            try ServerKeys(folder: state, environment: [:])
        }
        #expect(failure.message.contains("chmod 600"))
    }

    @Test func `PAN-1: the master key may come from the environment and then no file is made`() throws {
        let environment = ["GODKEND_MASTER_KEY": Base64.encode([UInt8](repeating: 7, count: 32))]
        try make(environment)
        #expect(!FileManager.default.fileExists(atPath: state.masterKey))
        #expect(throws: Never.self) { try ServerKeys(folder: state, environment: environment) }
    }

    @Test(arguments: [31, 33])
    func `a master key of another length is refused`(length: Int) throws {
        let environment = ["GODKEND_MASTER_KEY": Base64.encode([UInt8](repeating: 7, count: length))]
        try make(environment)
        #expect(throws: CommandFailure("GODKEND_MASTER_KEY must be 32 bytes in base64.")) {
            try ServerKeys(folder: state, environment: environment)
        }
    }

    @Test func `no new key is made for a database that an old one sealed`() throws {
        try PrivateFile.write([], to: state.database)
        let failure = #expect(throws: CommandFailure.self) { try make() }
        #expect(failure?.message.contains("put the key file back, no new one fits") == true)
        #expect(!FileManager.default.fileExists(atPath: state.masterKey))
    }

    @Test func `the state folder's lock is had by one at a time`() throws {
        let first = try #require(try StateLock.attempt(state))
        #expect(try StateLock.attempt(state) == nil)
        withExtendedLifetime(first) {}
    }

    @Test func `a lock is free again when its holder is gone`() throws {
        _ = try StateLock.attempt(state)
        #expect(try StateLock.attempt(state) != nil)
    }
}
