import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// What an operator looks after, and the counts behind the charts.
@Suite struct AuditWatchTests {
    private static let refused = AuthorizeResult.declined(.insufficientFunds)

    // MARK: Lists

    @Test func `OPS-LISTS: paid and not handed over, until the last handover`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let approved = try await still.approved(kaja, [Draw(record)])
        #expect(try await still.gateway.auditLists().notHandedOver.items.isEmpty)
        try await still.capture(approved.id)
        let owed = try await still.gateway.auditLists().notHandedOver
        #expect(owed.items.map(\.authorization) == [approved.id] && !owed.hasMore)
        #expect(owed.items.first?.merchant == still.pharmacy.merchant.id)
        #expect(try await still.gateway.auditLists().notCaptured.items.isEmpty)
        try await still.rx.handOver(approved.id)
        #expect(try await still.gateway.auditLists().notHandedOver.items.isEmpty)
        await still.stop()
    }

    @Test func `OPS-LISTS: handed over and given back, and handed over with money never taken`() async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let first = try await still.paid(kaja, [Draw(record)])
        let handover = try await still.rx.handOver(first.id)
        try await still.refund(first.id)
        let list = try await still.gateway.auditLists().notCaptured.items
        #expect(list.map(\.authorization) == [first.id])
        #expect(list.first?.refundedMinor == first.money.amountMinor)
        _ = try await still.rx.undo(handover, of: first.id)
        #expect(try await still.gateway.auditLists().notCaptured.items.isEmpty)
        let second = try await still.approved(kaja, [Draw(record)])
        try await still.capture(second.id, 100, isFinal: false)
        try await still.rx.handOver(second.id)
        let open = try await still.gateway.auditLists().notCaptured.items
        #expect(open.map(\.authorization) == [second.id] && open.first?.capturedMinor == 100)
        try await still.capture(second.id)
        #expect(try await still.gateway.auditLists().notCaptured.items.isEmpty)
        await still.stop()
    }

    @Test(arguments: [(-1, true), (0, true), (1, false)])
    func `OPS-LISTS: an approval that ends within a day`(milliseconds: Int64, isListed: Bool) async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let approved = try await still.approved(kaja, [Draw(record)])
        let end = try #require(approved.captureBefore)
        still.clock.set(end.adding(seconds: -86_400).adding(milliseconds: -milliseconds))
        let list = try await still.gateway.auditLists().expiring.items
        #expect(list.map(\.authorization) == (isListed ? [approved.id] : []))
        still.clock.set(end)
        #expect(try await still.gateway.auditLists().expiring.items.isEmpty)
        await still.stop()
    }

    @Test(arguments: [(59, false), (60, false), (61, true)])
    func `OPS-LISTS: an outcome that nobody knows after its time`(seconds: Int, isListed: Bool) async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let asked = try await still.stage.authorize(kaja)
        try await still.answer(asked, by: kaja)
        still.clock.advance(seconds: seconds)
        let list = try await still.gateway.auditLists().unknownOutcomes.items
        #expect(list.map(\.authorization) == (isListed ? [asked.id] : []))
        try await still.bank(asked.id)
        #expect(try await still.gateway.auditLists().unknownOutcomes.items.isEmpty)
        await still.stop()
    }

    @Test func `OPS-LISTS: notices that wait for five minutes are counted by merchant`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let asked = try await still.stage.authorize(kaja)
        try await still.answer(asked, by: kaja, .deny)
        still.clock.advance(seconds: 300)
        #expect(try await still.gateway.auditLists().undelivered.items.isEmpty)
        still.clock.advance(seconds: 1)
        let waiting = try await still.gateway.auditLists().undelivered.items
        #expect(waiting.map(\.merchant) == [still.stage.shop.merchant.id])
        #expect(waiting.first?.count == (try await still.stage.number("SELECT count(*) FROM outbox")))
        await still.stop()
    }

    @Test(arguments: [
        (AuditLists.Share(declined: 1, approved: 9), AuditLists.Share(declined: 5, approved: 5), true),
        (AuditLists.Share(declined: 1, approved: 9), AuditLists.Share(declined: 4, approved: 0), false),
        (AuditLists.Share(declined: 50, approved: 50), AuditLists.Share(declined: 55, approved: 45), false),
        (AuditLists.Share(declined: 10, approved: 90), AuditLists.Share(declined: 15, approved: 85), true),
        (AuditLists.Share(declined: 10, approved: 90), AuditLists.Share(declined: 14, approved: 86), false),
        (AuditLists.Share(), AuditLists.Share(declined: 5, approved: 95), true),
    ])
    func `OPS-LISTS: a share of declines has risen when it is more by half and by five of a hundred`(
        before: AuditLists.Share, now: AuditLists.Share, isTold: Bool
    ) throws {
        let merchant = try #require(MerchantID("bogbixen"))
        let rising = AuditLists.Rising(merchant: merchant, before: before, now: now)
        #expect(rising.isWorthTelling == isTold)
    }

    @Test func `OPS-LISTS: declines of this week are held against those of the week before`() async throws {
        let still = try await StillPharmacy()
        try await still.tally(day: 10, "bogbixen", .reason, "lost_card", 5)
        try await still.tally(day: 10, "bogbixen", .orders, "approved", 95)
        try await still.tally(day: 6, "bogbixen", .reason, "lost_card", 10)
        try await still.tally(day: 0, "bogbixen", .reason, "do_not_honor", 10)
        try await still.tally(day: 0, "bogbixen", .orders, "approved", 80)
        try await still.tally(day: 14, "anden-butik", .orders, "approved", 100)
        try await still.tally(day: 3, "anden-butik", .reason, "lost_card", 4)
        let rising = try await still.gateway.auditLists().rising.items
        #expect(rising.map(\.merchant.text) == ["bogbixen"])
        #expect(rising.first?.before == AuditLists.Share(declined: 5, approved: 95))
        #expect(rising.first?.now == AuditLists.Share(declined: 20, approved: 80))
        await still.stop()
    }

    @Test func `OPS-LISTS: no list scans a table`() async throws {
        let still = try await StillPharmacy()
        for sql in AuditLists.statements {
            let plan = try await still.ledger.read { db in
                let values = StatementArguments(Array(repeating: "x", count: sql.count { $0 == "?" }))
                return try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: values)
                    .map { $0["detail"] as String }
            }
            let scans = plan.filter { $0.hasPrefix("SCAN") && $0 != "SCAN (subquery-1)" }
            #expect(scans.isEmpty, "\(sql)\n\(plan)")
            #expect(!plan.contains { $0.contains("TEMP B-TREE FOR ORDER BY") } || sql.contains("outbox"))
        }
        await still.stop()
    }

    // MARK: Charts

    @Test func `OPS-CHART: every decline is counted once in each chart`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        for seconds in [3, 7] {
            let asked = try await still.stage.authorize(kaja)
            still.clock.advance(seconds: seconds)
            try await still.answer(asked, by: kaja, .deny)
        }
        let asked = try await still.stage.authorize(kaja)
        try await still.answer(asked, by: kaja)
        try await still.bank(asked.id, says: Self.refused)
        let day = LocalDate(still.clock.now())
        let charts = try await still.gateway.auditCharts(
            from: day.adding(days: -2), to: day, merchant: nil)
        #expect(charts.days.map(\.declines) == [0, 0, 3] && charts.declines == 3)
        #expect(charts.reasons.map(\.word) == ["confirmation_denied", "insufficient_funds"])
        #expect(charts.reasons.map(\.count) == [2, 1])
        #expect(charts.merchants == [AuditCharts.Bar(word: still.stage.shop.merchant.id.text, count: 3)])
        #expect(charts.factors == [AuditCharts.Bar(word: "app", count: 3)])
        #expect(charts.codes == [AuditCharts.Bar(word: "51", count: 1)])
        #expect(charts.answerSeconds.map(\.word) == AuditCharts.steps)
        #expect(charts.answerSeconds.map(\.count) == [2, 1, 0, 0, 0, 0, 0, 0])
        #expect(charts.tried == 3 && charts.approved == 0 && charts.approvalPermille == 0)
        let other = try await still.gateway.auditCharts(
            from: day, to: day, merchant: still.stage.otherShop.merchant.id)
        #expect(other.declines == 0 && other.tried == 0 && other.approvalPermille == nil)
        let own = try await still.gateway.auditCharts(
            from: day, to: day, merchant: still.stage.shop.merchant.id)
        #expect(own.declines == 3 && own.reasons == charts.reasons)
        await still.stop()
    }

    @Test func `OPS-CHART: retries of one order count once in the rate of approvals`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        for _ in 0..<3 {
            let asked = try await still.stage.authorize(kaja, reference: "A-1")
            try await still.answer(asked, by: kaja)
            try await still.bank(asked.id, says: Self.refused)
        }
        let asked = try await still.stage.authorize(kaja, reference: "A-1")
        try await still.answer(asked, by: kaja)
        try await still.bank(asked.id)
        let other = try await still.stage.authorize(kaja, reference: "A-2")
        try await still.answer(other, by: kaja, .deny)
        let day = LocalDate(still.clock.now())
        let charts = try await still.gateway.auditCharts(from: day, to: day, merchant: nil)
        #expect(charts.tried == 2 && charts.approved == 1 && charts.approvalPermille == 500)
        #expect(charts.declines == 4)
        await still.stop()
    }

    @Test(arguments: [(0, true), (365, true), (366, false), (-1, false)])
    func `OPS-CHART: a range has one day at least and 366 at most`(days: Int, isGood: Bool) async throws {
        let still = try await StillPharmacy()
        let day = LocalDate(still.clock.now())
        do {
            let charts = try await still.gateway.auditCharts(
                from: day, to: day.adding(days: days), merchant: nil)
            #expect(isGood && charts.days.count == days + 1)
        } catch {
            #expect(!isGood && error.code == .parameterInvalid)
        }
        await still.stop()
    }
}

extension StillPharmacy {
    /// Puts a count so many days back into the tallies.
    fileprivate func tally(
        day: Int, _ merchant: String, _ measure: TallyMeasure, _ word: String, _ number: Int
    ) async throws {
        let text = LocalDate(clock.now()).adding(days: -day).description
        _ = try await ledger.submit(
            Count(values: [text, merchant, measure.rawValue, word], number: number))
    }
}

private struct Count: Command {
    let values: [String]
    let number: Int

    func run(in transaction: Transaction) throws {
        try transaction.db.execute(
            sql: "INSERT INTO tallies (day, merchant, measure, word, number) VALUES (?, ?, ?, ?, \(number))",
            arguments: StatementArguments(values))
    }
}
