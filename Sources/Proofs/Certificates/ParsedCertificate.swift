import SwiftASN1
import Vocabulary
import X509

/// A certificate and the very bytes it was read from. Nothing vouches for it yet.
struct ParsedCertificate: Sendable {
    let der: [UInt8]
    /// SHA-256 of `der`.
    let digest: [UInt8]
    let certificate: Certificate
    let notBefore: Instant
    let notAfter: Instant

    /// Takes exactly one certificate in DER and nothing after it.
    init?(_ der: [UInt8]) {
        guard der.count <= CertificateChain.longestCertificate,
            let certificate = try? Certificate(derEncoded: der), let body = try? SignedBody(der)
        else { return nil }
        self.der = der
        digest = Digest.sha256(der)
        self.certificate = certificate
        notBefore = body.notBefore
        notAfter = body.notAfter
    }

    /// What is read from the bytes beside X509's own reading.
    private struct SignedBody {
        let notBefore: Instant
        let notAfter: Instant

        init(_ der: [UInt8]) throws {
            let parts = try Self.children(of: DER.parse(der))
            guard parts.count == 3, try ASN1BitString(derEncoded: parts[2]).paddingBits == 0 else {
                throw DERFlaw.notExpected
            }
            // Of version [0], serialNumber, signature, issuer, validity and so on: those that are sequences.
            let sequences = try Self.children(of: parts[0]).filter { $0.identifier == .sequence }
            // RFC 5280 section 4.1.1.2: the algorithm stands twice and is the same. Only one is signed.
            guard sequences.count > 2, sequences[0].encodedBytes == parts[1].encodedBytes else {
                throw DERFlaw.notExpected
            }
            (notBefore, notAfter) = try DER.sequence(sequences[2], identifier: .sequence) { nodes in
                guard let from = nodes.next(), let to = nodes.next() else { throw DERFlaw.notExpected }
                return (try DERTime.read(from), try DERTime.read(to))
            }
        }

        private static func children(of node: ASN1Node) throws -> [ASN1Node] {
            guard case .constructed(let children) = node.content else { throw DERFlaw.notExpected }
            return Array(children)
        }
    }

    /// Whether it says that it may issue others.
    var isAuthority: Bool { pathLimit != nil }

    /// How many authorities may stand below it, `.max` where it does not say; nil for an end certificate.
    var pathLimit: Int? {
        switch try? certificate.extensions.basicConstraints {
        case .isCertificateAuthority(let limit): limit ?? .max
        case .notCertificateAuthority, nil: nil
        }
    }

    /// What the key is for; nil when the certificate does not say or says it wrongly.
    var keyUsage: KeyUsage? { try? certificate.extensions.keyUsage }

    /// The public key without its algorithm: what key identifiers and OCSP hash.
    var keyBytes: [UInt8] { [UInt8](certificate.publicKey.subjectPublicKeyInfoBytes) }

    var isSelfIssued: Bool { certificate.issuer == certificate.subject }

    /// Whether this certificate names the other one's subject as its issuer.
    func names(issuer: ParsedCertificate) -> Bool { certificate.issuer == issuer.certificate.subject }

    func isValid(at moment: Instant) -> Bool { notBefore <= moment && moment <= notAfter }

    /// Whether the other certificate's key signed this one, by an algorithm of our list.
    func isSigned(by issuer: ParsedCertificate) -> Bool {
        SignatureRule.allows(certificate.signatureAlgorithm)
            && issuer.certificate.publicKey.isValidSignature(certificate.signature, for: certificate)
    }
}
