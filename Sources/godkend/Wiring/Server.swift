import Foundation
import Hummingbird
import Logging
import NIOCore
import Operations
import ServiceLifecycle
import UnixSignals

/// A server that is ready to run: state locked, keys and configuration checked, merchants read.
struct Server {
    let gateway: Gateway
    /// `http://127.0.0.1:8080`: where it will listen.
    let address: String
    private let group: ServiceGroup
    private let parts: Assembly
    private let lock: StateLock
    private let limit: ShutdownLimit

    /// Prepares everything; `onReady` runs when the port takes connections.
    init(
        _ plan: ServerPlan, logger: Logger, signals: [UnixSignal],
        onReady: @escaping @Sendable (String) async -> Void
    ) async throws {
        // Whatever this process makes from now on, only its user can read.
        umask(0o077)
        lock = try Self.lock(plan)
        let port = plan.port == 0 ? try await FreePort.find(host: plan.host) : plan.port
        let address = Self.address(plan, port: port)
        self.address = address
        let settings = try plan.sources.settings(listening: address)
        let merchants = MerchantBook(try plan.merchants.load())
        let clock = SteadyClock(SystemClocks(), terms: settings.clockTerms)
        let trust = TrustFolder(
            path: plan.trust ?? plan.folder.trust, clock: clock, logger: logger)
        // A server with a broken trust folder does not start; one that breaks later keeps the old trust.
        _ = try trust.current()
        parts = try Assembly(
            folder: plan.folder, settings: settings, merchants: merchants, environment: plan.environment,
            clock: clock, trust: trust, logger: logger)
        try await parts.prepare()
        let gateway = parts.gateway
        self.gateway = gateway
        let api = try Assembly.api(
            gateway: gateway, host: plan.host, port: port, tls: plan.tls, logger: logger
        ) { _ in await onReady(address) }
        let control = try ControlServer.application(
            socket: plan.folder.controlSocket, issuer: IssuerDesk(gateway: gateway), logger: logger)
        let reload = MerchantReload(
            folder: plan.merchants, replace: { try await gateway.replaceMerchants(with: $0) }, logger: logger)
        limit = ShutdownLimit(logger: logger)
        // Shut down from the last to the first: no new requests, then no new orders, then the driver.
        group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: DriverService(gateway: gateway)), .init(service: control),
                    .init(service: reload), .init(service: api), .init(service: limit),
                ],
                gracefulShutdownSignals: signals, logger: logger))
    }

    /// Runs until it is told to stop, then finishes what was begun and closes the database.
    func run() async throws {
        defer { limit.settle() }
        do {
            try await group.run()
        } catch {
            await parts.close()
            throw error
        }
        await parts.close()
        withExtendedLifetime(lock) {}
    }

    func stop() async {
        await group.triggerGracefulShutdown()
    }

    private static func lock(_ plan: ServerPlan) throws -> StateLock {
        if plan.makesState {
            try plan.folder.make()
        } else {
            try plan.folder.mustExist()
        }
        guard let lock = try StateLock.attempt(plan.folder) else {
            throw CommandFailure(
                "Another server works on \(plan.folder.path): stop it or choose another --state.")
        }
        if plan.makesState {
            try ServerKeys.make(
                folder: plan.folder, environment: plan.environment, random: SystemEntropy().bytes)
        }
        return lock
    }

    /// A wildcard address is no address to call: this machine's own name stands for it.
    private static func address(_ plan: ServerPlan, port: Int) -> String {
        let wildcards = ["0.0.0.0", "::", "*"]
        let host = wildcards.contains(plan.host) ? "127.0.0.1" : plan.host
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(plan.tls == nil ? "http" : "https")://\(name):\(port)"
    }
}

/// The driver of what was recorded: acquirer intents, expiries. Ends with the server.
struct DriverService: Service {
    let gateway: Gateway

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await gateway.run()
            } catch is CancellationError {
                // The end that was asked for.
            }
        }
    }
}
