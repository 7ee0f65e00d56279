import Foundation
import Logging
import Operations

/// The way to the issuer: through the running server when there is one, in this process when there is none.
enum IssuerDoor {
    /// Does something as the issuer. Without a server this process takes the writer's lock for as long.
    ///
    /// - Parameter session: the file with the operator's session, when it is not the usual one.
    static func open<Result: Sendable>(
        _ folder: StateFolder, session: String? = nil, _ body: (any IssuerPort) async throws -> Result
    ) async throws -> Result {
        try folder.mustExist()
        let token = try OperatorSessionFile(session, in: folder).token()
        guard let lock = try StateLock.attempt(folder) else {
            return try await body(
                SessionPort(port: ControlClient(socket: folder.controlSocket), session: token))
        }
        let result = try await local(folder) { try await body(SessionPort(port: $0, session: token)) }
        withExtendedLifetime(lock) {}
        return result
    }

    private static func local<Result: Sendable>(
        _ folder: StateFolder, _ body: (any IssuerPort) async throws -> Result
    ) async throws -> Result {
        let environment = ProcessInfo.processInfo.environment
        let sources = try ConfigurationSources(flags: [], environment: environment, file: nil)
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
