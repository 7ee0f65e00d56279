import API
import Foundation
import Hummingbird
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import Operations
import Outbound
import Pages

/// The gateway put together: the one place where ports get their adapters.
struct Assembly {
    let gateway: Gateway
    private let acquirer: OpenAcquirer
    /// Whether the log's key is new to a database that was there before it.
    private let madeLogKey: Bool
    private let folder: StateFolder
    private let environment: [String: String]

    /// Reads the keys, opens the acquirer and then the database of a state folder whose lock we hold.
    init(
        folder: StateFolder, settings: Settings, merchants: MerchantBook, environment: [String: String],
        clock given: SteadyClock? = nil, trust: any TrustSource = EmptyTrust(), logger: Logger
    ) throws {
        (self.folder, self.environment) = (folder, environment)
        try folder.mustHaveItsDatabase()
        madeLogKey = try ServerKeys.makeLogKey(folder: folder, environment: environment)
        let clock = given ?? SteadyClock(SystemClocks(), terms: settings.clockTerms)
        let keys = try ServerKeys(folder: folder, environment: environment)
        let logKey = try keys.logKey(origin: settings.logOrigin)
        acquirer = try OpenAcquirer(settings, folder: folder, clock: clock, logger: logger)
        do {
            gateway = try Gateway(
                GatewayParts(
                    databasePath: folder.database, settings: settings, merchants: merchants,
                    clock: clock, entropy: SystemEntropy(), keys: keys.ring,
                    receiptKeys: keys.receipts, logKey: logKey,
                    checkpoints: CheckpointsLog(path: folder.checkpoints), acquirer: acquirer.port,
                    passwords: Self.passwords(), trust: trust,
                    answers: { JSONAnswers(presenter: $0) }, logger: logger))
        } catch {
            throw CommandFailure(
                "The database \(folder.database) cannot be opened (\(type(of: error))): see `godkend doctor`."
            )
        }
    }

    /// Refuses keys that are not those of the database. Done before anything is read or written with them.
    func checkKeys() async throws {
        do {
            try await gateway.checkKeys()
        } catch let wrong as WrongKeys {
            throw CommandFailure(ServerKeys.explanation(of: wrong, folder: folder, environment: environment))
        }
    }

    /// What is to be done once before the server runs.
    func prepare() async throws {
        try await checkKeys()
        if madeLogKey { try await gateway.recordLogKeyMade() }
        try await gateway.recordConfiguration()
    }

    /// The HTTP server.
    static func api(
        gateway: Gateway, host: String, port: Int, tls: TLSConfiguration?, logger: Logger,
        onServerRunning: @escaping @Sendable (any Channel) async -> Void
    ) throws -> some ApplicationProtocol {
        var options = ServerOptions(host: host, port: port)
        if let tls {
            options.secured = { try .tls($0, tlsConfiguration: tls) }
        }
        let router = APIRouter.make(gateway: gateway, pagePaths: ConfirmationPages.paths + ConsolePages.paths)
        ConfirmationPages.add(to: router)
        try ConsolePages.add(to: router, gateway: gateway)
        return try GatewayServer.application(
            router: router, gateway: gateway, options: options, logger: logger,
            onServerRunning: onServerRunning)
    }

    /// Hashing leaves one processor to the requests: on Linux both live on the threads of Dispatch, and a
    /// flood of sign-ins would stop everything else.
    private static func passwords() -> PasswordWorkers {
        PasswordWorkers(atOnce: max(1, ProcessInfo.processInfo.activeProcessorCount - 1))
    }

    /// Finishes what was begun and closes database and acquirer.
    func close() async {
        await gateway.close()
        await acquirer.shutdown()
    }
}
