import SwiftASN1
import Testing
import Vocabulary
import X509

@testable import Proofs

/// RX-REV-DOWN: what is no evidence.
struct RevocationDownTests {
    let bench: PrescriptionBench

    init() throws { bench = try PrescriptionBench() }

    private func expectUnknown(
        _ why: UnknownRevocation, lists: [[UInt8]] = [], stapled: [[UInt8]] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let trust = try bench.trust(lists: [bench.rootList()] + lists)
        let examination = try bench.examine(bench.record(), trust: trust, stapled: stapled)
        #expect(
            examination.verdict(.revocation) == .unknown(.rxRevocationUnknown),
            sourceLocation: sourceLocation)
        #expect(examination.flaw == nil, sourceLocation: sourceLocation)
        #expect(!examination.isAuthentic, sourceLocation: sourceLocation)
        #expect(
            examination.verified?.revocation == .unknown(why), sourceLocation: sourceLocation)
    }

    private func list(_ change: (inout ListDraft) throws -> Void) throws -> [UInt8] {
        var draft = try bench.pki.listDraft(of: .issuing, at: bench.now)
        try change(&draft)
        return try draft.made()
    }

    private func response(
        _ status: SpecimenStatus = .good, about signer: SpecimenSigner = .doctor,
        _ change: (inout ResponseDraft) throws -> Void
    ) throws -> [UInt8] {
        var draft = try bench.pki.responseDraft(about: signer, status, at: bench.now)
        try change(&draft)
        return try draft.made()
    }

    @Test func `RX-REV-DOWN: no evidence at all is undecided and never approved`() throws {
        try expectUnknown(.none)
    }

    @Test(arguments: [(-86_400, true), (-86_401, false), (300, true), (301, false)])
    func `RX-REV-DOWN: evidence counts for 24 hours, and from 5 minutes ahead of our clock`(
        seconds: Int, isTaken: Bool
    ) throws {
        let made = bench.now.adding(seconds: seconds)
        let evidence = [
            (
                [
                    try list {
                        ($0.thisUpdate, $0.nextUpdate) = (made, bench.now.adding(days: 7))
                    }
                ], [[UInt8]]()
            ),
            (
                [[UInt8]](),
                [
                    try response {
                        ($0.thisUpdate, $0.nextUpdate) = (made, bench.now.adding(days: 7))
                    }
                ]
            ),
            ([[UInt8]](), [try response { ($0.thisUpdate, $0.nextUpdate) = (made, nil) }]),
        ]
        for (lists, stapled) in evidence {
            if isTaken {
                let trust = try bench.trust(lists: [bench.rootList()] + lists)
                expectAuthentic(try bench.examine(bench.record(), trust: trust, stapled: stapled))
            } else {
                try expectUnknown(seconds < 0 ? .stale : .future, lists: lists, stapled: stapled)
            }
        }
    }

    @Test(arguments: [(0, true), (-1, false)])
    func `RX-REV-DOWN: evidence past its own end is none`(seconds: Int, isTaken: Bool) throws {
        let end = bench.now.adding(seconds: seconds)
        let made = bench.now.adding(seconds: -60)
        let lists = [try list { ($0.thisUpdate, $0.nextUpdate) = (made, end) }]
        let stapled = [try response { ($0.thisUpdate, $0.nextUpdate) = (made, end) }]
        if isTaken {
            let trust = try bench.trust(lists: [bench.rootList()] + lists)
            expectAuthentic(try bench.examine(bench.record(), trust: trust))
            let other = try bench.trust(lists: [bench.rootList()])
            expectAuthentic(try bench.examine(bench.record(), trust: other, stapled: stapled))
        } else {
            try expectUnknown(.stale, lists: lists)
            try expectUnknown(.stale, stapled: stapled)
        }
    }

    @Test func `RX-REV-DOWN: a response produced in the future is none`() throws {
        try expectUnknown(.future, stapled: [response { $0.producedAt = bench.now.adding(seconds: 301) }])
    }

    @Test func `RX-REV-DOWN: evidence signed by somebody else is none`() throws {
        let foreign = try SpecimenKey.signing(SpecimenAuthority.foreignIssuing.rawValue)
        let root = try SpecimenKey.signing(SpecimenAuthority.root.rawValue)
        for key in [foreign, root] {
            try expectUnknown(.wrongSigner, lists: [list { $0.key = key }])
            try expectUnknown(.wrongSigner, stapled: [response { $0.key = key }])
            // Not even a revocation by somebody else counts.
            let revoked = SpecimenStatus.revoked(at: bench.now, reason: .keyCompromise)
            try expectUnknown(.wrongSigner, stapled: [response(revoked) { $0.key = key }])
        }
    }

    @Test func `RX-REV-DOWN: a list signed by an authority whose key is not for lists is none`() throws {
        var draft = try SpecimenDrafts.authority(.issuing, at: bench.now)
        draft.keyUsage = KeyUsage(keyCertSign: true)
        let chain = [bench.pki.certificate(of: .doctor), try draft.made()]
        let examination = try bench.examine(bench.record(chain: chain))
        #expect(examination.verified?.revocation == .unknown(.wrongSigner))
    }

    enum Responder: String, CaseIterable {
        case foreignIssuer, notForThis, notForSignatures, expired, notYet, unsent, otherName, isAuthority,
            revoked
        case criticalExtension, ofOtherAuthority
    }

    @Test(arguments: Responder.allCases)
    func `RX-REV-DOWN: a responder that its issuer did not name for this is none`(responder: Responder) throws
    {
        var draft = try SpecimenDrafts.responder(for: .issuing, at: bench.now)
        var lists: [[UInt8]] = []
        var isSent = true
        switch responder {
        case .foreignIssuer:
            draft.issuerKey = try SpecimenKey.signing(SpecimenAuthority.foreignIssuing.rawValue)
        case .notForThis: draft.purposes = [.serverAuth, .timeStamping]
        case .notForSignatures: draft.keyUsage = KeyUsage(keyAgreement: true)
        case .expired: draft.validity = bench.now.adding(days: -9)...bench.now.adding(seconds: -1)
        case .notYet: draft.validity = bench.now.adding(seconds: 1)...bench.now.adding(days: 9)
        case .unsent: isSent = false
        case .otherName, .ofOtherAuthority: break
        case .isAuthority: draft.basicConstraints = .isCertificateAuthority(maxPathLength: nil)
        case .revoked:
            // Too old to speak for anybody, and still enough to take a responder's word away.
            lists = [
                try list { made in
                    made.thisUpdate = bench.now.adding(days: -3)
                    let serial = Certificate.SerialNumber(bytes: draft.serial)
                    made.entries = [.init(serial: serial, at: made.thisUpdate, reason: .superseded)]
                }
            ]
        case .criticalExtension:
            draft.more = [.init(oid: [1, 3, 6, 1, 4, 1, 99_999, 1], critical: true, value: [5, 0])]
        }
        let certificate = try #require(ParsedCertificate(draft.made()))
        let made = try response { made in
            made.responder = certificate
            made.sent = isSent ? [certificate] : []
            if responder == .ofOtherAuthority {
                made.responder = try #require(bench.pki.responders[.registerRoot])
                made.sent = [made.responder]
                made.key = try SpecimenKey.signing("responder of registerRoot")
            }
            if responder == .otherName { made.key = try SpecimenKey.signing("somebody") }
        }
        try expectUnknown(lists.isEmpty ? .wrongSigner : .stale, lists: lists, stapled: [made])
    }

    @Test(arguments: [true, false])
    func `RX-REV-DOWN: a response bears the name or the key of who signed it`(namesKey: Bool) throws {
        let issuing = try #require(bench.pki.authorities[.issuing])
        let made = try response { ($0.responder, $0.namesKey) = (issuing, namesKey) }
        try expectUnknown(.wrongSigner, stapled: [made])
    }

    @Test func `RX-REV-DOWN: the word of a responder about another certificate is none`() throws {
        try expectUnknown(.none, stapled: [response(about: .secondDoctor) { _ in }])
        try expectUnknown(.none, stapled: [response(about: .register) { _ in }])
        // The right serial number under another issuer's name or key is another certificate.
        let doctor = try #require(bench.pki.signers[.doctor])
        let root = try #require(bench.pki.authorities[.root])
        let wrongKey = try response {
            $0.certificate = try OCSPCertificateID(hash: .sha256, certificate: doctor, issuer: root)
        }
        try expectUnknown(.none, stapled: [wrongKey])
    }

    @Test func `RX-REV-DOWN: a list of another authority is none`() throws {
        let list = try bench.pki.revocationList(of: .registerRoot, at: bench.now, revoked: [])
        try expectUnknown(.none, lists: [list])
    }

    @Test func `RX-REV-DOWN: a responder that does not know the certificate says nothing`() throws {
        try expectUnknown(.notKnownToResponder, stapled: [response(.unknown) { _ in }])
    }

    @Test func `RX-REV-DOWN: a response that cannot be read is none`() throws {
        let good = try bench.pki.response(about: .doctor, .good, at: bench.now)
        let critical = try response {
            $0.extensions = [.init(oid: [1, 3, 6, 1, 4, 1, 99_999, 1], critical: true, value: [5, 0])]
        }
        // OCSPResponse { tryLater }
        let later: [UInt8] = [0x30, 0x03, 0x0A, 0x01, 0x03]
        let huge = [UInt8](repeating: 0x30, count: OCSPResponse.longest + 1)
        let unreadable: [[UInt8]] = [[], [0], later, good + [0], good.dropLast(), critical, huge]
        for bytes in unreadable {
            try expectUnknown(.malformed, stapled: [bytes])
        }
        let harmless = try response {
            $0.extensions = [.init(oid: [1, 3, 6, 1, 5, 5, 7, 48, 1, 2], critical: false, value: [4, 0])]
        }
        let trust = try bench.trust(lists: [bench.rootList()])
        expectAuthentic(try bench.examine(bench.record(), trust: trust, stapled: [harmless]))
    }

    @Test func `RX-REV-DOWN: any byte of a response changed makes it no evidence`() throws {
        let good = try bench.pki.response(about: .doctor, .good, at: bench.now)
        let trust = try bench.trust(lists: [bench.rootList()])
        let verified = try #require(try bench.examine(bench.record(), stapled: [good]).verified)
        let verifier = PrescriptionVerifier(trust: trust)
        var taken: [Int] = []
        for position in good.indices {
            var changed = good
            changed[position] ^= 1
            let finding = verifier.revocation(
                of: verified.signer, signedAt: verified.signedAt, stapled: [changed], at: bench.now)
            if finding.standing != .unknown(.rxRevocationUnknown) { taken.append(position) }
        }
        #expect(taken == [])
    }

    static let lists: [(name: String, isRead: Bool, extension: Certificate.Extension)] = [
        ("list number", true, .init(oid: [2, 5, 29, 20], critical: false, value: [2, 1, 7])),
        ("list number, critical", true, .init(oid: [2, 5, 29, 20], critical: true, value: [2, 1, 7])),
        ("unknown", true, .init(oid: [1, 3, 6, 1, 4, 1, 99_999], critical: false, value: [5, 0])),
        ("unknown, critical", false, .init(oid: [1, 3, 6, 1, 4, 1, 99_999], critical: true, value: [5, 0])),
        ("changes only", false, .init(oid: [2, 5, 29, 27], critical: true, value: [2, 1, 7])),
        (
            "changes only, not critical", false,
            .init(oid: [2, 5, 29, 27], critical: false, value: [2, 1, 7])
        ),
        ("a part", false, .init(oid: [2, 5, 29, 28], critical: true, value: [0x30, 0])),
        ("a part, not critical", false, .init(oid: [2, 5, 29, 28], critical: false, value: [0x30, 0])),
    ]

    @Test(arguments: lists)
    func `RX-REV-DOWN: only a complete list that we understand is read`(
        row: (name: String, isRead: Bool, extension: Certificate.Extension)
    ) throws {
        let made = try list { $0.extensions = [row.extension] }
        #expect((RevocationList(made) != nil) == row.isRead)
    }

    @Test func `RX-REV-DOWN: a list with an entry that we do not understand is not read`() throws {
        let serial = try #require(bench.pki.signers[.secondDoctor]).certificate.serialNumber
        func read(_ reasons: RevocationReason?..., more: [Certificate.Extension] = []) throws -> Bool {
            let entries = reasons.map {
                ListDraft.Entry(serial: serial, at: bench.now, reason: $0, more: more)
            }
            return RevocationList(try list { $0.entries = entries }) != nil
        }
        #expect(try read(.superseded) && read(nil))
        #expect(try !read(.superseded, .keyCompromise), "the same certificate twice")
        let issuer = ExtensionRule.certificateIssuer
        #expect(try !read(nil, more: [.init(oid: issuer, critical: true, value: [0x30, 0])]))
        #expect(try !read(nil, more: [.init(oid: issuer, critical: false, value: [0x30, 0])]))
        let unknown: ASN1ObjectIdentifier = [1, 3, 6, 1, 4, 1, 99_999]
        #expect(try !read(nil, more: [.init(oid: unknown, critical: true, value: [5, 0])]))
        #expect(try read(nil, more: [.init(oid: unknown, critical: false, value: [5, 0])]))
        let reason = ExtensionRule.reasonCode
        for code: UInt8 in [7, 11, 255] {
            #expect(try !read(nil, more: [.init(oid: reason, critical: false, value: [0x0A, 1, code])]))
        }
    }

    @Test func `RX-REV-DOWN: a list that names two algorithms for its signature is not read`() throws {
        let good = try DER.parse(try list { _ in })
        guard case .constructed(let parts) = good.content, let body = parts.first(where: { _ in true }) else {
            return #expect(Bool(false))
        }
        let key = Certificate.PrivateKey(try SpecimenKey.signing(SpecimenAuthority.issuing.rawValue))
        let table: [(Certificate.SignatureAlgorithm, ASN1ObjectIdentifier, Bool)] = [
            (.ecdsaWithSHA256, [1, 2, 840, 10_045, 4, 3, 2], true),
            (.ecdsaWithSHA384, [1, 2, 840, 10_045, 4, 3, 3], false),
        ]
        for (algorithm, identifier, isRead) in table {
            let signature = try key.sign(bytes: body.encodedBytes, signatureAlgorithm: algorithm)
            var coder = DER.Serializer()
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                coder.serialize(body)
                try coder.appendConstructedNode(identifier: .sequence) { try $0.serialize(identifier) }
                try coder.serialize(ASN1BitString(bytes: signature.rawRepresentation[...]))
            }
            #expect((RevocationList(coder.serializedBytes) != nil) == isRead)
        }
    }

    @Test func `RX-REV-DOWN: moments are whole seconds, in either form of DER`() throws {
        func read(_ tag: UInt8, _ text: String) throws -> Instant {
            try DERTime.read(DER.parse([tag, UInt8(text.utf8.count)] + Array(text.utf8)))
        }
        let noon = try #require(Instant(rfc3339: "2026-11-22T12:00:00Z"))
        #expect(try read(0x17, "261122120000Z") == noon)
        #expect(try read(0x18, "20261122120000Z") == noon)
        #expect(throws: DERFlaw.notExpected) { try read(0x18, "20261122120000.5Z") }
        for (tag, text) in [
            (0x18, "20261122120000+0100"), (0x18, "20261122126000Z"), (0x17, "260229120000Z"),
        ] as [(UInt8, String)] {
            let flaw = #expect(throws: ASN1Error.self, "\(text)") { try read(tag, text) }
            #expect(flaw?.code == .invalidASN1Object, "\(text)")
        }
    }

    @Test func `RX-REV-DOWN: a list without an end, or with bytes behind it, is not read`() throws {
        let good = try list { _ in }
        #expect(RevocationList(good) != nil)
        #expect(RevocationList(good + [0]) == nil && RevocationList(good.dropLast()) == nil)
        #expect(RevocationList(good + good) == nil && RevocationList([]) == nil)
        #expect(RevocationList(try list { $0.nextUpdate = nil }) == nil)
    }
}
