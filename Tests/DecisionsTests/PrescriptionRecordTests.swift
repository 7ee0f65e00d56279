import Decisions
import Testing
import Vocabulary

/// The rules about the record and the person.
@Suite struct PrescriptionRecordTests {
    private func check(
        _ expected: DeclineReason?, by rule: String, _ change: (inout GoodOrder) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var order = GoodOrder()
        change(&order)
        let verdict: RuleVerdict = expected.map { .decline($0) } ?? .pass
        #expect(try order.verdict(of: rule) == verdict, sourceLocation: sourceLocation)
        #expect(try order.decision().decline == expected, sourceLocation: sourceLocation)
    }

    @Test(
        arguments: [
            (.b, .nothing, .rxMissing), (.b, .unknown, .rxMissing), (.b, .found, nil),
            (.a, .nothing, .rxMissing), (.hospital, .nothing, .rxMissing),
            (.specialist, .nothing, .rxMissing),
            (.ha, .nothing, nil), (.hf, .nothing, nil), (.hx, .nothing, nil), (.hv, .nothing, nil),
            (.ha, .unknown, .rxMissing), (nil, .nothing, .rxMissing),
        ] as [(DispensingGroup?, GoodLine.Drawn, DeclineReason?)])
    func `RX-COVER: what needs a prescription names one that is on file`(
        group: DispensingGroup?, drawn: GoodLine.Drawn, reason: DeclineReason?
    ) throws {
        try check(reason, by: "prescription-named") { order in
            order.line.product = group.map { Row(group: $0) }
            order.line.drawn = drawn
        }
    }

    @Test func `RX-COVER: goods of a shop that is no pharmacy stand in no price list`() throws {
        var order = GoodOrder(pharmacy: nil)
        order.line.product = nil
        order.line.drawn = .nothing
        #expect(try order.verdict(of: "prescription-named") == .notApplicable)
        order.line.product = Row()
        #expect(try order.verdict(of: "prescription-named") == .decline(.rxMissing))
    }

    @Test(
        arguments: [
            .rxSignatureInvalid, .rxAlgorithmRefused, .rxCertificateMalformed, .rxChainUntrusted,
            .rxSigningTimeImplausible, .rxDateMismatch, .rxPrescriberNotEntitled, .rxPrescriberInactive,
        ] as [DeclineReason])
    func `RX-SIG: the first flaw of a record is the reason`(flaw: DeclineReason) throws {
        try check(flaw, by: "record-authentic") { order in
            order.record.flaw = flaw
            order.record.status = .invalid
        }
    }

    @Test func `RX-SIG: an invalid record is refused also when its flaw is not told`() throws {
        try check(.rxSignatureInvalid, by: "record-authentic") { $0.record.status = .invalid }
    }

    @Test(
        arguments: [(.good, nil), (.revoked, .rxRevoked), (.unknown, .rxRevocationUnknown)]
            as [(RevocationStanding, DeclineReason?)])
    func `RX-REV-DOWN: only evidence that says good is good`(
        standing: RevocationStanding, reason: DeclineReason?
    ) throws {
        try check(reason, by: "not-revoked") { $0.record.revocation = standing }
    }

    @Test(
        arguments: [
            (0, nil), (-600_000, nil), (-600_001, .rxAttestationStale), (300_000, nil),
            (300_001, .rxAttestationStale), (nil, .rxAttestationStale),
        ] as [(Int64?, DeclineReason?)])
    func `RX-ID: a register's word counts for its seconds, the last millisecond included`(
        milliseconds: Int64?, reason: DeclineReason?
    ) throws {
        try check(reason, by: "attestation-fresh") { order in
            order.record.kind = .registry
            order.record.attestedAt = milliseconds.map { now.adding(milliseconds: $0) }
        }
    }

    @Test func `RX-ID: a prescriber's record needs no register`() throws {
        #expect(try GoodOrder().verdict(of: "attestation-fresh") == .notApplicable)
    }

    // MARK: The person

    @Test(
        arguments: [
            (.same, true), (.related(.guardian), true), (.related(.powerOfAttorney), true),
            (.notRelatedNow, true), (.stranger, false),
        ] as [(PatientStanding, Bool)])
    func `RX-PATIENT: only a stranger does not match`(patient: PatientStanding, isMatched: Bool) throws {
        var order = GoodOrder()
        order.record.patient = patient
        let verdict: RuleVerdict = isMatched ? .pass : .decline(.rxPatientMismatch)
        #expect(try order.verdict(of: "patient-matches") == verdict)
        #expect(try order.decision().passed("patient-matches") == isMatched)
    }

    @Test(arguments: 0..<3)
    func `RX-PATIENT: one line of a stranger or of nobody known is enough`(place: Int) throws {
        var stranger = GoodOrder(lines: Array(repeating: GoodLine(), count: 3))
        stranger.lines[place].record.patient = .stranger
        #expect(try stranger.decision().decline == .rxPatientMismatch)
        #expect(try stranger.decision().declinedLine == place)
        var unknown = GoodOrder(lines: Array(repeating: GoodLine(), count: 3))
        unknown.lines[place].drawn = .unknown
        #expect(try !unknown.decision().passed("patient-matches"))
    }

    @Test(
        arguments: [
            // Today is 22 November 2026; a guardian serves a child under 15.
            ("2011-11-23", 15, nil), ("2011-11-22", 15, .rxProxyMissing), ("2008-11-23", 18, nil),
            ("2008-11-22", 18, .rxProxyMissing), ("2026-11-22", 1, nil), ("2026-11-22", 0, .rxProxyMissing),
            ("2026-11-23", 15, .rxProxyMissing),
        ] as [(String, Int, DeclineReason?)])
    func `RX-MINOR: a guardian serves a child until the birthday that the policy sets`(
        birth: String, until: Int, reason: DeclineReason?
    ) throws {
        try check(reason, by: "proxy-stands") { order in
            order.record.patient = .related(.guardian)
            order.record.patientBirthDate = birth
            order.guardianUntilAge = until
        }
    }

    @Test func `RX-PROXY: a power of attorney serves at any age, and only while it stands`() throws {
        try check(nil, by: "proxy-stands") { $0.record.patient = .related(.powerOfAttorney) }
        try check(.rxProxyMissing, by: "proxy-stands") { $0.record.patient = .notRelatedNow }
        #expect(try GoodOrder().verdict(of: "proxy-stands") == .notApplicable)
    }

    // MARK: The state

    @Test(
        arguments: [
            (.pending, nil), (.open, nil), (.partHandedOver, nil), (.closed, .rxExhausted),
            (.cancelPending, .rxCanceled), (.canceled, .rxCanceled),
        ] as [(PrescriptionStatus, DeclineReason?)])
    func `RX-CANCEL: a canceled record and one that will be take no new hold`(
        status: PrescriptionStatus, reason: DeclineReason?
    ) throws {
        try check(reason, by: "record-not-canceled") { $0.record.status = status }
    }
}
