import SwiftASN1
import X509

/// How extensions of revocation lists and responses are read.
enum ExtensionRule {
    static let crlNumber: ASN1ObjectIdentifier = [2, 5, 29, 20]
    static let reasonCode: ASN1ObjectIdentifier = [2, 5, 29, 21]
    static let invalidityDate: ASN1ObjectIdentifier = [2, 5, 29, 24]
    static let deltaIndicator: ASN1ObjectIdentifier = [2, 5, 29, 27]
    static let issuingDistributionPoint: ASN1ObjectIdentifier = [2, 5, 29, 28]
    static let certificateIssuer: ASN1ObjectIdentifier = [2, 5, 29, 29]
    static let authorityKeyIdentifier: ASN1ObjectIdentifier = [2, 5, 29, 35]

    /// What changes the meaning of a list, marked critical or not: delta lists, lists of a limited scope, and
    /// entries of indirect lists.
    private static let forbidden: Set<ASN1ObjectIdentifier> = [
        deltaIndicator, issuingDistributionPoint, certificateIssuer,
    ]

    /// The values by their identifiers. A critical one that is not known, one that changes the meaning of
    /// all, or one that stands twice is refused.
    static func check(
        _ node: ASN1Node, known: Set<ASN1ObjectIdentifier>
    ) throws -> [ASN1ObjectIdentifier: ArraySlice<UInt8>] {
        let found = try DER.sequence(of: Certificate.Extension.self, identifier: .sequence, rootNode: node)
        var values: [ASN1ObjectIdentifier: ArraySlice<UInt8>] = [:]
        for item in found {
            guard values[item.oid] == nil, !forbidden.contains(item.oid),
                known.contains(item.oid) || !item.critical
            else { throw DERFlaw.notExpected }
            values[item.oid] = item.value
        }
        return values
    }

    /// The same for `[tag] EXPLICIT Extensions`, of which no value is needed.
    static func check(_ node: ASN1Node, tag: UInt, known: Set<ASN1ObjectIdentifier>) throws {
        try DER.explicitlyTagged(node, tagNumber: tag, tagClass: .contextSpecific) { list in
            _ = try check(list, known: known)
        }
    }
}

/// `CRLReason ::= ENUMERATED` (RFC 5280 section 5.3.1).
enum ReasonCode {
    static func read(_ bytes: ArraySlice<UInt8>) throws -> RevocationReason {
        try read(DER.parse(bytes))
    }

    static func read(_ node: ASN1Node) throws -> RevocationReason {
        let code = try Int(derEncoded: node, withIdentifier: .enumerated)
        guard let reason = RevocationReason(rawValue: code) else { throw DERFlaw.notExpected }
        return reason
    }
}
