import Crypto
import SwiftASN1
import Vocabulary
import X509

/// A certificate to be made; tests change one thing of it at a time.
struct CertificateDraft {
    /// The numeric serial number, big-endian.
    var serial: [UInt8]
    var key: Certificate.PublicKey
    var validity: ClosedRange<Instant>
    var issuer: DistinguishedName
    var subject: DistinguishedName
    var basicConstraints: BasicConstraints?
    var keyUsage: KeyUsage?
    var purposes: [ExtendedKeyUsage.Usage] = []
    var more: [Certificate.Extension] = []
    /// The hash that the authority key identifier shows; nil for none.
    var issuerKeyID: ArraySlice<UInt8>?
    var issuerKey: P256.Signing.PrivateKey

    func made() throws -> [UInt8] {
        var extensions: [Certificate.Extension] = []
        if let basicConstraints { extensions.append(try .init(basicConstraints, critical: true)) }
        if let keyUsage { extensions.append(try .init(keyUsage, critical: true)) }
        if !purposes.isEmpty { extensions.append(try .init(ExtendedKeyUsage(purposes), critical: false)) }
        let own = SubjectKeyIdentifier(hash: key)
        extensions.append(try .init(own, critical: false))
        if let issuerKeyID {
            extensions.append(
                try .init(AuthorityKeyIdentifier(keyIdentifier: issuerKeyID), critical: false))
        }
        return try SpecimenDER.signed(body(extensions + more), key: issuerKey)
    }

    // TBSCertificate (RFC 5280 section 4.1)
    private func body(_ extensions: [Certificate.Extension]) throws -> [UInt8] {
        var coder = DER.Serializer()
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.serialize(explicitlyTaggedWithTagNumber: 0, tagClass: .contextSpecific) {
                try $0.serialize(2)
            }
            try coder.serialize(serial[...])
            try SpecimenDER.writeAlgorithm(into: &coder)
            try coder.serialize(issuer)
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try DERTime.write(validity.lowerBound, into: &coder)
                try DERTime.write(validity.upperBound, into: &coder)
            }
            try coder.serialize(subject)
            try coder.serialize(key)
            try coder.serialize(explicitlyTaggedWithTagNumber: 3, tagClass: .contextSpecific) {
                try $0.serializeSequenceOf(extensions)
            }
        }
        return coder.serializedBytes
    }
}

/// The drafts of the specimen PKI.
enum SpecimenDrafts {
    static func authority(_ authority: SpecimenAuthority, at moment: Instant) throws -> CertificateDraft {
        let isRoot = authority.issuer == authority
        let key = try SpecimenKey.signing(authority.rawValue)
        return CertificateDraft(
            serial: [0x10, UInt8(authority.looksLike.number)], key: Certificate.PublicKey(key.publicKey),
            validity: isRoot ? days(-3_650, 7_300, from: moment) : days(-730, 2_920, from: moment),
            issuer: try name(authority.issuer), subject: try name(authority),
            basicConstraints: .isCertificateAuthority(maxPathLength: isRoot ? 1 : 0),
            keyUsage: KeyUsage(keyCertSign: true, cRLSign: true),
            issuerKeyID: try keyID(authority.issuer.looksLike),
            issuerKey: try SpecimenKey.signing(authority.issuer.rawValue))
    }

    static func signer(_ signer: SpecimenSigner, at moment: Instant) throws -> CertificateDraft {
        let key = try SpecimenKey.signing(signer.rawValue)
        let isExpired = signer == .expiredDoctor
        return CertificateDraft(
            serial: [0x20, UInt8(signer.number)], key: Certificate.PublicKey(key.publicKey),
            validity: isExpired ? days(-731, -1, from: moment) : days(-365, 1_461, from: moment),
            issuer: try name(signer.issuer), subject: try name(signer),
            basicConstraints: .notCertificateAuthority,
            keyUsage: KeyUsage(digitalSignature: true, nonRepudiation: true),
            issuerKeyID: try keyID(signer.issuer),
            issuerKey: try SpecimenKey.signing(signer.issuer.rawValue))
    }

    static func responder(for authority: SpecimenAuthority, at moment: Instant) throws -> CertificateDraft {
        let key = try SpecimenKey.signing("responder of \(authority.rawValue)")
        return CertificateDraft(
            serial: [0x30, UInt8(authority.looksLike.number)], key: Certificate.PublicKey(key.publicKey),
            validity: days(-365, 1_461, from: moment), issuer: try name(authority),
            subject: try DistinguishedName([
                attribute(.NameAttributes.commonName, "Godkend Specimen Responder")
            ]),
            basicConstraints: nil, keyUsage: KeyUsage(digitalSignature: true), purposes: [.ocspSigning],
            issuerKeyID: try keyID(authority), issuerKey: try SpecimenKey.signing(authority.rawValue))
    }

    private static func days(_ first: Int, _ last: Int, from moment: Instant) -> ClosedRange<Instant> {
        moment.adding(days: first)...moment.adding(days: last)
    }

    static func name(_ authority: SpecimenAuthority) throws -> DistinguishedName {
        try DistinguishedName([
            attribute(.NameAttributes.countryName, "DK"),
            attribute(.NameAttributes.organizationName, "Godkend specimens, not for use"),
            attribute(.NameAttributes.commonName, authority.commonName),
        ])
    }

    static func name(_ signer: SpecimenSigner) throws -> DistinguishedName {
        var attributes = [
            attribute(.NameAttributes.countryName, "DK"),
            attribute(.NameAttributes.commonName, signer.commonName),
            attribute(SignerSubject.serialNumberOID, uuid(signer)),
            attribute(SignerSubject.titleOID, signer.title),
        ]
        if let authorisation = signer.authorisation {
            attributes.append(attribute(SignerSubject.userIDOID, authorisation.text))
        }
        return try DistinguishedName(attributes)
    }

    static func attribute(
        _ type: ASN1ObjectIdentifier, _ text: String
    ) -> RelativeDistinguishedName.Attribute {
        RelativeDistinguishedName.Attribute(type: type, utf8String: text)
    }

    private static func uuid(_ signer: SpecimenSigner) -> String {
        let number = signer.number < 10 ? "0\(signer.number)" : "\(signer.number)"
        return SignerSubject.prefix + "5becca5e-0000-4000-8000-0000000000\(number)"
    }

    private static func keyID(_ authority: SpecimenAuthority) throws -> ArraySlice<UInt8> {
        let key = try SpecimenKey.signing(authority.rawValue).publicKey
        return SubjectKeyIdentifier(hash: Certificate.PublicKey(key)).keyIdentifier
    }
}
