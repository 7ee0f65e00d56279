import Crypto
import SwiftASN1
import Vocabulary
import X509

/// A revocation list to be made (RFC 5280 section 5.1); tests change one thing of it at a time.
struct ListDraft {
    struct Entry {
        var serial: Certificate.SerialNumber
        var at: Instant
        var reason: RevocationReason?
        var more: [Certificate.Extension] = []
    }

    var issuer: DistinguishedName
    var thisUpdate: Instant
    /// Nil leaves it out, which RFC 5280 does not allow.
    var nextUpdate: Instant?
    var entries: [Entry] = []
    var extensions: [Certificate.Extension] = []
    var key: P256.Signing.PrivateKey

    func made() throws -> [UInt8] {
        try SpecimenDER.signed(body(), key: key)
    }

    private func body() throws -> [UInt8] {
        var coder = DER.Serializer()
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.serialize(1)
            try SpecimenDER.writeAlgorithm(into: &coder)
            try coder.serialize(issuer)
            try DERTime.write(thisUpdate, into: &coder)
            if let nextUpdate { try DERTime.write(nextUpdate, into: &coder) }
            if !entries.isEmpty {
                try coder.appendConstructedNode(identifier: .sequence) { coder in
                    for entry in entries { try Self.write(entry, into: &coder) }
                }
            }
            if !extensions.isEmpty {
                try coder.serialize(explicitlyTaggedWithTagNumber: 0, tagClass: .contextSpecific) { coder in
                    try coder.serializeSequenceOf(extensions)
                }
            }
        }
        return coder.serializedBytes
    }

    private static func write(_ entry: Entry, into coder: inout DER.Serializer) throws {
        var extensions = entry.more
        if let reason = entry.reason {
            extensions.append(
                Certificate.Extension(
                    oid: ExtensionRule.reasonCode, critical: false,
                    value: try SpecimenDER.reason(reason)[...]))
        }
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.serialize(entry.serial.bytes)
            try DERTime.write(entry.at, into: &coder)
            if !extensions.isEmpty { try coder.serializeSequenceOf(extensions) }
        }
    }
}

/// DER that the specimens share.
enum SpecimenDER {
    /// `SEQUENCE { body, ecdsa-with-SHA256, BIT STRING }`, with `more` behind them.
    static func signed(
        _ body: [UInt8], key: P256.Signing.PrivateKey, more: [UInt8] = []
    ) throws -> [UInt8] {
        let signature = try key.signature(for: body).derRepresentation
        var coder = DER.Serializer()
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            coder.serializeRawBytes(body)
            try writeAlgorithm(into: &coder)
            try coder.serialize(ASN1BitString(bytes: ArraySlice([UInt8](signature))))
            coder.serializeRawBytes(more)
        }
        return coder.serializedBytes
    }

    static func writeAlgorithm(into coder: inout DER.Serializer) throws {
        let ecdsaWithSHA256: ASN1ObjectIdentifier = [1, 2, 840, 10_045, 4, 3, 2]
        try coder.appendConstructedNode(identifier: .sequence) { try $0.serialize(ecdsaWithSHA256) }
    }

    static func reason(_ reason: RevocationReason) throws -> [UInt8] {
        var coder = DER.Serializer()
        try reason.rawValue.serialize(into: &coder, withIdentifier: .enumerated)
        return coder.serializedBytes
    }
}
