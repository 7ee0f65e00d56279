import Testing
import Vocabulary
import X509

@testable import Proofs

/// RX-REV: what evidence that is good says.
struct RevocationTests {
    let bench: PrescriptionBench

    init() throws { bench = try PrescriptionBench() }

    enum Source: String, CaseIterable { case list, response, responseOfIssuer, responseBySHA1 }

    /// Examines the doctor's record with one piece of evidence about the doctor.
    private func examine(
        _ source: Source, _ status: SpecimenStatus, made: Instant? = nil
    ) throws -> PrescriptionExamination {
        let made = made ?? bench.now
        let compact = try bench.record()
        if source == .list {
            var entries: [SpecimenRevocation] = []
            if case .revoked(let moment, let reason) = status {
                entries = [SpecimenRevocation(.doctor, at: moment, reason: reason)]
            }
            let list = try bench.pki.revocationList(of: .issuing, at: made, revoked: entries)
            return try bench.examine(compact, trust: bench.trust(lists: [bench.rootList(), list]))
        }
        var draft = try bench.pki.responseDraft(
            about: .doctor, status, at: made, hash: source == .responseBySHA1 ? .sha1 : .sha256)
        draft.namesKey = source == .responseBySHA1
        if source == .responseOfIssuer {
            draft.responder = try #require(bench.pki.authorities[.issuing])
            draft.sent = []
            draft.key = try SpecimenKey.signing(SpecimenAuthority.issuing.rawValue)
        }
        return try bench.examine(
            compact, trust: bench.trust(lists: [bench.rootList()]), stapled: [draft.made()])
    }

    @Test(arguments: Source.allCases)
    func `RX-REV: fresh evidence that names no revocation is good, by list and by response`(
        source: Source
    ) throws {
        let made = bench.now.adding(seconds: -7_200)
        let examination = try examine(source, .good, made: made)
        expectAuthentic(examination)
        // The oldest of all evidence counts: here that about the leaf.
        guard case .good(asOf: made, _) = examination.verified?.revocation else {
            return #expect(Bool(false), "\(String(describing: examination.verified?.revocation))")
        }
    }

    static let reasons: [(RevocationReason?, RevocationClass)] = [
        (.keyCompromise, .always), (.cACompromise, .always), (.aACompromise, .always),
        (nil, .byTime), (.unspecified, .byTime), (.affiliationChanged, .byTime), (.superseded, .byTime),
        (.cessationOfOperation, .byTime), (.privilegeWithdrawn, .byTime),
        (.certificateHold, .undecided),
    ]

    enum RevocationClass { case always, byTime, undecided }

    @Test(arguments: reasons, Source.allCases)
    func `RX-REV: a compromise counts always, another reason from its moment, a hold decides nothing`(
        row: (reason: RevocationReason?, kind: RevocationClass), source: Source
    ) throws {
        for seconds in [-3_600, -1, 0, 1, 200] {
            let moment = bench.now.adding(seconds: seconds)
            let examination = try examine(source, .revoked(at: moment, reason: row.reason))
            let counts = row.kind == .always || (row.kind == .byTime && seconds <= 0)
            if counts {
                expectFailure(examination, .revocation, .rxRevoked, "\(seconds)")
                let reason = row.reason ?? .unspecified
                #expect(
                    examination.finding(.revocation) == .revocation(.revoked(at: moment, reason: reason)))
            } else if row.kind == .undecided {
                #expect(examination.verdict(.revocation) == .unknown(.rxRevocationUnknown))
                #expect(examination.flaw == nil && !examination.isAuthentic)
                #expect(examination.verified?.revocation == .unknown(.onHold))
            } else {
                expectAuthentic(examination, "\(seconds)")
            }
        }
    }

    @Test func `RX-REV: a revocation wins over a response that says good, and the other way round`() throws {
        let revoked = SpecimenRevocation(.doctor, at: bench.now.adding(days: -1), reason: .superseded)
        let good = try bench.pki.response(about: .doctor, .good, at: bench.now)
        let byList = try bench.examine(bench.record(), revoked: [revoked], stapled: [good])
        expectFailure(byList, .revocation, .rxRevoked)
        let bad = try bench.pki.response(
            about: .doctor, .revoked(at: bench.now, reason: .keyCompromise), at: bench.now)
        for stapled in [[bad], [good, bad], [bad, good]] {
            expectFailure(try bench.examine(bench.record(), stapled: stapled), .revocation, .rxRevoked)
        }
    }

    @Test func `RX-REV: a hold wins over good, and one good word is enough beside a stale one`() throws {
        let hold = try bench.pki.response(
            about: .doctor, .revoked(at: bench.now, reason: .certificateHold), at: bench.now)
        let onHold = try bench.examine(bench.record(), stapled: [hold])
        #expect(onHold.verified?.revocation == .unknown(.onHold))
        let stale = try bench.pki.response(about: .doctor, .good, at: bench.now.adding(days: -2))
        expectAuthentic(try bench.examine(bench.record(), stapled: [stale]))
    }

    @Test func `RX-REV: the specimens' revoked doctor is refused, a revoked register too`() throws {
        expectFailure(
            try bench.examine(bench.record(by: .revokedDoctor)), .revocation, .rxRevoked)
        let revoked = SpecimenRevocation(.register, at: bench.now, reason: .keyCompromise)
        expectFailure(
            try bench.examine(bench.record(by: .register), revoked: [revoked]), .revocation, .rxRevoked)
    }

    @Test func `RX-REV: the issuing authority needs evidence of its own, and falls with its own revocation`()
        throws
    {
        let issuingList = try bench.pki.revocationList(of: .issuing, at: bench.now, revoked: [])
        let without = try bench.examine(bench.record(), trust: bench.trust(lists: [issuingList]))
        #expect(without.verified?.revocation == .unknown(.none))
        let authority = try #require(bench.pki.authorities[.issuing])
        for (reason, seconds, isRevoked) in [
            (RevocationReason.cACompromise, 1, true), (.cessationOfOperation, 0, true),
            (.cessationOfOperation, 1, false),
        ] {
            var draft = try bench.pki.listDraft(of: .root, at: bench.now)
            draft.entries = [
                .init(
                    serial: authority.certificate.serialNumber, at: bench.now.adding(seconds: seconds),
                    reason: reason)
            ]
            let trust = try bench.trust(lists: [issuingList, draft.made()])
            let examination = try bench.examine(bench.record(), trust: trust)
            #expect(examination.flaw == (isRevoked ? .rxRevoked : nil))
        }
    }

    @Test func `RX-REV: what was taken off a list is not on it`() throws {
        let back = SpecimenRevocation(.doctor, at: bench.now.adding(days: -1), reason: .removeFromCRL)
        expectAuthentic(try bench.examine(bench.record(), revoked: [back]))
    }

    @Test func `RX-REV: an invalidity date moves nothing`() throws {
        // 2020-01-01, long before the signature; the revocation itself came after it.
        let date = Certificate.Extension(
            oid: ExtensionRule.invalidityDate, critical: false,
            value: [0x18, 0x0F] + ArraySlice("20200101000000Z".utf8))
        var draft = try bench.pki.listDraft(of: .issuing, at: bench.now)
        let serial = try #require(bench.pki.signers[.doctor]).certificate.serialNumber
        draft.entries = [
            .init(serial: serial, at: bench.now.adding(seconds: 1), reason: .superseded, more: [date])
        ]
        let trust = try bench.trust(lists: [bench.rootList(), draft.made()])
        expectAuthentic(try bench.examine(bench.record(), trust: trust))
    }

    @Test func `RX-REV: the same signer is judged again by the evidence of a later moment`() throws {
        let verified = try #require(try bench.examine(bench.record()).verified)
        let later = bench.now.adding(days: 400)
        func again(_ trust: TrustAnchors, stapled: [[UInt8]] = []) -> RevocationFinding {
            PrescriptionVerifier(trust: trust).revocation(
                of: verified.signer, signedAt: verified.signedAt, stapled: stapled, at: later)
        }
        #expect(again(try bench.pki.trust(at: bench.now)) == .unknown(.stale))
        #expect(again(try bench.pki.trust(at: later)).standing == .pass)
        let after = SpecimenRevocation(.doctor, at: bench.now.adding(days: 1), reason: .superseded)
        #expect(again(try bench.pki.trust(at: later, revoked: [after])).standing == .pass)
        let stolen = SpecimenRevocation(.doctor, at: bench.now.adding(days: 1), reason: .keyCompromise)
        #expect(again(try bench.pki.trust(at: later, revoked: [stolen])).standing == .fail(.rxRevoked))
        let stale = try bench.pki.trust(at: bench.now)
        let response = try bench.pki.response(about: .doctor, .good, at: later)
        #expect(again(stale, stapled: [response]) == .unknown(.stale), "the issuing authority's list is old")
        let nobody = try TrustAnchors(
            prescriberRoots: [], registers: [], crls: [], authorisations: AuthorisationRegister([]))
        #expect(again(nobody) == .unknown(.untrusted))
    }
}
