import Foundation
import Notation
import Operations
import Proofs
import Testing

@testable import godkend

/// The key of the decision log and the file of its checkpoints.
struct LogKeyTests {
    private let folder: TemporaryFolder
    private var state: StateFolder { StateFolder(folder.path) }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func make(_ environment: [String: String] = [:]) throws {
        try ServerKeys.make(folder: state, environment: environment, random: SystemEntropy().bytes)
    }

    private func key(_ environment: [String: String] = [:]) throws -> LogVerificationKey {
        try ServerKeys(folder: state, environment: environment).logKey(origin: "log.example").verificationKey
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `LOG-FORMAT: the log's key is made once, with mode 0600, and has the log's name`() throws {
        try make()
        #expect(try mode(state.logKey) == 0o600)
        #expect(try PrivateFile.read(state.logKey).count == 32)
        let first = try key()
        #expect(first.name == "log.example")
        try make()
        #expect(try key() == first)
    }

    @Test func `LOG-FORMAT: the log's key may come from the environment and then no file is made`() throws {
        let environment = ["GODKEND_LOG_KEY": Base64.encode([UInt8](repeating: 7, count: 32))]
        try make(environment)
        #expect(!FileManager.default.fileExists(atPath: state.logKey))
        let made = try LogKey(raw: Array(repeating: 7, count: 32), name: "log.example")
        #expect(try key(environment) == made.verificationKey)
        let missing = #expect(throws: CommandFailure.self) { try key() }
        #expect(missing?.message.hasPrefix("There is no file \(state.logKey)") == true)
        #expect(throws: CommandFailure("GODKEND_LOG_KEY must be 32 bytes in base64.")) {
            try key(["GODKEND_LOG_KEY": "AAAA"])
        }
    }

    @Test(arguments: ["with space", "a+b", ""])
    func `LOG-FORMAT: an origin that is no name of a log stops the start`(origin: String) throws {
        try make()
        let failure = try #require(throws: CommandFailure.self) {
            try ServerKeys(folder: state, environment: [:]).logKey(origin: origin)
        }
        #expect(failure.message.contains("log.origin"))
    }

    @Test func `LOG-FORMAT: a state folder from before the log was signed gets its key at the next start`()
        throws
    {
        try make()
        try FileManager.default.removeItem(atPath: state.logKey)
        #expect(try !ServerKeys.makeLogKey(folder: state, environment: [:]))
        try PrivateFile.write([1], to: state.database)
        #expect(try !ServerKeys.makeLogKey(folder: state, environment: ["GODKEND_LOG_KEY": "x"]))
        #expect(try ServerKeys.makeLogKey(folder: state, environment: [:]))
        #expect(try mode(state.logKey) == 0o600)
        #expect(try !ServerKeys.makeLogKey(folder: state, environment: [:]))
    }

    @Test func `LOG-TAMPER: no new key is made for a log that an old one signed`() throws {
        try make()
        try PrivateFile.write([1], to: state.database)
        try PrivateFile.write([1], to: state.checkpoints)
        try FileManager.default.removeItem(atPath: state.logKey)
        let failure = try #require(throws: CommandFailure.self) {
            try ServerKeys.makeLogKey(folder: state, environment: [:])
        }
        #expect(failure.message.contains("put the key file back"))
        #expect(!FileManager.default.fileExists(atPath: state.logKey))
    }

    // MARK: checkpoints.log

    @Test func `LOG-ATOMIC: notes are appended to a private file and read from its end`() async throws {
        let log = CheckpointsLog(path: state.checkpoints)
        #expect(try log.end(atMost: 10).bytes.isEmpty)
        #expect(try log.end(atMost: 10).isAll)
        try await log.append(Array("first\n".utf8))
        try await log.append(Array("second\n".utf8))
        #expect(try mode(state.checkpoints) == 0o600)
        #expect(try log.end(atMost: 13).bytes == Array("first\nsecond\n".utf8))
        #expect(try log.end(atMost: 13).isAll)
        #expect(try log.end(atMost: 12).bytes == Array("irst\nsecond\n".utf8))
        #expect(try !log.end(atMost: 12).isAll)
        try log.removeLast(7)
        #expect(try log.end(atMost: 100).bytes == Array("first\n".utf8))
        #expect(throws: CocoaError(.fileReadCorruptFile)) { try log.removeLast(7) }
        try await log.append(Array("third\n".utf8))
        #expect(try log.end(atMost: 100).bytes == Array("first\nthird\n".utf8))
    }

    @Test func `LOG-ATOMIC: a note that cannot be written is an error and leaves nothing`() async throws {
        let log = CheckpointsLog(path: folder.path + "/nowhere/checkpoints.log")
        await #expect(throws: CocoaError(.fileWriteUnknown)) { try await log.append([1]) }
        #expect(try log.end(atMost: 10).bytes.isEmpty)
    }

    // MARK: doctor

    private func finding(_ environment: [String: String] = [:]) throws -> Finding {
        let sources = try ConfigurationSources(flags: [], environment: [:], file: nil)
        return Examination.log(state, sources: sources, environment: environment)
    }

    @Test func `LOG-FORMAT: the doctor shows the verification key and knows the last checkpoint`()
        async throws
    {
        #expect(try finding().verdict == .warning)
        try make()
        let unsigned = try finding()
        #expect(unsigned.verdict == .good && unsigned.detail.contains("nothing is signed yet"))
        let key = try ServerKeys(folder: state, environment: [:]).logKey(origin: "log.example")
        let checkpoint = try Checkpoint(origin: key.name, size: 3, root: Array(repeating: 1, count: 32))
        let log = CheckpointsLog(path: state.checkpoints)
        try await log.append(Array(try key.sign(checkpoint).text.utf8))
        let signed = try finding()
        #expect(signed.verdict == .good && signed.detail.contains("3 leaves"))
        #expect(signed.detail.hasPrefix(key.verificationKey.description))
        let raw = try PrivateFile.read(state.logKey)
        #expect(!signed.detail.contains(Base64.encode(raw)))
        let other = try finding(["GODKEND_LOG_KEY": Base64.encode([UInt8](repeating: 9, count: 32))])
        #expect(other.verdict == .bad)
    }
}
