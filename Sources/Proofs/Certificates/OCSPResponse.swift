import SwiftASN1
import Vocabulary
import X509

/// An OCSP response (RFC 6960 section 4.2), taken apart. Nobody has checked who signed it.
struct OCSPResponse: Sendable {
    /// The longest response taken, in bytes.
    static let longest = 64 * 1024

    /// What it says about one certificate.
    struct Single: Sendable {
        let certificate: OCSPCertificateID
        let status: OCSPStatus
        let thisUpdate: Instant
        let nextUpdate: Instant?
    }

    /// SHA-256 of the whole.
    let digest: [UInt8]
    let responder: OCSPResponderID
    let producedAt: Instant
    let singles: [Single]
    /// The certificates sent along; those that cannot be read are left out.
    let certificates: [ParsedCertificate]
    private let signature: DERSignature

    /// Takes exactly one successful basic response in DER and nothing after it.
    init?(_ der: [UInt8]) {
        guard der.count <= Self.longest, let response = try? Self.read(der) else { return nil }
        self = response
    }

    /// Whether the key signed it.
    func isSigned(by key: Certificate.PublicKey) -> Bool { signature.isMade(by: key) }

    // OCSPResponse ::= SEQUENCE { responseStatus, responseBytes [0] EXPLICIT ResponseBytes OPTIONAL }
    private static func read(_ der: [UInt8]) throws -> OCSPResponse {
        try DER.sequence(DER.parse(der), identifier: .sequence) { nodes in
            guard let status = nodes.next(), let bytes = nodes.next(),
                try Int(derEncoded: status, withIdentifier: .enumerated) == 0
            else { throw DERFlaw.notExpected }
            let basic = try DER.explicitlyTagged(bytes, tagNumber: 0, tagClass: .contextSpecific) { node in
                try DER.sequence(node, identifier: .sequence) { nodes in
                    let type = try ASN1ObjectIdentifier(derEncoded: &nodes)
                    guard type == .OCSP.basicResponse else { throw DERFlaw.notExpected }
                    return try ASN1OctetString(derEncoded: &nodes).bytes
                }
            }
            return try OCSPResponse(basic: DER.parse(basic), digest: Digest.sha256(der))
        }
    }

    // BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature,
    //                                  certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL }
    private init(basic: ASN1Node, digest: [UInt8]) throws {
        self = try DER.sequence(basic, identifier: .sequence) { nodes in
            guard let body = nodes.next(), let algorithm = nodes.next(), let bits = nodes.next() else {
                throw DERFlaw.notExpected
            }
            let signature = try DERSignature(over: body, algorithm: algorithm, bits: bits)
            let certificates = try nodes.next().map { try Self.certificates($0) } ?? []
            return try OCSPResponse(
                body: body, signature: signature, certificates: certificates, digest: digest)
        }
    }

    private static func certificates(_ node: ASN1Node) throws -> [ParsedCertificate] {
        try DER.explicitlyTagged(node, tagNumber: 0, tagClass: .contextSpecific) { list in
            let all = try DER.sequence(of: ASN1Any.self, identifier: .sequence, rootNode: list)
            guard all.count <= CertificateChain.most else { throw DERFlaw.notExpected }
            return try all.compactMap { any in
                var coder = DER.Serializer()
                try coder.serialize(any)
                return ParsedCertificate(coder.serializedBytes)
            }
        }
    }

    // ResponseData ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, responderID, producedAt, responses,
    //                             responseExtensions [1] EXPLICIT OPTIONAL }
    private init(
        body: ASN1Node, signature: DERSignature, certificates: [ParsedCertificate], digest: [UInt8]
    ) throws {
        self.digest = digest
        self.certificates = certificates
        self.signature = signature
        (responder, producedAt, singles) = try DER.sequence(body, identifier: .sequence) { nodes in
            // DER leaves the default version out, so what stands first is the responder.
            guard let responder = nodes.next(), let produced = nodes.next(), let list = nodes.next() else {
                throw DERFlaw.notExpected
            }
            if let extensions = nodes.next() { try ExtensionRule.check(extensions, tag: 1, known: []) }
            let singles = try DER.sequence(of: OCSPSingleNode.self, identifier: .sequence, rootNode: list)
            return (
                try OCSPResponderID(responder), try DERTime.readGeneralized(produced), singles.map(\.single)
            )
        }
    }
}
