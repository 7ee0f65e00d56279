import SwiftASN1
import Vocabulary
import X509

/// A complete, direct revocation list (RFC 5280 section 5), taken apart. Nobody has checked who signed it.
///
/// Lists for a part of the certificates, lists of changes and lists that speak for other issuers are not
/// read: each of them says so in an extension that is refused here.
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
    private let signed: ArraySlice<UInt8>
    private let algorithm: Certificate.SignatureAlgorithm
    private let signature: ArraySlice<UInt8>

    /// Takes exactly one list in DER and nothing after it.
    init?(_ der: [UInt8]) {
        guard let list = try? Self.read(der) else { return nil }
        self = list
    }

    private static func read(_ der: [UInt8]) throws -> RevocationList {
        try DER.sequence(DER.parse(der), identifier: .sequence) { nodes in
            guard let body = nodes.next(), let algorithmNode = nodes.next(), let bits = nodes.next(),
                let algorithm = try SignatureRule.algorithm(algorithmNode)
            else { throw DERFlaw.notExpected }
            let signature = try ASN1BitString(derEncoded: bits)
            guard signature.paddingBits == 0 else { throw DERFlaw.notExpected }
            return try RevocationList(
                body: body, algorithm: algorithm, algorithmBytes: algorithmNode.encodedBytes,
                signature: signature.bytes, digest: Digest.sha256(der))
        }
    }

    private init(
        body: ASN1Node, algorithm: Certificate.SignatureAlgorithm, algorithmBytes: ArraySlice<UInt8>,
        signature: ArraySlice<UInt8>, digest: [UInt8]
    ) throws {
        let fields = try TBSFields(body, algorithmBytes: algorithmBytes)
        self.digest = digest
        issuer = fields.issuer
        thisUpdate = fields.thisUpdate
        nextUpdate = fields.nextUpdate
        entries = fields.entries
        signed = body.encodedBytes
        self.algorithm = algorithm
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
            && SignatureRule.accepts(
                signature, over: signed, by: algorithm, key: authority.certificate.publicKey)
    }
}

extension RevocationList {
    /// `TBSCertList` without what is of no use to us.
    private struct TBSFields {
        var issuer = DistinguishedName()
        var thisUpdate = Instant(milliseconds: 0)
        var nextUpdate = Instant(milliseconds: 0)
        var entries: [Certificate.SerialNumber: Entry] = [:]

        init(_ node: ASN1Node, algorithmBytes: ArraySlice<UInt8>) throws {
            self = try DER.sequence(node, identifier: .sequence) { nodes in
                var fields = TBSFields()
                guard let version = nodes.next(), try Int(derEncoded: version) == 1,
                    let algorithm = nodes.next(), algorithm.encodedBytes == algorithmBytes,
                    let issuer = nodes.next(), let thisUpdate = nodes.next(), let nextUpdate = nodes.next()
                else { throw DERFlaw.notExpected }
                fields.issuer = try DistinguishedName(derEncoded: issuer)
                fields.thisUpdate = try DERTime.read(thisUpdate)
                // RFC 5280 section 5.1.2.5: there always is one.
                fields.nextUpdate = try DERTime.read(nextUpdate)
                var next = nodes.next()
                if let list = next, list.identifier == .sequence {
                    fields.entries = try Self.entries(list)
                    next = nodes.next()
                }
                if let extensions = next { try Self.check(extensions) }
                return fields
            }
        }

        private init() {}

        private static func entries(_ node: ASN1Node) throws -> [Certificate.SerialNumber: Entry] {
            let rows = try DER.sequence(of: EntryRow.self, identifier: .sequence, rootNode: node)
            // A certificate that stands twice is judged by neither.
            return try Dictionary(rows.map { ($0.serial, $0.entry) }) { _, _ in throw DERFlaw.notExpected }
        }

        private static func check(_ node: ASN1Node) throws {
            guard node.identifier == ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific),
                case .constructed(let children) = node.content
            else { throw DERFlaw.notExpected }
            var inside = children.makeIterator()
            guard let list = inside.next(), inside.next() == nil else { throw DERFlaw.notExpected }
            try ExtensionRule.check(list, known: [ExtensionRule.crlNumber, ExtensionRule.authorityKey])
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
