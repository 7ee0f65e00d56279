import ArgumentParser
import Foundation
import Operations
import Proofs
import Records

/// `godkend audit verify`: the log against its checkpoints, and the state against the log.
struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Prove that the log was not changed and that the state is what it says.",
        discussion: """
            Reads the state folder's godkend.sqlite and checkpoints.log, beside a running server or as copies. \
            What a checkpoint covers cannot have been changed since without being found: keep one elsewhere \
            and name it with --checkpoint.

            Exits with 1 and names each finding when something is wrong.
            """)

    @OptionGroup var state: StateOption

    @Option(
        name: .customLong("checkpoint"), parsing: .singleValue,
        help: ArgumentHelp("A checkpoint kept elsewhere; may be repeated.", valueName: "file"))
    var held: [String] = []

    @Option(
        help: ArgumentHelp(
            "The log's verification key, as /log/vkey gives it; else that of the folder's log.key.",
            valueName: "key"))
    var vkey: String?

    @OptionGroup var output: FormatOption

    func run() async throws {
        guard output.format != .csv else { throw ValidationError("A verification is a table or json.") }
        let folder = state.folder
        try folder.mustExist()
        guard FileManager.default.fileExists(atPath: folder.database) else {
            throw CommandFailure("There is no \(folder.database): name the folder that has it with --state.")
        }
        let source = VerificationSource(
            folder: folder, environment: ProcessInfo.processInfo.environment,
            held: try held.map(Self.read))
        let key = try source.key(vkey: vkey)
        let trust = key.map { CheckpointTrust(key: $0, file: folder.checkpoints, held: source.held) }
        let report = AuditVerifier(path: folder.database, checkpoints: trust, keys: try source.keyRing())
            .verify()
        let answer = VerificationAnswer(report: report, key: key)
        answer.lines(output.format).forEach(Terminal.say)
        if !answer.isGood { throw ExitCode(1) }
    }

    private static func read(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("There is no checkpoint at \(path).")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

/// Where the keys for a verification come from.
struct VerificationSource {
    let folder: StateFolder
    let environment: [String: String]
    /// Checkpoints kept elsewhere.
    let held: [String]

    /// The key that checkpoints are verified with; nil when there is none of either.
    func key(vkey: String?) throws -> LogVerificationKey? {
        if let vkey {
            do {
                return try LogVerificationKey(parsing: vkey)
            } catch {
                throw ValidationError("The key of --vkey cannot be used. \(error.explanation)")
            }
        }
        let files = FileManager.default
        let hasKey = environment[ServerKeys.logVariable] != nil || files.fileExists(atPath: folder.logKey)
        guard hasKey else {
            guard held.isEmpty, !files.fileExists(atPath: folder.checkpoints) else {
                throw ValidationError("The folder has no log.key: name the log's key with --vkey.")
            }
            return nil
        }
        let keys = try ServerKeys(folder: folder, environment: environment)
        return try keys.logKey(origin: try origin()).verificationKey
    }

    /// What opens personal inputs; nil on a copy without the key.
    func keyRing() throws -> KeyRing? {
        guard
            environment[ServerKeys.masterVariable] != nil
                || FileManager.default.fileExists(atPath: folder.masterKey)
        else { return nil }
        return try ServerKeys(folder: folder, environment: environment).ring
    }

    /// The log's name, as its last checkpoint has it, or else the first that was kept elsewhere. The key says
    /// whether either is true.
    private func origin() throws -> String {
        let last = try? LastCheckpoint.find(in: CheckpointsLog(path: folder.checkpoints)).note
        if let last { return last.unverified.origin }
        let first = held.first.flatMap { try? SignedNote(parsing: $0) }
        let checkpoint = first.flatMap { try? Checkpoint(parsing: $0.text) }
        return checkpoint?.origin ?? "log"
    }
}
