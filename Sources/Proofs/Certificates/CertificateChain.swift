import Notation

/// Why the certificates of a header are not one leaf and its issuers in order. Positions count from the leaf,
/// which is 0.
package enum CertificateFlaw: Hashable, Sendable {
    /// No `x5c`, or not a list of texts.
    case missing
    case empty
    case tooMany(Int)
    /// Not strict base64 of exactly one certificate in DER.
    case malformed(position: Int)
    case repeated(position: Int)
    /// Not the issuer of the one before it, by name.
    case foreign(position: Int)
    /// `x5t#S256` is missing or is not the hash of the leaf.
    case wrongThumbprint
}

/// The certificates of a header, taken apart. Nobody has checked a signature or a root yet.
struct CertificateChain: Sendable {
    /// The most certificates taken, the leaf and the root included.
    static let most = 5
    /// The longest certificate taken, in bytes.
    static let longestCertificate = 8 * 1024

    /// The first certificate, if it can be read: its key checks the signature even when others are amiss.
    let leaf: ParsedCertificate?
    /// All of them, leaf first; nil when one of them cannot be read.
    let certificates: [ParsedCertificate]?
    /// What is amiss; nil when all is in order.
    let flaw: CertificateFlaw?

    init(header: JSONObject) {
        let entries = header["x5c"]?.array
        let texts = (entries ?? []).compactMap(\.text)
        let parsed = texts.prefix(Self.most).map { text in
            Base64.decode(text).flatMap { ParsedCertificate($0) }
        }
        let whole = parsed.compactMap(\.self)
        let isReadable =
            whole.count == texts.count && texts.count == entries?.count && !whole.isEmpty
        leaf = parsed.first ?? nil
        certificates = isReadable ? whole : nil
        guard let entries, texts.count == entries.count else {
            flaw = .missing
            return
        }
        flaw =
            Self.flaw(count: entries.count, parsed: parsed)
            ?? Self.disorder(whole) ?? Self.thumbprintFlaw(header["x5t#S256"], leaf: whole.first)
    }

    /// The certificates as they were kept.
    init(_ chain: [[UInt8]]) {
        self.init(header: [
            "x5c": .array(chain.map { .text(Base64.encode($0)) }),
            "x5t#S256": .text(Base64URL.encode(Digest.sha256(chain.first ?? []))),
        ])
    }

    private static func flaw(count: Int, parsed: [ParsedCertificate?]) -> CertificateFlaw? {
        if count == 0 { return .empty }
        if count > most { return .tooMany(count) }
        return parsed.firstIndex { $0 == nil }.map { .malformed(position: $0) }
    }

    private static func disorder(_ chain: [ParsedCertificate]) -> CertificateFlaw? {
        for position in chain.indices.dropFirst() {
            let (before, this) = (chain[position - 1], chain[position])
            if chain[..<position].contains(where: { $0.digest == this.digest }) {
                return .repeated(position: position)
            }
            guard before.names(issuer: this), this.isAuthority else {
                return .foreign(position: position)
            }
        }
        return nil
    }

    private static func thumbprintFlaw(_ thumbprint: JSON?, leaf: ParsedCertificate?) -> CertificateFlaw? {
        guard let leaf, thumbprint == .text(Base64URL.encode(leaf.digest)) else { return .wrongThumbprint }
        return nil
    }
}
