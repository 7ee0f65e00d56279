package import Hummingbird
package import HummingbirdCore
package import Logging
package import Metrics
package import NIOCore
package import Operations
import Vocabulary

/// How the server listens.
package struct ServerOptions: Sendable {
    package var host: String
    /// 0 picks a free one.
    package var port: Int
    package var maximumConnections: Int
    /// Wraps the plain server, as `HTTPServerBuilder.tls` does; nil serves plain HTTP.
    package var secured: (@Sendable (HTTPServerBuilder) throws -> HTTPServerBuilder)?

    package init(
        host: String = "127.0.0.1", port: Int = 0, maximumConnections: Int = 4_096,
        secured: (@Sendable (HTTPServerBuilder) throws -> HTTPServerBuilder)? = nil
    ) {
        self.host = host
        self.port = port
        self.maximumConnections = maximumConnections
        self.secured = secured
    }
}

/// The HTTP server around a router, with the limits of reliability rule 9.
package enum GatewayServer {
    /// `onServerRunning` gets the bound channel, whose address tells the port.
    package static func application(
        router: Router<GatewayRequestContext>, gateway: Gateway, options: ServerOptions, logger: Logger,
        metrics: any MetricsFactory = PrometheusText.shared,
        onServerRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }
    ) throws -> Application<RouterResponder<GatewayRequestContext>> {
        let refuser = ConnectionGuard.Refuser(
            publicURL: gateway.settings.publicURL, newRequestID: { gateway.newRequestID().text },
            meters: RequestMeters(factory: metrics), logger: logger)
        let plain = server(limits: ConnectionState.Limits(), refuser: refuser)
        return Application(
            router: router, server: try options.secured?(plain) ?? plain,
            configuration: .init(
                address: .hostname(options.host, port: options.port), backlog: 1_024,
                availableConnectionsDelegate: .maximum(options.maximumConnections, logger: logger)),
            onServerRunning: onServerRunning, logger: logger)
    }

    /// 64 header fields and 16 KiB of them; the guard sees to the rest.
    static func server(limits: ConnectionState.Limits, refuser: ConnectionGuard.Refuser) -> HTTPServerBuilder
    {
        .http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(limits: limits, refuser: refuser)],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 64)))
    }
}
