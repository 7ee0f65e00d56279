import Notation
import Testing
import Vocabulary

@testable import Proofs

struct SigningTimeTests {
    let bench: PrescriptionBench

    init() throws { bench = try PrescriptionBench() }

    private func examine(
        signedAt: Instant, firstSeen: Instant, by signer: SpecimenSigner = .doctor
    ) throws -> PrescriptionExamination {
        try bench.examine(bench.record(by: signer, at: signedAt), firstSeen: firstSeen)
    }

    static let bounds: [(seconds: Int, isTaken: Bool)] = [
        (-24 * 3_600 - 1, false), (-24 * 3_600, true), (-1, true), (0, true), (300, true), (301, false),
    ]

    @Test(arguments: bounds, [SpecimenSigner.doctor, .register])
    func `RX-TIME: signed from 24 hours before to 5 minutes after first sight`(
        bound: (seconds: Int, isTaken: Bool), signer: SpecimenSigner
    ) throws {
        let signedAt = bench.now.adding(seconds: bound.seconds)
        let examination = try examine(signedAt: signedAt, firstSeen: bench.now, by: signer)
        if bound.isTaken {
            expectAuthentic(examination)
        } else {
            expectFailure(examination, .signingTime, .rxSigningTimeImplausible)
        }
    }

    @Test func `RX-TIME: the window is counted in milliseconds of our clock`() throws {
        let signedAt = bench.now.adding(seconds: -24 * 3_600)
        let late = try examine(signedAt: signedAt, firstSeen: bench.now.adding(milliseconds: 1))
        expectFailure(late, .signingTime, .rxSigningTimeImplausible)
        #expect(
            late.finding(.signingTime)
                == .signedTooEarly(signedAt: signedAt, earliest: signedAt.adding(milliseconds: 1)))
    }

    static let life: [(days: Int, seconds: Int, isTaken: Bool)] = [
        (-365, -1, false), (-365, 0, true), (1_461, 0, true), (1_461, 1, false),
    ]

    @Test(arguments: life)
    func `RX-TIME: the leaf must be valid at the signing time, its first and last second included`(
        moment: (days: Int, seconds: Int, isTaken: Bool)
    ) throws {
        let signedAt = bench.now.adding(days: moment.days).adding(seconds: moment.seconds)
        let examination = try examine(signedAt: signedAt, firstSeen: signedAt)
        if moment.isTaken {
            expectAuthentic(examination)
        } else {
            expectFailure(examination, .signingTime, .rxSigningTimeImplausible)
            #expect(
                examination.finding(.signingTime)
                    == .certificateNotValid(
                        position: 0, from: bench.now.adding(days: -365), to: bench.now.adding(days: 1_461)))
        }
    }

    @Test func `RX-TIME: every issuer must be valid at the signing time as well`() throws {
        var draft = try SpecimenDrafts.authority(.issuing, at: bench.now)
        draft.validity = bench.now.adding(days: -730)...bench.now.adding(seconds: -1)
        let chain = [bench.pki.certificate(of: .doctor), try draft.made()]
        let examination = try bench.examine(bench.record(chain: chain))
        expectFailure(examination, .signingTime, .rxSigningTimeImplausible)
        guard case .certificateNotValid(position: 1, _, _) = examination.finding(.signingTime) else {
            return #expect(Bool(false), "\(String(describing: examination.finding(.signingTime)))")
        }
    }

    @Test func `RX-TIME: back-dating to when an expired certificate was valid is refused`() throws {
        let backDated = bench.now.adding(days: -3)
        let examination = try examine(signedAt: backDated, firstSeen: bench.now, by: .expiredDoctor)
        expectFailure(examination, .signingTime, .rxSigningTimeImplausible)
        #expect(
            examination.finding(.signingTime)
                == .signedTooEarly(signedAt: backDated, earliest: bench.now.adding(days: -1)))
    }

    @Test(arguments: [(-24 * 3_600, true), (-24 * 3_600 + 1, false), (-3_600, false)])
    func `RX-TIME: an expired certificate signs nothing after its last second`(
        seconds: Int, isTaken: Bool
    ) throws {
        let signedAt = bench.now.adding(seconds: seconds)
        let examination = try examine(signedAt: signedAt, firstSeen: bench.now, by: .expiredDoctor)
        #expect(examination.flaw == (isTaken ? nil : .rxSigningTimeImplausible))
    }

    static let notTimes: [JSON] = [
        nil, "1795348800", .decimal("1795348800.0"), .decimal("1795348800.5"), .decimal("1.7953488e9"), true,
        [1_795_348_800], -1, 0, 1_795_348_800_000, .integer(.max), .integer(.min),
    ]

    @Test(arguments: notTimes)
    func `RX-TIME: the time is an integer of seconds in the header`(time: JSON) throws {
        let examination = try bench.examine(bench.record(header: ["iat": time]))
        expectFailure(examination, .signingTime, .rxSigningTimeImplausible)
    }
}

struct IssueDayTests {
    let bench: PrescriptionBench

    init() throws { bench = try PrescriptionBench() }

    private func examine(
        _ signer: SpecimenSigner, signedAt: Instant, issuedOn: LocalDate? = nil, attestedAt: Instant? = nil
    ) throws -> PrescriptionExamination {
        let content = try bench.content(
            by: signer, at: signedAt, issuedOn: issuedOn, attestedAt: attestedAt)
        return try bench.examine(bench.pki.sign(content, by: signer, at: signedAt), firstSeen: signedAt)
    }

    static let nights: [(signed: String, local: String)] = [
        ("2026-07-01T22:10:00Z", "2026-07-02"), ("2026-07-01T21:59:59Z", "2026-07-01"),
        ("2026-11-21T23:10:00Z", "2026-11-22"), ("2026-11-21T22:59:59Z", "2026-11-21"),
        ("2026-03-28T23:00:00Z", "2026-03-29"), ("2026-10-24T22:00:00Z", "2026-10-25"),
        ("2026-10-25T22:59:59Z", "2026-10-25"), ("2026-10-25T23:00:00Z", "2026-10-26"),
    ]

    @Test(arguments: nights)
    func `RX-DAY: the day of issue is the day of signing in Copenhagen, summer and winter`(
        night: (signed: String, local: String)
    ) throws {
        let signedAt = try #require(Instant(rfc3339: night.signed))
        let local = try #require(LocalDate(night.local))
        expectAuthentic(try examine(.doctor, signedAt: signedAt, issuedOn: local))
        for days in [-1, 1] {
            let other = local.adding(days: days)
            let examination = try examine(.doctor, signedAt: signedAt, issuedOn: other)
            expectFailure(examination, .issueDay, .rxDateMismatch)
            #expect(examination.finding(.issueDay) == .issuedOnOtherDay(issued: other, signed: local))
        }
    }

    @Test(arguments: [(-301, false), (-300, true), (0, true), (300, true), (301, false)])
    func `RX-DAY: a register attests within 5 minutes of its signature`(seconds: Int, isTaken: Bool) throws {
        let attested = bench.now.adding(seconds: seconds)
        let examination = try examine(.register, signedAt: bench.now, attestedAt: attested)
        if isTaken {
            expectAuthentic(examination)
            #expect(examination.finding(.issueDay) == .attestedAtSigning(attested))
        } else {
            expectFailure(examination, .issueDay, .rxDateMismatch)
        }
    }

    @Test func `RX-DAY: the day of issue in a register's record is not compared, and the finding says so`()
        throws
    {
        let examination = try examine(
            .register, signedAt: bench.now, issuedOn: LocalDate(bench.now).adding(days: -10))
        expectAuthentic(examination)
        let check = try #require(examination.checks.first { $0.rule == .issueDay })
        #expect(check.detail.contains("any day of issue"))
    }
}
