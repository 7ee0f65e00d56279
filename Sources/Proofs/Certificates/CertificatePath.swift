import SwiftASN1
import Vocabulary
import X509

/// Why certificates lead to no pinned root. Positions count from the leaf, which is 0.
package enum PathFlaw: Error, Hashable, Sendable {
    /// No pinned certificate is the last one or signed it.
    case noRoot
    /// The next certificate's key did not sign this one.
    case notSigned(position: Int)
    /// Signed by an algorithm that is not taken.
    case algorithm(position: Int)
    /// Not a certificate of version 3.
    case version(position: Int)
    /// A critical extension that we do not understand, or a limit that we do not evaluate.
    case criticalExtension(position: Int)
    /// An issuer that may not issue.
    case notAuthority(position: Int)
    /// An authority where the signer should be.
    case leafIsAuthority
    /// `keyUsage` is missing or does not allow what the key was used for.
    case keyUsage(position: Int)
    /// More authorities below this one than it allows.
    case pathTooLong(position: Int)
}

/// A leaf, its issuers and the pinned certificate they end at; each was signed by the next.
///
/// Validity in time is not part of it: that depends on the signing time, which RX-TIME judges.
struct CertificatePath: Sendable {
    /// Leaf first, the pinned certificate last. A pinned leaf stands alone.
    let certificates: [ParsedCertificate]

    var leaf: ParsedCertificate { certificates[0] }
    /// SHA-256 of the pinned certificate.
    var anchorDigest: [UInt8] { certificates[certificates.count - 1].digest }

    /// The certificates that somebody may have revoked, each with its issuer: all but the pinned one.
    var links: [(subject: ParsedCertificate, issuer: ParsedCertificate)] {
        zip(certificates, certificates.dropFirst()).map { ($0, $1) }
    }

    private init(_ certificates: [ParsedCertificate]) {
        self.certificates = certificates
    }

    /// Builds and checks the path. `chain` is not empty; it may end with the pinned certificate or before it.
    static func build(
        _ chain: [ParsedCertificate], anchors: [ParsedCertificate]
    ) throws(PathFlaw) -> CertificatePath {
        for position in chain.indices.dropLast() {
            try check(chain[position], at: position, signedByOneOf: [chain[position + 1]])
        }
        let path = CertificatePath(try anchored(chain, anchors: anchors))
        try path.checkRules()
        return path
    }

    private static func anchored(
        _ chain: [ParsedCertificate], anchors: [ParsedCertificate]
    ) throws(PathFlaw) -> [ParsedCertificate] {
        let pinned = Set(anchors.map(\.digest))
        if let position = chain.firstIndex(where: { pinned.contains($0.digest) }) {
            return Array(chain[...position])
        }
        guard let last = chain.last else { throw .noRoot }
        let issuers = anchors.filter { last.names(issuer: $0) && $0.isAuthority }
        guard !issuers.isEmpty else { throw .noRoot }
        return chain + [try check(last, at: chain.count - 1, signedByOneOf: issuers)]
    }

    /// The issuer whose key signed the certificate.
    @discardableResult
    private static func check(
        _ certificate: ParsedCertificate, at position: Int, signedByOneOf issuers: [ParsedCertificate]
    ) throws(PathFlaw) -> ParsedCertificate {
        guard SignatureRule.allows(certificate.certificate.signatureAlgorithm) else {
            throw .algorithm(position: position)
        }
        guard let issuer = issuers.first(where: { certificate.isSigned(by: $0) }) else {
            throw .notSigned(position: position)
        }
        return issuer
    }

    private func checkRules() throws(PathFlaw) {
        var authoritiesBelow = 0
        for (position, parsed) in certificates.enumerated() {
            guard parsed.certificate.version == .v3 else { throw .version(position: position) }
            guard Self.understandsExtensions(of: parsed) else {
                throw .criticalExtension(position: position)
            }
            if position == 0 {
                try checkLeaf(parsed)
            } else {
                try check(authority: parsed, position: position, below: authoritiesBelow)
                if !parsed.isSelfIssued { authoritiesBelow += 1 }
            }
        }
    }

    private func checkLeaf(_ leaf: ParsedCertificate) throws(PathFlaw) {
        guard !leaf.isAuthority else { throw .leafIsAuthority }
        guard let usage = leaf.keyUsage, usage.digitalSignature || usage.nonRepudiation else {
            throw .keyUsage(position: 0)
        }
    }

    private func check(authority: ParsedCertificate, position: Int, below: Int) throws(PathFlaw) {
        guard let limit = authority.pathLimit else { throw .notAuthority(position: position) }
        guard let usage = authority.keyUsage, usage.keyCertSign else { throw .keyUsage(position: position) }
        guard below <= limit else { throw .pathTooLong(position: position) }
    }

    /// Understood are `basicConstraints` and `keyUsage`. A list of names is a limit even where it is not
    /// marked critical (RFC 5280 section 4.2.1.10), so it is refused always.
    private static func understandsExtensions(of parsed: ParsedCertificate) -> Bool {
        parsed.certificate.extensions.allSatisfy { found in
            switch found.oid {
            case .X509ExtensionID.basicConstraints, .X509ExtensionID.keyUsage: true
            case .X509ExtensionID.nameConstraints: false
            default: !found.critical
            }
        }
    }
}
