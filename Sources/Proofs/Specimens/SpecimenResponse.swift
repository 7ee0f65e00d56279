import Crypto
import SwiftASN1
import Vocabulary
import X509

/// An OCSP response to be made (RFC 6960 section 4.2.1); tests change one thing of it at a time.
struct ResponseDraft {
    var certificate: OCSPCertificateID
    var status: SpecimenStatus
    var thisUpdate: Instant
    var nextUpdate: Instant?
    var producedAt: Instant
    /// Whose name or key the response bears.
    var responder: ParsedCertificate
    /// The certificates that come along.
    var sent: [ParsedCertificate] = []
    /// By SHA-1 of the key and not by name.
    var namesKey = false
    var extensions: [Certificate.Extension] = []
    var key: P256.Signing.PrivateKey

    func made() throws -> [UInt8] {
        var certificates = DER.Serializer()
        if !sent.isEmpty {
            try certificates.serialize(explicitlyTaggedWithTagNumber: 0, tagClass: .contextSpecific) {
                try $0.serializeSequenceOf(sent.map(\.certificate))
            }
        }
        let basic = try SpecimenDER.signed(body(), key: key, more: certificates.serializedBytes)
        var coder = DER.Serializer()
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            try 0.serialize(into: &coder, withIdentifier: .enumerated)
            try coder.serialize(explicitlyTaggedWithTagNumber: 0, tagClass: .contextSpecific) { coder in
                try coder.appendConstructedNode(identifier: .sequence) { coder in
                    try coder.serialize(ASN1ObjectIdentifier.OCSP.basicResponse)
                    try coder.serialize(ASN1OctetString(contentBytes: basic[...]))
                }
            }
        }
        return coder.serializedBytes
    }

    private func body() throws -> [UInt8] {
        var coder = DER.Serializer()
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            try writeResponder(into: &coder)
            try coder.serialize(DERTime.generalized(producedAt))
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.appendConstructedNode(identifier: .sequence) { try writeSingle(into: &$0) }
            }
            if !extensions.isEmpty {
                try coder.serialize(explicitlyTaggedWithTagNumber: 1, tagClass: .contextSpecific) {
                    try $0.serializeSequenceOf(extensions)
                }
            }
        }
        return coder.serializedBytes
    }

    private func writeResponder(into coder: inout DER.Serializer) throws {
        if namesKey {
            let hash = OCSPHash.sha1.digest(responder.keyBytes)
            try coder.serialize(explicitlyTaggedWithTagNumber: 2, tagClass: .contextSpecific) {
                try $0.serialize(ASN1OctetString(contentBytes: hash[...]))
            }
        } else {
            try coder.serialize(explicitlyTaggedWithTagNumber: 1, tagClass: .contextSpecific) {
                try $0.serialize(responder.certificate.subject)
            }
        }
    }

    private func writeSingle(into coder: inout DER.Serializer) throws {
        try certificate.write(into: &coder)
        switch status {
        case .good: coder.appendPrimitiveNode(identifier: Self.tag(0)) { _ in }
        case .unknown: coder.appendPrimitiveNode(identifier: Self.tag(2)) { _ in }
        case .revoked(let moment, let reason):
            try coder.appendConstructedNode(identifier: Self.tag(1)) { coder in
                try coder.serialize(DERTime.generalized(moment))
                guard let reason else { return }
                try coder.serialize(explicitlyTaggedWithTagNumber: 0, tagClass: .contextSpecific) {
                    try reason.rawValue.serialize(into: &$0, withIdentifier: .enumerated)
                }
            }
        }
        try coder.serialize(DERTime.generalized(thisUpdate))
        if let nextUpdate {
            try coder.serialize(explicitlyTaggedWithTagNumber: 0, tagClass: .contextSpecific) {
                try $0.serialize(DERTime.generalized(nextUpdate))
            }
        }
    }

    private static func tag(_ number: UInt) -> ASN1Identifier {
        ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }
}

extension OCSPCertificateID {
    fileprivate func write(into coder: inout DER.Serializer) throws {
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.appendConstructedNode(identifier: .sequence) {
                try $0.serialize((hash ?? .sha256).identifier)
                try $0.serialize(ASN1Null())
            }
            try coder.serialize(ASN1OctetString(contentBytes: issuerName[...]))
            try coder.serialize(ASN1OctetString(contentBytes: issuerKey[...]))
            try coder.serialize(serial.bytes)
        }
    }
}
