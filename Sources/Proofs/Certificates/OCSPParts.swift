import Crypto
import SwiftASN1
import Vocabulary
import X509

/// What a responder says about a certificate.
enum OCSPStatus: Hashable, Sendable {
    case good
    case revoked(at: Instant, reason: RevocationReason)
    case unknown
}

/// Who signed a response: by name, or by SHA-1 of the key (RFC 6960 section 4.2.1).
enum OCSPResponderID: Hashable, Sendable {
    case name(DistinguishedName)
    case keyHash([UInt8])

    init(_ node: ASN1Node) throws {
        guard case .constructed(let children) = node.content, node.identifier.tagClass == .contextSpecific
        else { throw DERFlaw.notExpected }
        var inside = children.makeIterator()
        guard let value = inside.next(), inside.next() == nil else { throw DERFlaw.notExpected }
        switch node.identifier.tagNumber {
        case 1: self = .name(try DistinguishedName(derEncoded: value))
        case 2: self = .keyHash([UInt8](try ASN1OctetString(derEncoded: value).bytes))
        default: throw DERFlaw.notExpected
        }
    }

    func isAbout(_ responder: ParsedCertificate) -> Bool {
        switch self {
        case .name(let name): responder.certificate.subject == name
        case .keyHash(let hash): hash == OCSPHash.sha1.digest(responder.keyBytes)
        }
    }
}

/// The hashes that a `CertID` may be made with. SHA-1 is only a name here: nothing rests on it.
enum OCSPHash: CaseIterable, Sendable {
    case sha1, sha256

    var identifier: ASN1ObjectIdentifier {
        switch self {
        case .sha1: [1, 3, 14, 3, 2, 26]
        case .sha256: [2, 16, 840, 1, 101, 3, 4, 2, 1]
        }
    }

    func digest(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sha1: [UInt8](Insecure.SHA1.hash(data: bytes))
        case .sha256: Digest.sha256(bytes)
        }
    }
}

/// `CertID` (RFC 6960 section 4.1.1): a certificate by its issuer's name and key and its own serial number.
struct OCSPCertificateID: Hashable, Sendable {
    /// Nil for a hash that we do not take; then it is about no certificate.
    let hash: OCSPHash?
    let issuerName: [UInt8]
    let issuerKey: [UInt8]
    let serial: Certificate.SerialNumber

    init(hash: OCSPHash, certificate: ParsedCertificate, issuer: ParsedCertificate) throws {
        var coder = DER.Serializer()
        try coder.serialize(certificate.certificate.issuer)
        self.hash = hash
        issuerName = hash.digest(coder.serializedBytes)
        issuerKey = hash.digest(issuer.keyBytes)
        serial = certificate.certificate.serialNumber
    }

    init(_ node: ASN1Node) throws {
        self = try DER.sequence(node, identifier: .sequence) { nodes in
            guard let algorithmNode = nodes.next() else { throw DERFlaw.notExpected }
            let algorithm = try DER.sequence(algorithmNode, identifier: .sequence) { nodes in
                let identifier = try ASN1ObjectIdentifier(derEncoded: &nodes)
                if let parameters = nodes.next() { _ = try ASN1Null(derEncoded: parameters) }
                return identifier
            }
            return try OCSPCertificateID(
                hash: OCSPHash.allCases.first { $0.identifier == algorithm },
                issuerName: [UInt8](ASN1OctetString(derEncoded: &nodes).bytes),
                issuerKey: [UInt8](ASN1OctetString(derEncoded: &nodes).bytes),
                serial: Certificate.SerialNumber(bytes: ArraySlice<UInt8>(derEncoded: &nodes)))
        }
    }

    private init(
        hash: OCSPHash?, issuerName: [UInt8], issuerKey: [UInt8], serial: Certificate.SerialNumber
    ) {
        self.hash = hash
        self.issuerName = issuerName
        self.issuerKey = issuerKey
        self.serial = serial
    }

    func isAbout(_ certificate: ParsedCertificate, issuer: ParsedCertificate) -> Bool {
        guard let hash else { return false }
        return (try? OCSPCertificateID(hash: hash, certificate: certificate, issuer: issuer)) == self
    }
}

/// `SingleResponse` as it stands in a response.
struct OCSPSingleNode: DERParseable {
    let single: OCSPResponse.Single

    // SingleResponse ::= SEQUENCE { certID, certStatus, thisUpdate, nextUpdate [0] EXPLICIT OPTIONAL,
    //                               singleExtensions [1] EXPLICIT OPTIONAL }
    init(derEncoded node: ASN1Node) throws {
        single = try DER.sequence(node, identifier: .sequence) { nodes in
            guard let certificate = nodes.next(), let status = nodes.next(), let thisUpdate = nodes.next()
            else { throw DERFlaw.notExpected }
            let nextUpdate = try DER.optionalExplicitlyTagged(
                &nodes, tagNumber: 0, tagClass: .contextSpecific
            ) { try DERTime.readGeneralized($0) }
            if let extensions = nodes.next() { try ExtensionRule.check(extensions, tag: 1, known: []) }
            return OCSPResponse.Single(
                certificate: try OCSPCertificateID(certificate), status: try Self.status(status),
                thisUpdate: try DERTime.readGeneralized(thisUpdate), nextUpdate: nextUpdate)
        }
    }

    // CertStatus ::= CHOICE { good [0] IMPLICIT NULL, revoked [1] IMPLICIT RevokedInfo,
    //                         unknown [2] IMPLICIT NULL }
    private static func status(_ node: ASN1Node) throws -> OCSPStatus {
        guard node.identifier.tagClass == .contextSpecific else { throw DERFlaw.notExpected }
        switch node.identifier.tagNumber {
        case 0:
            _ = try ASN1Null(derEncoded: node, withIdentifier: node.identifier)
            return .good
        case 1:
            return try DER.sequence(node, identifier: node.identifier) { nodes in
                guard let time = nodes.next() else { throw DERFlaw.notExpected }
                let reason = try DER.optionalExplicitlyTagged(
                    &nodes, tagNumber: 0, tagClass: .contextSpecific
                ) { try ReasonCode.read($0) }
                return .revoked(at: try DERTime.readGeneralized(time), reason: reason ?? .unspecified)
            }
        case 2:
            _ = try ASN1Null(derEncoded: node, withIdentifier: node.identifier)
            return .unknown
        default: throw DERFlaw.notExpected
        }
    }
}
