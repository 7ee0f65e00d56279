import Decisions
import Testing
import Vocabulary

/// The days of a prescription.
@Suite struct PrescriptionValidityTests {
    private func check(
        _ expected: DeclineReason?, today: String, _ change: (inout GoodRecord) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var order = GoodOrder(today: today)
        (order.record.used, order.record.last) = (0, nil)
        change(&order.record)
        #expect(try order.decision().decline == expected, sourceLocation: sourceLocation)
        let verdict: RuleVerdict = expected.map { .decline($0) } ?? .pass
        #expect(try order.verdict(of: "record-valid") == verdict, sourceLocation: sourceLocation)
    }

    @Test(
        arguments: [
            ("2026-06-01", "2026-06-01", nil), ("2026-06-01", "2026-05-31", .rxNotYetValid),
            ("2026-06-01", "2028-06-01", nil), ("2026-06-01", "2028-06-02", .rxExpired),
            // Issued on a leap day: the last day is 28 February.
            ("2024-02-29", "2026-02-28", nil), ("2024-02-29", "2026-03-01", .rxExpired),
            ("2022-02-28", "2024-02-28", nil), ("2022-02-28", "2024-02-29", .rxExpired),
        ] as [(String, String, DeclineReason?)])
    func `RX-VALID: two calendar years from the issue, both days included`(
        issued: String, today: String, reason: DeclineReason?
    ) throws {
        try check(reason, today: today) { $0.issuedOn = issued }
    }

    @Test(arguments: [.onCallDoctor, .treatingPharmacist] as [SignerRole])
    func `RX-VALID: seven days after the issue from a doctor on call or a treating pharmacist`(
        role: SignerRole
    ) throws {
        let days: [(String, DeclineReason?)] = [
            ("2026-12-27", nil), ("2027-01-03", nil), ("2027-01-04", .rxExpired),
        ]
        for (today, reason) in days {
            try check(reason, today: today) { ($0.issuedOn, $0.role) = ("2026-12-27", role) }
        }
        try check(.rxExpired, today: "2027-01-04") { record in
            (record.issuedOn, record.role, record.to) = ("2026-12-27", role, "2027-06-01")
        }
    }

    @Test(
        arguments: [
            ("2026-11-22", "2026-11-22", nil), ("2026-11-22", "2026-11-23", .rxExpired),
            ("2026-05-31", "2026-06-01", .rxExpired),
            // A stated end shortens the two years and never lengthens them.
            ("2030-01-01", "2028-06-01", nil), ("2030-01-01", "2028-06-02", .rxExpired),
        ] as [(String, String, DeclineReason?)])
    func `RX-VALID: a stated end is the last day and only ever shortens`(
        end: String, today: String, reason: DeclineReason?
    ) throws {
        try check(reason, today: today) { $0.to = end }
    }

    @Test(
        arguments: [
            ("2026-06-01", "2026-07-01", "2026-06-30", .rxNotYetValid),
            ("2026-06-01", "2026-07-01", "2026-07-01", nil),
            ("2026-06-01", "2026-09-01", "2026-09-01", nil),
            // More than three months ahead is no start at all, not even later.
            ("2026-06-01", "2026-09-02", "2026-09-02", .rxNotYetValid),
            ("2026-06-01", "2026-09-02", "2026-11-22", .rxNotYetValid),
            ("2025-11-30", "2026-02-28", "2026-02-28", nil),
            ("2025-11-30", "2026-03-01", "2026-03-01", .rxNotYetValid),
            // A start before the issue is the issue.
            ("2026-06-01", "2026-01-01", "2026-05-31", .rxNotYetValid),
            ("2026-06-01", "2026-01-01", "2026-06-01", nil),
        ] as [(String, String, String, DeclineReason?)])
    func `RX-VALID: a stated start is the first day, three months after the issue at most`(
        issued: String, start: String, today: String, reason: DeclineReason?
    ) throws {
        try check(reason, today: today) { ($0.issuedOn, $0.from) = (issued, start) }
    }

    @Test(
        arguments: [
            // The clocks go forward on 29 March 2026 and back on 25 October 2026.
            ("2026-03-29", "2026-03-28T22:59:59Z", .rxNotYetValid),
            ("2026-03-29", "2026-03-28T23:00:00Z", nil),
            ("2026-03-29", "2026-03-29T21:59:59Z", nil), ("2026-03-29", "2026-03-29T22:00:00Z", .rxExpired),
            ("2026-10-25", "2026-10-24T21:59:59Z", .rxNotYetValid),
            ("2026-10-25", "2026-10-24T22:00:00Z", nil),
            ("2026-10-25", "2026-10-25T22:59:59Z", nil), ("2026-10-25", "2026-10-25T23:00:00Z", .rxExpired),
            // The last second of a summer day in Greenwich is the next day in Copenhagen.
            ("2026-07-01", "2026-07-01T23:59:59Z", .rxExpired), ("2026-07-01", "2026-07-01T21:59:59Z", nil),
        ] as [(String, String, DeclineReason?)])
    func `RX-VALID: a day begins and ends at midnight in Copenhagen, also when the clocks change`(
        only: String, moment: String, reason: DeclineReason?
    ) throws {
        let issued = try day(only).adding(months: -1).description
        try check(reason, today: try localDay(at: moment)) { record in
            (record.issuedOn, record.from, record.to) = (issued, only, only)
        }
    }

    @Test func `RX-VALID: a line that ends before it starts never waits for its start`() throws {
        for today in ["2026-06-20", "2026-07-01", "2026-07-05", "2026-07-10"] {
            try check(.rxExpired, today: today) { ($0.from, $0.to) = ("2026-07-10", "2026-07-01") }
        }
    }

    @Test func `RX-VALID: a record that expired is expired, whatever its days say`() throws {
        try check(.rxExpired, today: "2026-11-22") { $0.status = .expired }
    }

    @Test func `RX-VALID: other days of the law are data`() throws {
        let danish = PrescribingPolicy.danish
        let policy = PrescribingPolicy(
            groups: danish.groups, validYears: 1, shortDays: danish.shortDays, shortRoles: [],
            startMonths: danish.startMonths)
        var order = GoodOrder(today: "2027-06-01")
        let rules = RuleSet.prescription(under: policy)
        #expect(rules.decide(try order.facts(), at: now).decline == nil)
        order.today = "2027-06-02"
        #expect(rules.decide(try order.facts(), at: now).decline == .rxExpired)
        #expect(try order.decision().decline == nil)
    }
}
