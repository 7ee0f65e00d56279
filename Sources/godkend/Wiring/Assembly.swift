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

    /// Reads the keys, opens the acquirer and then the database of a state folder whose lock we hold.
    init(
        folder: StateFolder, settings: Settings, merchants: MerchantBook, environment: [String: String],
        clock given: SteadyClock? = nil, trust: any TrustSource = EmptyTrust(), logger: Logger
    ) throws {
        madeLogKey = try ServerKeys.makeLogKey(folder: folder, environment: environment)
        let clock = given ?? SteadyClock(SystemClocks(), terms: settings.clockTerms)
        let keys = try ServerKeys(folder: folder, environment: environment)
        let logKey = try keys.logKey(origin: settings.logOrigin)
        acquirer = try OpenAcquirer(settings, folder: folder, clock: clock)
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

    /// What is to be done once before the server runs.
    func prepare() async throws {
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

/// The acquirer that the configuration names.
enum OpenAcquirer {
    case sandbox(SandboxAcquirer)
    case iso8583(ISO8583Acquirer)

    init(_ settings: Settings, folder: StateFolder, clock: any Operations.Clock) throws {
        switch settings.acquirerKind {
        case .sandbox:
            let books = settings.acquirerBooks ?? folder.acquirerBooks
            do {
                self = .sandbox(try SandboxAcquirer(booksAt: books, clock: clock))
            } catch {
                throw CommandFailure(
                    "The sandbox acquirer's books \(books) cannot be opened: check acquirer.books and its owner."
                )
            }
        case .iso8583:
            self = .iso8583(
                ISO8583Acquirer(address: try Self.address(settings.acquirerAddress), clock: clock))
        }
    }

    var port: any Acquirer {
        switch self {
        case .sandbox(let acquirer): acquirer
        case .iso8583(let acquirer): acquirer
        }
    }

    func shutdown() async {
        switch self {
        case .sandbox(let acquirer): acquirer.shutdown()
        case .iso8583(let acquirer): await acquirer.shutdown()
        }
    }

    /// `host:port` or `host:port/institution`, the number of data element 32.
    static func address(_ text: String?) throws -> ISO8583Address {
        let parts = (text ?? "").split(separator: "/", omittingEmptySubsequences: false)
        let place = (parts.first ?? "").split(separator: ":", omittingEmptySubsequences: false)
        let institution = parts.count > 1 ? String(parts[1]) : "1"
        guard (1...2).contains(parts.count), place.count == 2, !place[0].isEmpty,
            let port = Int(place[1]), (1...65_535).contains(port),
            (1...11).contains(institution.utf8.count), institution.utf8.allSatisfy({ (48...57).contains($0) })
        else {
            throw CommandFailure("acquirer.address takes host:port or host:port/institution number.")
        }
        return ISO8583Address(host: String(place[0]), port: port, institution: institution)
    }
}
