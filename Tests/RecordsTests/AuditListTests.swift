import GRDB
import Lifecycles
import Records
import SeedKit
import TestKit
import Testing
import Vocabulary

/// The operator's list: by keyset pages along an index, the same as a plain search would find.
@Suite struct AuditListTests {
    private static let start = Instant(milliseconds: 1_795_348_800_000)

    private struct Filled {
        let bench: Bench
        /// Newest first.
        let payments: [SamplePayment]
        let now: Instant
    }

    private func fill(_ count: Int, seed: UInt64) async throws -> Filled {
        let bench = try Bench(seed: seed)
        let people = [try await bench.person(), try await bench.person()]
        var maker = SamplePayments(seed: seed, customers: people.map(\.id))
        let payments = maker.make(count, from: Self.start)
        try await bench.put(payments)
        return Filled(
            bench: bench, payments: payments.reversed(),
            now: payments.last?.createdAt.adding(seconds: 60) ?? Self.start)
    }

    private func page(
        _ filled: Filled, _ filter: AuditFilter, limit: Int = 100, after: String? = nil,
        before: String? = nil,
        window: Int = AuditList.window
    ) async throws -> AuditPage {
        let keyset = KeysetPage(limit: limit, startingAfter: after, endingBefore: before)
        return try await filled.bench.ledger.read { db in
            try AuditList.page(filter, keyset, now: filled.now, window: window, in: db)
        }
    }

    /// A filter of a few terms, drawn at random.
    private func draw(_ filled: Filled, _ random: inout SplitMix) -> AuditFilter {
        var filter = AuditFilter()
        func maybe(_ change: (inout AuditFilter) -> Void) {
            if Int.random(in: 0..<4, using: &random) == 0 { change(&filter) }
        }
        let sample = filled.payments.randomElement(using: &random) ?? filled.payments[0]
        let other = filled.payments.randomElement(using: &random) ?? sample
        maybe { $0.statuses = [sample.status, other.status] }
        maybe { $0.statuses = [.declined] }
        maybe { $0.reasons = [sample.reason ?? .lostCard, other.reason ?? .rxTooEarly] }
        maybe { $0.parties = [sample.reason?.by ?? .issuer] }
        maybe { $0.merchants = Set([sample.merchant, other.merchant].compactMap { MerchantID($0) }) }
        maybe { $0.orders = Set((try? OrderReference(sample.order)).map { [$0] } ?? []) }
        maybe { $0.cards = [sample.last4] }
        maybe { $0.currencies = [.dkk] }
        maybe { $0.amounts = [AmountBound(.atLeast, minor: 10), AmountBound(.below, minor: 20)] }
        maybe { $0.codes = Set([sample.code ?? "41"].compactMap { NetworkCode($0) }) }
        maybe { $0.factors = [sample.factor, other.factor] }
        maybe { $0.since = .instant(sample.createdAt) }
        maybe { $0.until = .instant(other.createdAt) }
        maybe { $0.subjects = sample.customer.map { [.customer($0)] } ?? [] }
        return filter
    }

    @Test(arguments: TestSeed.usual([1, 2, 3, 4], "OPS-FIND, random filters"))
    func `OPS-FIND: every filter finds what a plain search finds, page by page, both ways`(
        seed: UInt64
    ) async throws {
        let filled = try await fill(300, seed: seed)
        var random = SplitMix(seed: seed &+ 100)
        for _ in 0..<150 {
            let filter = draw(filled, &random)
            let expected = filled.payments.filter { $0.passes(filter, at: filled.now) }.map(\.id)
            let limit = Int.random(in: 1...40, using: &random)
            let window =
                Bool.random(using: &random) ? AuditList.window : Int.random(in: 1...50, using: &random)
            var forwards: [AuthorizationID] = []
            var next: AuthorizationID?
            repeat {
                let page = try await page(filled, filter, limit: limit, after: next?.text, window: window)
                forwards += page.rows.map(\.id)
                try #require(page.next == nil || next == nil || page.next.map { $0 < next ?? $0 } == true)
                next = page.next
            } while next != nil
            #expect(forwards == expected, "\(filter)")
            var backwards: [AuthorizationID] = []
            var before = "auth_"
            while true {
                let page = try await page(filled, filter, limit: limit, before: before, window: window)
                backwards = page.rows.map(\.id) + backwards
                guard page.hasMore else { break }
                before = try #require(page.searchedTo ?? page.rows.first?.id).text
            }
            #expect(backwards == expected, "\(filter)")
        }
    }

    @Test func `OPS-FIND: a row says what the list shows, and nothing of the customer`() async throws {
        let filled = try await fill(200, seed: 9)
        let rows = try await page(filled, AuditFilter(), limit: 200).rows
        try #require(rows.count == 200)
        for (row, payment) in zip(rows, filled.payments) {
            #expect(row.id == payment.id && row.createdAt == payment.createdAt)
            #expect(row.merchant.text == payment.merchant && row.order == payment.order)
            #expect(row.money.amountMinor == payment.amount && row.money.currency.code == payment.currency)
            #expect(row.card == "visa ••\(payment.last4)" && row.status == payment.status)
            #expect(row.reason == payment.reason && row.by == payment.reason?.by)
            #expect(row.networkCode?.text == payment.code && row.factor == payment.factor)
        }
    }

    @Test func `OPS-FIND: no statement of the list scans or sorts`() async throws {
        let filled = try await fill(50, seed: 3)
        var random = SplitMix(seed: TestSeed.usual(5, "OPS-FIND, random statements"))
        let filters = [AuditFilter(), .declined] + (0..<200).map { _ in draw(filled, &random) }
        let statements = Set(filters.flatMap { AuditList.statements($0) })
        #expect(statements.count > 15)
        for sql in statements {
            let plan = try await filled.bench.plan(of: sql)
            #expect(!plan.contains { $0.contains("SCAN a") || $0.contains("TEMP B-TREE") }, "\(sql)\n\(plan)")
        }
    }

    @Test func `OPS-FIND: a plan that sorts is seen as one`() async throws {
        let filled = try await fill(5, seed: 3)
        let plan = try await filled.bench.plan(of: "SELECT id FROM authorizations a ORDER BY amount")
        #expect(plan.contains { $0.contains("SCAN a") } && plan.contains { $0.contains("TEMP B-TREE") })
    }

    @Test func `OPS-FIND: a page looks at no more rows than its window, and goes on where it stopped`()
        async throws
    {
        let filled = try await fill(120, seed: 7)
        var filter = AuditFilter()
        filter.amounts = [AmountBound(.above, minor: 1_000)]
        let first = try await page(filled, filter, window: 50)
        #expect(first.rows.isEmpty && first.hasMore && first.searchedTo == filled.payments[49].id)
        let second = try await page(filled, filter, after: first.searchedTo?.text, window: 50)
        #expect(second.searchedTo == filled.payments[99].id)
        let last = try await page(filled, filter, after: second.searchedTo?.text, window: 50)
        #expect(last == AuditPage(rows: [], hasMore: false))
    }

    @Test func `OPS-FIND: merchants are those that ever asked`() async throws {
        let filled = try await fill(60, seed: 2)
        let merchants = try await filled.bench.ledger.read { db in try AuditList.merchants(in: db) }
        #expect(merchants.map(\.text) == SamplePayments.merchants)
    }

    @Test func `OPS-FIND: ids of what belongs to a payment lead to it`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let id = try await bench.approved(person)
        try await bench.capture(id, nil)
        _ = try await bench.beginRefund(id, 100)
        let stranger = try await bench.approved(try await bench.person())
        let ids = try await bench.texts(
            """
            SELECT id FROM confirmations WHERE authorization = ?1 UNION ALL
            SELECT id FROM decisions WHERE authorization = ?1 UNION ALL
            SELECT id FROM intents WHERE authorization = ?1 UNION ALL
            SELECT id FROM refunds WHERE authorization = ?1 UNION ALL
            SELECT id FROM outbox WHERE authorization = ?1
            """, [id])
        #expect(ids.count > 6 && ids.contains { $0.hasPrefix("ref_") })
        let filled = Filled(bench: bench, payments: [], now: bench.clock.now())
        for text in ids + [id.text, person.id.text] {
            var filter = AuditFilter()
            filter.subjects = [try #require(AuditSubject(text))]
            #expect(try await page(filled, filter).rows.map(\.id) == [id], "\(text)")
            filter.subjects.insert(.authorization(stranger))
            #expect(try await page(filled, filter).rows.isEmpty)
        }
    }
}

extension Bench {
    /// How SQLite would carry out a statement, step by step.
    func plan(of sql: String) async throws -> [String] {
        try await ledger.read { db in
            // Parameters need values, whatever they are.
            let marks = sql.count { $0 == "?" }
            let values = StatementArguments(Array(repeating: "x", count: marks))
            return try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: values).map {
                $0["detail"]
            }
        }
    }
}
