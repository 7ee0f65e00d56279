import SwiftASN1
import Vocabulary
import X509

/// A complete, direct revocation list (RFC 5280 section 5), taken apart. Nobody has checked who signed it.
///
/// Delta lists, lists of a limited scope and indirect lists are not read: each of them says so in an
/// extension that is refused here.
struct RevocationList: Sendable {
    struct Entry: Hashable, Sendable {
        let at: Instant
        let reason: RevocationReason
    }

    /// SHA-256 of the whole.
    let digest: [UInt8]
    let issuer: DistinguishedName
    let thisUpdate: Instant
    let nextUpdate: Instant
    private let entries: [Certificate.SerialNumber: Entry]
    private let signature: DERSignature

    /// Takes exactly one list in DER and nothing after it.
    init?(_ der: [UInt8]) {
        guard let list = try? Self.read(der) else { return nil }
        self = list
    }

    // CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue }
    private static func read(_ der: [UInt8]) throws -> RevocationList {
        try DER.sequence(DER.parse(der), identifier: .sequence) { nodes in
            guard let body = nodes.next(), let algorithm = nodes.next(), let bits = nodes.next() else {
                throw DERFlaw.notExpected
            }
            return RevocationList(
                try Fields.read(body, algorithm: algorithm),
                signature: try DERSignature(over: body, algorithm: algorithm, bits: bits),
                digest: Digest.sha256(der))
        }
    }

    private init(_ fields: Fields, signature: DERSignature, digest: [UInt8]) {
        self.digest = digest
        issuer = fields.issuer
        thisUpdate = fields.thisUpdate
        nextUpdate = fields.nextUpdate
        entries = fields.entries
        self.signature = signature
    }

    /// How many certificates it names.
    var count: Int { entries.count }

    /// The entry of a certificate of this issuer. What was taken off a list is not on it.
    func entry(of certificate: Certificate) -> Entry? {
        entries[certificate.serialNumber].flatMap { $0.reason == .removeFromCRL ? nil : $0 }
    }

    /// Whether the authority may sign lists and signed this one.
    func isSigned(by authority: ParsedCertificate) -> Bool {
        authority.certificate.subject == issuer && authority.keyUsage?.cRLSign == true
            && signature.isMade(by: authority.certificate.publicKey)
    }
}

extension RevocationList {
    /// `TBSCertList` without what is of no use to us.
    private struct Fields {
        let issuer: DistinguishedName
        let thisUpdate: Instant
        let nextUpdate: Instant
        let entries: [Certificate.SerialNumber: Entry]

        // TBSCertList ::= SEQUENCE { version, signature, issuer, thisUpdate, nextUpdate,
        //                            revokedCertificates OPTIONAL, crlExtensions [0] EXPLICIT OPTIONAL }
        static func read(_ node: ASN1Node, algorithm outer: ASN1Node) throws -> Fields {
            try DER.sequence(node, identifier: .sequence) { nodes in
                // RFC 5280 section 5.1.1.2: the algorithm stands twice and is the same. Section 5.1.2.5: a
                // next update is always there.
                guard let version = nodes.next(), try Int(derEncoded: version) == 1,
                    let algorithm = nodes.next(), algorithm.encodedBytes == outer.encodedBytes,
                    let issuer = nodes.next(), let thisUpdate = nodes.next(), let nextUpdate = nodes.next()
                else { throw DERFlaw.notExpected }
                var entries: [Certificate.SerialNumber: Entry] = [:]
                var next = nodes.next()
                if let list = next, list.identifier == .sequence {
                    entries = try Self.entries(list)
                    next = nodes.next()
                }
                if let extensions = next {
                    try ExtensionRule.check(
                        extensions, tag: 0,
                        known: [ExtensionRule.crlNumber, ExtensionRule.authorityKeyIdentifier])
                }
                return Fields(
                    issuer: try DistinguishedName(derEncoded: issuer),
                    thisUpdate: try DERTime.read(thisUpdate), nextUpdate: try DERTime.read(nextUpdate),
                    entries: entries)
            }
        }

        private static func entries(_ node: ASN1Node) throws -> [Certificate.SerialNumber: Entry] {
            let rows = try DER.sequence(of: EntryRow.self, identifier: .sequence, rootNode: node)
            // A certificate that stands twice is judged by neither.
            return try Dictionary(rows.map { ($0.serial, $0.entry) }) { _, _ in throw DERFlaw.notExpected }
        }
    }

    /// One of `revokedCertificates`.
    private struct EntryRow: DERParseable {
        let serial: Certificate.SerialNumber
        let entry: Entry

        init(derEncoded node: ASN1Node) throws {
            self = try DER.sequence(node, identifier: .sequence) { nodes in
                let serial = try Certificate.SerialNumber(bytes: ArraySlice<UInt8>(derEncoded: &nodes))
                guard let time = nodes.next() else { throw DERFlaw.notExpected }
                let moment = try DERTime.read(time)
                var reason = RevocationReason.unspecified
                if let extensions = nodes.next() {
                    let found = try ExtensionRule.check(
                        extensions, known: [ExtensionRule.reasonCode, ExtensionRule.invalidityDate])
                    if let code = found[ExtensionRule.reasonCode] { reason = try ReasonCode.read(code) }
                }
                return EntryRow(serial: serial, entry: Entry(at: moment, reason: reason))
            }
        }

        private init(serial: Certificate.SerialNumber, entry: Entry) {
            self.serial = serial
            self.entry = entry
        }
    }
}
