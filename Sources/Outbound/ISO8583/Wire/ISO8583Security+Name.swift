import NIOCore
import NIOSSL

/// Why a bank's certificate is not believed although its issuer is.
enum ISO8583SecurityError: Error, Sendable, Hashable {
    /// It has not the name that `acquirer.tls_name` asks for.
    case otherName
}

extension ISO8583Security {
    /// The TLS of one connection to `host`.
    ///
    /// NIOSSL takes a certificate that has the name, or the address that the connection leads to. Where a
    /// name is set, the name alone counts. An address of digits has no name to ask for: the certificate must
    /// have the address itself then.
    func handler(for host: String) throws -> NIOSSLClientHandler {
        guard let name else {
            let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
            return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
        }
        return try NIOSSLClientHandler._makeSSLClientHandler(context: context, serverHostname: name) {
            certificate, channel in
            let names = certificate._subjectAlternativeNames()
                .filter { $0.nameType == .dnsName }.map { Array($0.contents) }
            guard names.contains(where: { Self.covers($0, Array(name.utf8)) }) else {
                return channel.eventLoop.makeFailedFuture(ISO8583SecurityError.otherName)
            }
            return channel.eventLoop.makeSucceededVoidFuture()
        }
    }

    /// Whether a name of a certificate is this one: ASCII letters without case, and `*` for the whole first
    /// label (RFC 9525, section 6.3).
    static func covers(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
        func lowered(_ bytes: some Sequence<UInt8>) -> [UInt8] {
            bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        }
        guard pattern.starts(with: Array("*.".utf8)) else { return lowered(pattern) == lowered(name) }
        guard let dot = name.firstIndex(of: UInt8(ascii: ".")), dot > 0 else { return false }
        return lowered(pattern.dropFirst()) == lowered(name[dot...])
    }
}
