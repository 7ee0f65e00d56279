import API
import ArgumentParser
import Foundation
import Logging
import Metrics
import NIOSSL
import Operations
import UnixSignals

/// `godkend serve`: the gateway.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the gateway until SIGTERM or SIGINT.",
        discussion: """
            SIGHUP reads the merchants again, whole or not at all. Logs are JSON lines on standard error; standard \
            output has one line when the server is ready. Configuration: --set, then GODKEND_… in the \
            environment, then --config, then the defaults; `godkend doctor` shows which it is.
            """)

    @Flag(name: .customLong("init"), help: "Make the state folder and its keys when they are not there.")
    var initialise = false
    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"
    @Option(help: "Port to listen on; 0 takes a free one.")
    var port = 8_080
    @Option(help: ArgumentHelp("Certificate chain in PEM, for TLS.", valueName: "file"))
    var tlsCertificate: String?
    @Option(help: ArgumentHelp("Private key in PEM, for TLS.", valueName: "file"))
    var tlsKey: String?
    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel = "info"
    @OptionGroup var state: StateOption
    @OptionGroup var merchants: MerchantsOption
    @OptionGroup var trust: TrustOption
    @OptionGroup var configurationOptions: ConfigurationOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port takes 0 to 65535.") }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("Give --tls-certificate and --tls-key together.")
        }
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("--log-level takes trace, debug, info, notice, warning, error or critical.")
        }
    }

    func run() async throws {
        MetricsSystem.bootstrap(PrometheusText.shared)
        ServerLog.bootstrap(level: Logger.Level(rawValue: logLevel) ?? .info)
        let logger = Logger(label: "godkend")
        let plan = ServerPlan(
            folder: state.folder, merchants: merchants.folder, host: host, port: port,
            sources: try configurationOptions.sources(),
            environment: ProcessInfo.processInfo.environment, tls: try tls(), makesState: initialise,
            trust: trust.path)
        let server = try await Server(plan, logger: logger, signals: [.sigterm, .sigint]) { address in
            Terminal.say("godkend is ready at \(address)")
        }
        try await server.run()
    }

    private func tls() throws -> TLSConfiguration? {
        guard let tlsCertificate, let tlsKey else { return nil }
        try PrivateFile.check(tlsKey)
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(tlsCertificate).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: tlsKey, format: .pem)
            return TLSConfiguration.makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(key))
        } catch {
            throw CommandFailure(
                "\(tlsCertificate) and \(tlsKey) are no certificate and key in PEM: check both files.")
        }
    }
}
