import Crypto
import Notation
import SwiftASN1
import Testing
import Vocabulary
import X509

@testable import Proofs

struct CertificateOrderTests {
    let bench: PrescriptionBench

    init() throws { bench = try PrescriptionBench() }

    private func examine(x5c: JSON, thumbprint: JSON? = nil) throws -> PrescriptionExamination {
        var header: JSONObject = ["x5c": x5c]
        if let thumbprint { header.set("x5t#S256", thumbprint) }
        return try bench.examine(bench.record(header: header))
    }

    private func text(_ der: [UInt8]) -> JSON { .text(Base64.encode(der)) }

    @Test func `RX-CERT-ONE: leaf and issuer pass, with the root or without it`() throws {
        let leaf = bench.pki.certificate(of: .doctor)
        let issuing = bench.pki.certificate(of: .issuing)
        let root = bench.pki.certificate(of: .root)
        expectAuthentic(try examine(x5c: [text(leaf), text(issuing)]))
        expectAuthentic(try examine(x5c: [text(leaf), text(issuing), text(root)]))
    }

    enum Defect: String, CaseIterable {
        case absent, notAList, empty, number, twoInFirst, twoInSecond, trailingByte, truncated, pem, base64url
        case lineBreaks, leafTwice, issuerTwice, issuerFirst, foreignBehind, tooMany, longLength, twoPEM
    }

    private func list(_ defect: Defect) throws -> JSON {
        let leaf = bench.pki.certificate(of: .doctor)
        let issuing = bench.pki.certificate(of: .issuing)
        let root = bench.pki.certificate(of: .root)
        switch defect {
        case .absent: return nil
        case .notAList: return text(leaf)
        case .empty: return []
        case .number: return [text(leaf), 1]
        case .twoInFirst: return [text(leaf + issuing)]
        case .twoInSecond: return [text(leaf), text(issuing + root)]
        case .trailingByte: return [text(leaf + [0]), text(issuing)]
        case .truncated: return [text(leaf.dropLast()), text(issuing)]
        case .pem: return [.text(SpecimenPKI.pem([leaf])), text(issuing)]
        case .twoPEM: return [.text(SpecimenPKI.pem([leaf, issuing]))]
        case .base64url: return [.text(Base64URL.encode(leaf)), text(issuing)]
        case .lineBreaks:
            let long = Base64.encode(leaf)
            return [.text(long.prefix(64) + "\n" + long.dropFirst(64)), text(issuing)]
        case .leafTwice: return [text(leaf), text(leaf), text(issuing)]
        case .issuerTwice: return [text(leaf), text(issuing), text(issuing)]
        case .issuerFirst: return [text(issuing), text(leaf)]
        case .foreignBehind:
            return [text(leaf), text(issuing), text(bench.pki.certificate(of: .registerRoot))]
        case .tooMany: return .array(Array(repeating: text(leaf), count: 6))
        case .longLength:
            // The outer length in three bytes where two are enough: BER, not DER.
            #expect(leaf[1] == 0x82)
            return [text([0x30, 0x83, 0] + leaf.dropFirst(2)), text(issuing)]
        }
    }

    @Test(arguments: Defect.allCases)
    func `RX-CERT-ONE: certificates that are not one leaf and its issuers in order are refused`(
        defect: Defect
    ) throws {
        let examination = try examine(x5c: list(defect))
        let reason = DeclineReason.rxCertificateMalformed
        #expect(examination.verdict(.certificates) == .fail(reason))
        #expect(examination.verified == nil)
        // An issuer in front makes the signature wrong as well: it is not the issuer's.
        #expect(examination.flaw == (defect == .issuerFirst ? .rxSignatureInvalid : reason))
        if case .certificatesOutOfOrder(let flaw) = examination.finding(.certificates) {
            #expect(flaw == Self.flaw(defect))
        } else {
            Issue.record("no certificate flaw for \(defect)")
        }
    }

    private static func flaw(_ defect: Defect) -> CertificateFlaw {
        switch defect {
        case .absent, .notAList, .number: .missing
        case .empty: .empty
        case .twoInFirst, .trailingByte, .truncated, .pem, .twoPEM, .base64url, .lineBreaks, .longLength:
            .malformed(position: 0)
        case .twoInSecond: .malformed(position: 1)
        case .leafTwice: .repeated(position: 1)
        case .issuerTwice: .repeated(position: 2)
        case .issuerFirst: .foreign(position: 1)
        case .foreignBehind: .foreign(position: 2)
        case .tooMany: .tooMany(6)
        }
    }

    @Test func `RX-CERT-ONE: a certificate that names two algorithms for its signature is malformed`() throws
    {
        let doctor = try #require(ParsedCertificate(bench.pki.certificate(of: .doctor))).certificate
        let key = Certificate.PrivateKey(try SpecimenKey.signing(SpecimenAuthority.issuing.rawValue))
        func made(_ algorithm: Certificate.SignatureAlgorithm, _ identifier: ASN1ObjectIdentifier) throws
            -> [UInt8]
        {
            let signature = try key.sign(bytes: doctor.tbsCertificateBytes, signatureAlgorithm: algorithm)
            var coder = DER.Serializer()
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                coder.serializeRawBytes(doctor.tbsCertificateBytes)
                try coder.appendConstructedNode(identifier: .sequence) { try $0.serialize(identifier) }
                try coder.serialize(ASN1BitString(bytes: signature.rawRepresentation[...]))
            }
            return coder.serializedBytes
        }
        #expect(ParsedCertificate(try made(.ecdsaWithSHA256, [1, 2, 840, 10_045, 4, 3, 2])) != nil)
        let other = try made(.ecdsaWithSHA384, [1, 2, 840, 10_045, 4, 3, 3])
        #expect((try? Certificate(derEncoded: other)) != nil)
        #expect(ParsedCertificate(other) == nil)
    }

    @Test func `RX-CERT-ONE: a certificate whose signature is no whole number of bytes is malformed`() throws
    {
        let doctor = try #require(ParsedCertificate(bench.pki.certificate(of: .doctor))).certificate
        let key = try SpecimenKey.signing(SpecimenAuthority.issuing.rawValue)
        // One unused bit can be claimed only where the last bit is zero: about every second signature.
        var signature: [UInt8] = [1]
        while signature.last.map({ $0 & 1 }) != 0 {
            signature = [UInt8](try key.signature(for: doctor.tbsCertificateBytes).derRepresentation)
        }
        for unused in [0, 1] {
            var coder = DER.Serializer()
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                coder.serializeRawBytes(doctor.tbsCertificateBytes)
                try SpecimenDER.writeAlgorithm(into: &coder)
                try coder.serialize(ASN1BitString(bytes: signature[...], paddingBits: unused))
            }
            #expect((try? Certificate(derEncoded: coder.serializedBytes)) != nil)
            #expect((ParsedCertificate(coder.serializedBytes) != nil) == (unused == 0))
        }
    }

    @Test func `RX-CERT-ONE: a thumbprint that is not the leaf's is refused`() throws {
        let leaf = bench.pki.certificate(of: .doctor)
        let digest = Digest.sha256(leaf)
        let wrong: [JSON] = [
            nil, "", 1, .text(Hex.encode(digest)), .text(Base64.encode(digest)),
            .text(Base64URL.encode(Digest.sha256(bench.pki.certificate(of: .issuing)))),
            .text(Base64URL.encode([UInt8](Insecure.SHA1.hash(data: leaf)))),
        ]
        for thumbprint in wrong {
            let x5c: JSON = [text(leaf), text(bench.pki.certificate(of: .issuing))]
            let examination = try examine(x5c: x5c, thumbprint: thumbprint)
            expectFailure(examination, .certificates, .rxCertificateMalformed)
            #expect(examination.finding(.certificates) == .certificatesOutOfOrder(.wrongThumbprint))
        }
    }
}

struct ChainTests {
    let bench: PrescriptionBench

    init() throws { bench = try PrescriptionBench() }

    /// Examines the doctor's record over other certificates.
    private func examine(_ chain: [[UInt8]], kind: SignerKind? = nil) throws -> PrescriptionExamination {
        try bench.examine(bench.record(chain: chain, kind: kind))
    }

    private func expect(
        _ examination: PrescriptionExamination, _ flaw: PathFlaw,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectFailure(examination, .chain, .rxChainUntrusted, sourceLocation: sourceLocation)
        #expect(examination.finding(.chain) == .chainUntrusted(flaw), sourceLocation: sourceLocation)
        #expect(examination.verdict(.signature) == .pass, sourceLocation: sourceLocation)
        #expect(examination.verdict(.revocation) == .notChecked, sourceLocation: sourceLocation)
    }

    /// The doctor's leaf with one thing changed.
    private func leaf(_ change: (inout CertificateDraft) throws -> Void) throws -> [UInt8] {
        var draft = try SpecimenDrafts.signer(.doctor, at: bench.now)
        try change(&draft)
        return try draft.made()
    }

    private func authority(
        _ name: SpecimenAuthority, _ change: (inout CertificateDraft) throws -> Void
    ) throws -> [UInt8] {
        var draft = try SpecimenDrafts.authority(name, at: bench.now)
        try change(&draft)
        return try draft.made()
    }

    @Test func `RX-CHAIN: a leaf of the right names and key identifiers, signed by another key, is refused`()
        throws
    {
        let forged = try leaf {
            $0.issuerKey = try SpecimenKey.signing(SpecimenAuthority.foreignIssuing.rawValue)
        }
        let genuine = try #require(ParsedCertificate(bench.pki.certificate(of: .doctor)))
        let parsed = try #require(ParsedCertificate(forged))
        #expect(parsed.certificate.issuer == genuine.certificate.issuer)
        #expect(
            try parsed.certificate.extensions.authorityKeyIdentifier
                == genuine.certificate.extensions.authorityKeyIdentifier)
        expect(try examine([forged, bench.pki.certificate(of: .issuing)]), .notSigned(position: 0))
        // The forger's own authorities do not help: nobody pinned their root.
        let foreign = bench.pki.certificate(of: .foreignIssuing)
        expect(try examine([forged, foreign]), .notSigned(position: 1))
        expect(
            try examine([forged, foreign, bench.pki.certificate(of: .foreignRoot)]), .notSigned(position: 2))
    }

    @Test func `RX-CHAIN: a chain that stops before a pinned certificate is refused`() throws {
        expect(try examine([bench.pki.certificate(of: .doctor)]), .noRoot)
    }

    @Test func `RX-CHAIN: the roots of registers vouch for no prescriber, nor the other way round`() throws {
        let asRegistry = try examine(bench.pki.chain(of: .doctor), kind: .registry)
        #expect(asRegistry.finding(.chain) == .chainUntrusted(.noRoot))
        let asPrescriber = try bench.examine(bench.record(by: .register, kind: .prescriber))
        #expect(asPrescriber.finding(.chain) == .chainUntrusted(.noRoot))
        #expect(asPrescriber.flaw == .rxChainUntrusted && asRegistry.flaw == .rxChainUntrusted)
    }

    @Test func `RX-CHAIN: a register's own certificate may be pinned`() throws {
        let trust = try bench.trust(lists: [], registers: [bench.pki.certificate(of: .register)])
        expectAuthentic(try bench.examine(bench.record(by: .register), trust: trust))
        let other = try bench.trust(lists: [], registers: [bench.pki.certificate(of: .doctor)])
        expect(try bench.examine(bench.record(by: .register), trust: other), .noRoot)
    }

    @Test func `RX-CHAIN: a leaf signed by an algorithm outside the list is refused for that`() throws {
        let doctor = try #require(ParsedCertificate(bench.pki.certificate(of: .doctor))).certificate
        let made = try Certificate(
            version: .v3, serialNumber: doctor.serialNumber, publicKey: doctor.publicKey,
            notValidBefore: doctor.notValidBefore, notValidAfter: doctor.notValidAfter,
            issuer: doctor.issuer, subject: doctor.subject, signatureAlgorithm: .ed25519,
            extensions: doctor.extensions,
            issuerPrivateKey: Certificate.PrivateKey(Curve25519.Signing.PrivateKey()))
        var coder = DER.Serializer()
        try coder.serialize(made)
        let chain = [coder.serializedBytes, bench.pki.certificate(of: .issuing)]
        expect(try examine(chain), .algorithm(position: 0))
    }

    static let usages: [(KeyUsage?, Bool)] = [
        (KeyUsage(digitalSignature: true), true), (KeyUsage(nonRepudiation: true), true),
        (nil, false), (KeyUsage(keyEncipherment: true), false), (KeyUsage(keyAgreement: true), false),
        (KeyUsage(keyCertSign: true, cRLSign: true), false),
    ]

    @Test(arguments: usages)
    func `RX-CHAIN: the leaf's key must be for signatures`(usage: KeyUsage?, isTaken: Bool) throws {
        let examination = try examine([leaf { $0.keyUsage = usage }, bench.pki.certificate(of: .issuing)])
        if isTaken {
            expectAuthentic(examination)
        } else {
            expect(examination, .keyUsage(position: 0))
        }
    }

    @Test func `RX-CHAIN: an authority may not sign records`() throws {
        let made = try leaf { $0.basicConstraints = .isCertificateAuthority(maxPathLength: nil) }
        expect(try examine([made, bench.pki.certificate(of: .issuing)]), .leafIsAuthority)
    }

    @Test func `RX-CHAIN: a leaf without basic constraints is taken`() throws {
        let made = try leaf { $0.basicConstraints = nil }
        expectAuthentic(try examine([made, bench.pki.certificate(of: .issuing)]))
    }

    @Test func `RX-CHAIN: an end certificate may not issue another`() throws {
        let made = try leaf {
            $0.issuer = try SpecimenDrafts.name(.secondDoctor)
            $0.issuerKey = try SpecimenKey.signing(SpecimenSigner.secondDoctor.rawValue)
        }
        let examination = try examine([made] + bench.pki.chain(of: .secondDoctor))
        #expect(examination.finding(.chain) == .chainUntrusted(.notAuthority(position: 1)))
        #expect(examination.finding(.certificates) == .certificatesOutOfOrder(.foreign(position: 1)))
        #expect(examination.verified == nil)
    }

    @Test(arguments: [KeyUsage(digitalSignature: true), KeyUsage(cRLSign: true), nil])
    func `RX-CHAIN: an issuer's key must be for certificates`(usage: KeyUsage?) throws {
        let issuing = try authority(.issuing) { $0.keyUsage = usage }
        expect(try examine([bench.pki.certificate(of: .doctor), issuing]), .keyUsage(position: 1))
    }

    @Test func `RX-CHAIN: an issuer must say that it is an authority`() throws {
        for constraints in [BasicConstraints.notCertificateAuthority, nil] {
            let issuing = try authority(.issuing) { $0.basicConstraints = constraints }
            let examination = try examine([bench.pki.certificate(of: .doctor), issuing])
            #expect(examination.finding(.chain) == .chainUntrusted(.notAuthority(position: 1)))
            #expect(examination.verified == nil)
        }
    }

    @Test(arguments: [(0, false), (1, true)])
    func `RX-CHAIN: no more authorities below one than it allows`(limit: Int, isTaken: Bool) throws {
        // doctor, under "sub", under the issuing authority with a limit, under a root that allows two.
        let root = try authority(.root) { $0.basicConstraints = .isCertificateAuthority(maxPathLength: 2) }
        let issuing = try authority(.issuing) {
            $0.basicConstraints = .isCertificateAuthority(maxPathLength: limit)
        }
        let key = try SpecimenKey.signing("sub")
        let name = try DistinguishedName([SpecimenDrafts.attribute(.NameAttributes.commonName, "Sub")])
        let sub = try authority(.issuing) {
            $0.key = Certificate.PublicKey(key.publicKey)
            ($0.issuer, $0.subject) = (try SpecimenDrafts.name(.issuing), name)
            $0.issuerKey = try SpecimenKey.signing(SpecimenAuthority.issuing.rawValue)
            $0.serial = [0x40, 1]
        }
        let made = try leaf { ($0.issuer, $0.issuerKey) = (name, key) }
        let trust = try TrustAnchors(
            prescriberRoots: [root], registers: [], crls: [],
            authorisations: AuthorisationRegister(csv: bench.pki.authorisationsCSV()))
        let examination = try bench.examine(bench.record(chain: [made, sub, issuing]), trust: trust)
        if isTaken {
            #expect(examination.verdict(.chain) == .pass)
            #expect(examination.verdict(.revocation) == .unknown(.rxRevocationUnknown))
        } else {
            expect(examination, .pathTooLong(position: 2))
        }
    }

    @Test(arguments: [true, false])
    func `RX-CHAIN: a critical extension that is not understood is refused, on leaf and issuer`(
        isCritical: Bool
    ) throws {
        let unknown = Certificate.Extension(
            oid: [1, 3, 6, 1, 4, 1, 99_999, 1], critical: isCritical, value: [5, 0])
        let onLeaf = try examine([leaf { $0.more = [unknown] }, bench.pki.certificate(of: .issuing)])
        let onIssuer = try examine([
            bench.pki.certificate(of: .doctor), authority(.issuing) { $0.more = [unknown] },
        ])
        if isCritical {
            expect(onLeaf, .criticalExtension(position: 0))
            expect(onIssuer, .criticalExtension(position: 1))
        } else {
            expectAuthentic(onLeaf)
            expectAuthentic(onIssuer)
        }
    }

    @Test(arguments: [true, false])
    func `RX-CHAIN: an issuer limited to names is refused, because names are not compared`(
        isCritical: Bool
    ) throws {
        let limit = try Certificate.Extension(
            NameConstraints(excludedDNSDomains: ["example.org"]), critical: isCritical)
        let issuing = try authority(.issuing) { $0.more = [limit] }
        expect(try examine([bench.pki.certificate(of: .doctor), issuing]), .criticalExtension(position: 1))
    }

    @Test func `RX-CHAIN: only certificates may be pinned, and only authorities as roots`() throws {
        func flaw(_ roots: [[UInt8]], _ registers: [[UInt8]], _ lists: [[UInt8]]) -> TrustFlaw? {
            do throws(TrustFlaw) {
                _ = try TrustAnchors(
                    prescriberRoots: roots, registers: registers, crls: lists,
                    authorisations: AuthorisationRegister([]))
                return nil
            } catch {
                #expect(!error.explanation.isEmpty)
                return error
            }
        }
        let root = bench.pki.certificate(of: .root)
        #expect(flaw([root], [root], []) == nil)
        #expect(flaw([root, root + root], [], []) == .badPrescriberRoot(position: 1))
        #expect(flaw([bench.pki.certificate(of: .doctor)], [], []) == .noAuthority(position: 0))
        #expect(flaw([], [[1, 2]], []) == .badRegister(position: 0))
        #expect(flaw([], [], [root]) == .badRevocationList(position: 0))
    }
}
