import Decisions
import Testing
import Vocabulary

/// The rules about how often, when, and by whom.
@Suite struct PrescriptionCountTests {
    private func check(
        _ expected: DeclineReason?, _ change: (inout GoodOrder) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var order = GoodOrder()
        change(&order)
        #expect(try order.decision().decline == expected, sourceLocation: sourceLocation)
    }

    @Test(
        arguments: [
            (1, 0, nil), (1, 1, .rxExhausted), (4, 3, nil), (4, 4, .rxExhausted), (4, 5, .rxExhausted),
            (4, .max, .rxExhausted), (4, -1, .rxExhausted), (0, 0, .rxExhausted), (-1, 0, .rxExhausted),
        ] as [(Int, Int, DeclineReason?)])
    func `RX-COUNT: the last handover is had and not one more`(
        handovers: Int, used: Int, reason: DeclineReason?
    ) throws {
        try check(reason) { ($0.record.handovers, $0.record.used) = (handovers, used) }
    }

    // MARK: The interval

    @Test(
        arguments: [
            ("2026-01-31", 1, .months, "2026-02-28"), ("2028-01-31", 1, .months, "2028-02-29"),
            ("2028-02-29", 12, .months, "2029-02-28"), ("2026-11-30", 3, .months, "2027-02-28"),
            ("2026-12-31", 1, .days, "2027-01-01"), ("2026-02-22", 2, .weeks, "2026-03-08"),
            // Over the days on which the clocks change.
            ("2026-03-28", 1, .days, "2026-03-29"), ("2026-03-29", 1, .days, "2026-03-30"),
            ("2026-03-22", 1, .weeks, "2026-03-29"), ("2026-10-24", 1, .days, "2026-10-25"),
            ("2026-10-25", 1, .weeks, "2026-11-01"), ("2026-09-25", 1, .months, "2026-10-25"),
        ] as [(String, Int, IntervalUnit, String)])
    func `RX-INTERVAL: one day early is refused with the first allowed date`(
        last: String, count: Int, unit: IntervalUnit, next: String
    ) throws {
        var order = GoodOrder(today: next)
        order.record.issuedOn = last
        order.record.last = last
        order.record.interval = HandoverInterval(count, unit)
        #expect(try order.decision().decline == nil)
        order.today = try day(next).adding(days: -1).description
        let decision = try order.decision()
        #expect(decision.decline == .rxTooEarly)
        let entry = try #require(decision.trace.first { $0.rule == "interval-over" })
        #expect(entry.inputs.contains(RuleInput("lines[0].next_from", .word(next))))
    }

    @Test(
        arguments: [
            ("2026-03-28T22:59:59Z", .rxTooEarly), ("2026-03-28T23:00:00Z", nil),
        ] as [(String, DeclineReason?)])
    func `RX-INTERVAL: the first day begins at midnight in Copenhagen`(
        moment: String, reason: DeclineReason?
    ) throws {
        let today = try localDay(at: moment)
        try check(reason) { order in
            order.today = today
            (order.record.issuedOn, order.record.last) = ("2026-02-01", "2026-03-22")
            order.record.interval = HandoverInterval(1, .weeks)
        }
    }

    @Test func `RX-INTERVAL: the first handover waits for nothing, an unknown last one for ever`() throws {
        try check(nil) { ($0.record.used, $0.record.last) = (0, nil) }
        try check(nil) { ($0.record.interval, $0.record.last) = (nil, nil) }
        try check(.rxTooEarly) { $0.record.last = nil }
        // A day without a count is a day all the same.
        try check(.rxTooEarly) { ($0.record.used, $0.record.last) = (0, "2026-11-21") }
    }

    // MARK: Who holds it, who buys it

    @Test func `RX-LAST: another order's hold refuses`() throws {
        try check(.rxHeldElsewhere) { $0.record.isHeld = true }
    }

    /// On 22 November 2026: 18 today, 18 tomorrow, and not known.
    static let buyers: [(String?, Bool)] = [
        ("2008-11-22", true), ("2008-11-23", false), ("1980-05-05", true), (nil, false),
    ]

    @Test(arguments: buyers, [.haAdult, .hxAdult] as [DispensingGroup])
    func `RX-MINOR: 17 years and 364 days are not 18`(
        buyer: (birth: String?, isAdult: Bool), group: DispensingGroup
    ) throws {
        var order = GoodOrder(payerBirthDate: buyer.birth)
        order.line.product?.group = group
        #expect(try order.decision().decline == (buyer.isAdult ? nil : .rxAge))
        #expect(try order.verdict(of: BuyerAdult()) == .notApplicable)
        order.line.drawn = .nothing
        #expect(try order.decision().decline == nil)
        #expect(try order.verdict(of: BuyerAdult()) == (buyer.isAdult ? .pass : .decline(.ageRestricted)))
    }

    @Test(
        arguments: [("2026-02-28", .rxAge), ("2026-03-01", nil)] as [(String, DeclineReason?)])
    func `RX-MINOR: who is born on a leap day is 18 on 1 March`(today: String, reason: DeclineReason?) throws
    {
        try check(reason) { order in
            (order.today, order.payerBirthDate) = (today, "2008-02-29")
            (order.record.issuedOn, order.record.last) = ("2026-01-01", "2026-01-01")
            order.line.product?.group = .haAdult
        }
    }

    @Test func `RX-MINOR: a child may buy what is for all`() throws {
        var order = GoodOrder(payerBirthDate: "2014-01-01")
        order.line.drawn = .nothing
        for group in [.ha, .hf, .hv, .hx] as [DispensingGroup] {
            order.line.product?.group = group
            #expect(try order.verdict(of: BuyerAdult()) == .notApplicable)
        }
    }

    // MARK: Who sells it

    @Test(
        arguments: [
            (GoodOrder.here, true, .pass), (GoodOrder.here, false, .decline(.merchantNotPharmacy)),
            (nil, true, .decline(.merchantNotPharmacy)),
        ] as [(String?, Bool, RuleVerdict)])
    func `RX-MERCHANT: medicine is sold by a pharmacy that is listed today`(
        pharmacy: String?, isListed: Bool, verdict: RuleVerdict
    ) throws {
        var order = GoodOrder(pharmacy: pharmacy, isListed: isListed)
        #expect(try order.verdict(of: PharmacyListed()) == verdict)
        order.line.drawn = .nothing
        order.line.product?.group = .hf
        #expect(try order.verdict(of: PharmacyListed()) == verdict)
        order.line.product = nil
        #expect(try order.verdict(of: PharmacyListed()) == .notApplicable)
        order.line.drawn = .unknown
        #expect(try order.verdict(of: PharmacyListed()) == verdict)
    }
}
