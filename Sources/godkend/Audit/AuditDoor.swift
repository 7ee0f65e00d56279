import Foundation
import Logging
import Notation
import Operations
import Proofs
import Records
import Vocabulary

/// The way to whoever audits: the running server, this process with the writer's lock, or a copy.
struct AuditDoor {
    let folder: StateFolder
    /// The file with the operator's session, when it is not the usual one.
    let session: String?
    /// The folder holds a copy: it is read as it is, and nothing is recorded.
    let isCopy: Bool
    /// The log's verification key, for a copy without the log's own.
    let vkey: String?

    /// Orders for the server, or for this process in its place.
    func open<Result: Sendable>(_ body: (any IssuerPort) async throws -> Result) async throws -> Result {
        try folder.mustExist()
        guard !isCopy || isBareCopy else {
            throw CommandFailure(
                "\(folder.path) has the keys of a gateway: its reads are recorded, so leave out --copy.")
        }
        if isBareCopy {
            Terminal.complain("This is a copy: what is read here is not recorded.")
            let copy = try AuditCopyPort(folder: folder, vkey: vkey)
            defer { copy.close() }
            return try await body(copy)
        }
        let token = try OperatorSessionFile(session, in: folder).token()
        guard let lock = try StateLock.attempt(folder) else {
            return try await body(
                SessionPort(port: ControlClient(socket: folder.controlSocket), session: token))
        }
        let result = try await local { try await body(SessionPort(port: $0, session: token)) }
        withExtendedLifetime(lock) {}
        return result
    }

    /// A database without the master key beside it belongs to no server.
    private var isBareCopy: Bool {
        let environment = ProcessInfo.processInfo.environment
        return environment[ServerKeys.masterVariable] == nil
            && !FileManager.default.fileExists(atPath: folder.masterKey)
    }

    private func local<Result: Sendable>(
        _ body: (any IssuerPort) async throws -> Result
    ) async throws -> Result {
        let environment = ProcessInfo.processInfo.environment
        // The log keeps the name under which it was signed last: the server's, not that of this command.
        let last = try? LastCheckpoint.find(in: CheckpointsLog(path: folder.checkpoints)).note
        let flags = last.map { ["\(SettingKey.logOrigin.rawValue)=\($0.unverified.origin)"] } ?? []
        let sources = try ConfigurationSources(flags: flags, environment: environment, file: nil)
        let isLive = sources.value(.mode).value == "live"
        let parts = try Assembly(
            folder: folder,
            settings: sources.settings(listening: isLive ? "https://localhost" : "http://localhost"),
            merchants: MerchantBook([]), environment: environment, logger: Logger(label: "godkend"))
        do {
            try await parts.checkKeys()
            let result = try await body(IssuerDesk(gateway: parts.gateway))
            await parts.close()
            return result
        } catch {
            await parts.close()
            throw error
        }
    }
}
