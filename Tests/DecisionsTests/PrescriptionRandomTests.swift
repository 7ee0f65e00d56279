import Decisions
import SeedKit
import Testing
import Vocabulary

extension SplitMix {
    /// One of them.
    mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: values.indices, using: &self)] }

    /// The usual value mostly, one of the others now and then.
    mutating func mostly<T>(_ usual: T, _ others: [T]) -> T {
        Int.random(in: 0..<8, using: &self) == 0 ? pick(others) : usual
    }
}

/// Random orders: whatever passes keeps to the arithmetic, counted here in another way.
@Suite struct PrescriptionRandomTests {
    static let orders = 4_000

    private func record(_ dice: inout SplitMix) -> GoodRecord {
        var record = GoodRecord()
        record.status = dice.mostly(.open, PrescriptionStatus.allCases)
        record.flaw = dice.mostly(nil, [.rxDateMismatch])
        record.revocation = dice.mostly(.good, RevocationStanding.allCases)
        record.role = dice.mostly(.doctor, SignerRole.allCases)
        record.issuedOn = dice.mostly("2026-06-01", ["2024-11-22", "2024-11-21", "2026-11-15", "2026-11-23"])
        record.patient = dice.mostly(.same, [.related(.guardian), .notRelatedNow, .stranger])
        record.hasLine = dice.mostly(true, [false])
        record.packages = dice.pick(["1", "1.5", "2", "3"])
        record.handovers = dice.pick([1, 2, 4])
        record.used = dice.pick([0, 1, 2, 3, 4])
        record.interval = dice.pick([nil, HandoverInterval(1, .months), HandoverInterval(12, .weeks)])
        record.last = record.used == 0 ? nil : dice.pick(["2026-06-30", "2026-08-30", "2026-10-22", nil])
        record.from = dice.mostly(nil, ["2026-07-01", "2026-11-23", "2027-01-01"])
        record.to = dice.mostly(nil, ["2026-11-22", "2026-11-21"])
        record.isSubstitutionAllowed = dice.pick([true, true, false])
        record.residual = dice.mostly(nil, ["0", "50", "100"])
        record.isHeld = dice.mostly(false, [true])
        record.isDrawnTwice = dice.mostly(false, [true])
        record.row = dice.mostly(Row(), [nil, Row(group: .a)])
        return record
    }

    private func line(_ dice: inout SplitMix) -> GoodLine {
        GoodLine(
            product: dice.mostly(
                Row(number: dice.pick(["012345", "054321"]), size: dice.pick(["50", "100", "33.333"])),
                [nil, Row(group: .a), Row(substitution: nil, group: .b), Row(group: .hospital)]),
            quantity: dice.pick([1, 1, 2, 3, 0]), drawn: dice.mostly(.found, [.unknown, .nothing]),
            record: record(&dice))
    }

    /// What must be true of a line that passed, in whole thousandths of packages and units.
    private func expectCovered(_ line: OrderLineFacts, _ comment: Comment) throws {
        guard case .found(let record) = line.drawn, let product = line.product, let prescribed = record.line
        else {
            #expect(Bool(false), comment)
            return
        }
        #expect(record.status != .invalid && record.revocation == .good && !record.use.isHeld, comment)
        #expect(record.patient != .stranger && record.patient != .notRelatedNow, comment)
        #expect(record.use.handedOver + 1 <= prescribed.handovers, comment)
        #expect(line.quantity > 0, comment)
        let units = Int64(line.quantity) * product.packageSize.thousandths
        if product.number == prescribed.product.number {
            #expect(Int64(line.quantity) * 1_000 <= prescribed.packagesPerHandover.thousandths, comment)
        } else {
            let row = try #require(record.prescribed)
            let allowed = prescribed.packagesPerHandover.thousandths * row.packageSize.thousandths / 1_000
            #expect(units <= allowed, comment)
            #expect(prescribed.isSubstitutionAllowed, comment)
        }
        if let residual = record.use.residual { #expect(units <= residual.thousandths, comment) }
        if product.group == .a { #expect(record.use.handedOver == 0, comment) }
        #expect(product.group != .hospital, comment)
    }

    @Test(arguments: TestSeed.usual([1, 2026, 0xC0FFEE], "RX-CATALOGUE, random orders"))
    func `RX-CATALOGUE: whatever passes all rules is within count, quantity and state`(seed: UInt64) throws {
        var dice = SplitMix(seed: seed)
        var passed = 0
        var reasons: Set<DeclineReason> = []
        for number in 0..<Self.orders {
            let order = GoodOrder(lines: (0..<dice.pick([1, 1, 2])).map { _ in line(&dice) })
            let facts = try order.facts()
            if let reason = try order.decision().decline {
                reasons.insert(reason)
                continue
            }
            passed += 1
            for line in facts.lines { try expectCovered(line, "order \(number) of seed \(seed)") }
        }
        #expect(passed > 20, "too few orders pass for the test to say anything")
        #expect(reasons.count > 12, "\(reasons)")
    }

    @Test(arguments: TestSeed.usual([7, 77], "RX-INTERVAL, random orders"))
    func `RX-INTERVAL: from the day that the dry run names on the order is covered, not a day before`(
        seed: UInt64
    ) throws {
        var dice = SplitMix(seed: seed)
        var named = 0
        for number in 0..<Self.orders {
            var order = GoodOrder(lines: [line(&dice)])
            guard try isTooSoon(order), let next = try nextFrom(order) else { continue }
            named += 1
            order.today = next.description
            #expect(try !isTooSoon(order), "order \(number) of seed \(seed)")
            order.today = next.adding(days: -1).description
            #expect(try isTooSoon(order), "order \(number) of seed \(seed)")
        }
        #expect(named > 20, "too few orders wait for the test to say anything")
    }

    private func isTooSoon(_ order: GoodOrder) throws -> Bool {
        try order.verdict(of: "interval-over") == .decline(.rxTooEarly)
            || order.verdict(of: "record-valid") == .decline(.rxNotYetValid)
    }

    private func nextFrom(_ order: GoodOrder) throws -> LocalDate? {
        LineCoverage(of: try order.record.facts(), today: try day(order.today))?.nextFrom
    }
}
