package import Vocabulary
import NIOSSL

/// All that there is to know about the way to a bank.
package struct ISO8583Link: Sendable {
    package var address: ISO8583Address
    package var framing: ISO8583Framing
    package var dialect: ISO8583Dialect
    package var terminal: ISO8583Terminal
    package var life: ISO8583LineLife
    /// Nil: plain TCP.
    package var security: ISO8583Security?

    package init(
        address: ISO8583Address, framing: ISO8583Framing = ISO8583Framing(),
        dialect: ISO8583Dialect = ISO8583Dialect(), terminal: ISO8583Terminal = ISO8583Terminal(),
        life: ISO8583LineLife = ISO8583LineLife(), security: ISO8583Security? = nil
    ) {
        self.address = address
        self.framing = framing
        self.dialect = dialect
        self.terminal = terminal
        self.life = life
        self.security = security
    }
}

/// What keeps a connection alive, and what ends it.
package struct ISO8583LineLife: Sendable, Hashable {
    /// An 0800 with 001 goes first on each connection, and its answer must say yes.
    package var signsOn: Bool
    /// Seconds without a frame of the bank's before an echo test is sent; 0: never.
    package var echoSeconds: Int64
    /// Seconds without a frame of ours before an empty one is sent; 0: never.
    package var keepAliveSeconds: Int64
    /// Milliseconds to wait for the answer to an 0800.
    package var signalMilliseconds: Int64
    /// Milliseconds that an answer which fits only nearly is held back for a better one.
    package var graceMilliseconds: Int64
    /// Pauses between attempts to connect.
    package var backoff: Backoff

    package init(
        signsOn: Bool = false, echoSeconds: Int64 = 0, keepAliveSeconds: Int64 = 0,
        signalMilliseconds: Int64 = 5_000, graceMilliseconds: Int64 = 500,
        backoff: Backoff = Backoff()
    ) {
        self.signsOn = signsOn
        self.echoSeconds = echoSeconds
        self.keepAliveSeconds = keepAliveSeconds
        self.signalMilliseconds = signalMilliseconds
        self.graceMilliseconds = graceMilliseconds
        self.backoff = backoff
    }
}

/// TLS to the bank: whom we believe, and who we are.
package struct ISO8583Security: Sendable {
    let context: NIOSSLContext
    /// The name that the bank's certificate must have; nil: the address it is reached at.
    let name: String?

    /// Reads PEM files. Only certificates under `roots` are believed; `certificate` and `key` are our own.
    package init(roots: String, certificate: String?, key: String?, name: String?) throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(roots))
        if let certificate, let key {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(certificate).map {
                .certificate($0)
            }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        }
        context = try NIOSSLContext(configuration: configuration)
        self.name = name
    }
}
