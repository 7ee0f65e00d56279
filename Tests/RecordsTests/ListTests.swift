import GRDB
import Lifecycles
import Records
import TestKit
import Testing
import Vocabulary

/// Lists by keyset pages, newest first.
@Suite struct ListTests {
    /// Declined payments, a second apart, of 1, 2, 3 … minor units; the ids, newest first.
    private func fill(_ bench: Bench, _ count: Int, of owner: Owner? = nil) async throws -> [AuthorizationID]
    {
        let person = try await bench.person()
        var ids: [AuthorizationID] = []
        for number in 0..<count {
            bench.clock.advance(seconds: 1)
            let made = try await bench.create(
                person, amount: Int64(number + 1), reference: "r\(number)", of: owner, isSuspended: true)
            ids.insert(made.id, at: 0)
        }
        return ids
    }

    private func page(
        _ bench: Bench, _ filter: AuthorizationFilter = AuthorizationFilter(), limit: Int = 100,
        after: AuthorizationID? = nil, before: AuthorizationID? = nil, of owner: Owner? = nil
    ) async throws -> ListPage<Authorization> {
        let keyset = KeysetPage(limit: limit, startingAfter: after?.text, endingBefore: before?.text)
        return try await bench.ledger.read { db in
            try AuthorizationList.page(of: owner ?? bench.shop, filter, keyset, in: db)
        }
    }

    @Test(arguments: [1, 2, 7, 12, 13, 25, 26, 100])
    func `PAY-LIST: pages forwards show everything once, newest first`(limit: Int) async throws {
        let bench = try Bench()
        let ids = try await fill(bench, 25)
        var seen: [AuthorizationID] = []
        var hasMore = true
        while hasMore {
            let next = try await page(bench, limit: limit, after: seen.last)
            #expect(next.items.count == min(limit, 25 - seen.count))
            seen += next.items.map(\.id)
            hasMore = next.hasMore
            try #require(seen.count <= 25)
            #expect(hasMore == (seen.count < 25))
        }
        #expect(seen == ids)
    }

    @Test(arguments: [1, 2, 7, 12, 13, 25, 26, 100])
    func `PAY-LIST: pages backwards show everything once, each newest first`(limit: Int) async throws {
        let bench = try Bench()
        let ids = try await fill(bench, 25)
        let oldest = try #require(ids.last)
        var seen = [oldest]
        var hasMore = true
        while hasMore {
            let next = try await page(bench, limit: limit, before: seen.first)
            #expect(next.items.count == min(limit, 25 - seen.count))
            seen = next.items.map(\.id) + seen
            hasMore = next.hasMore
            try #require(seen.count <= 25)
            #expect(hasMore == (seen.count < 25))
        }
        #expect(seen == ids)
    }

    @Test func `PAY-LIST: beyond either end there is nothing, and no more`() async throws {
        let bench = try Bench()
        let ids = try await fill(bench, 3)
        for found in [try await page(bench, after: ids.last), try await page(bench, before: ids.first)] {
            #expect(found.items.isEmpty && !found.hasMore)
        }
        let between = try await page(bench, after: ids.first, before: ids.last)
        #expect(between.items.map(\.id) == [ids[1]])
    }

    @Test func `PAY-LIST: a merchant sees its own, in the mode of its key`() async throws {
        let bench = try Bench()
        let mine = try await fill(bench, 2)
        let others = try await fill(bench, 3, of: bench.otherShop)
        #expect(try await page(bench).items.map(\.id) == mine)
        #expect(try await page(bench, of: bench.otherShop).items.map(\.id) == others)
        let live = Owner(merchant: bench.shop.merchant, isLive: true)
        #expect(try await page(bench, of: live).items.isEmpty)
        let found = try await bench.ledger.read { db in
            try [bench.shop, bench.otherShop, live].map {
                try AuthorizationReading.find(mine[0], of: $0, in: db) != nil
            }
        }
        #expect(found == [true, false, false])
    }

    @Test func `PAY-LIST: filters by status, reason, order, time and amount, bounds included`() async throws {
        let bench = try Bench()
        let ids = try await fill(bench, 5)
        let open = try await bench.create(try await bench.person(), amount: 50, reference: "open")
        func check(_ expected: [AuthorizationID], _ change: (inout AuthorizationFilter) -> Void) async throws
        {
            var filter = AuthorizationFilter()
            change(&filter)
            #expect(try await page(bench, filter).items.map(\.id) == expected)
        }
        let times = try await page(bench).items.map(\.createdAt)
        try await check([open.id] + ids) { _ in }
        try await check(ids) { $0.status = .declined }
        try await check([open.id]) { $0.status = .requiresConfirmation }
        try await check([]) { $0.status = .captured }
        try await check(ids) { $0.reasons = [.merchantSuspended, .lostCard] }
        try await check([]) { $0.reasons = [.lostCard] }
        try await check([]) { $0.reasons = [] }
        let second = try OrderReference("r1")
        try await check([ids[3]]) { $0.order = second }
        try await check([ids[1], ids[2], ids[3]]) { $0.amount = 2...4 }
        try await check([ids[2]]) { $0.amount = 3...3 }
        // ids[0] and the open one are of the same second.
        try await check([ids[1], ids[2]]) { $0.created = times[3]...times[2] }
        try await check([]) {
            $0.created = times[3].adding(milliseconds: 1)...times[2].adding(milliseconds: -1)
        }
    }

    @Test func `PAY-LIST: pages of a filtered list are pages of that list`() async throws {
        let bench = try Bench()
        let ids = try await fill(bench, 9)
        var filter = AuthorizationFilter()
        filter.amount = 3...7
        let first = try await page(bench, filter, limit: 3)
        #expect(first.items.map(\.id) == Array(ids[2...4]) && first.hasMore)
        let second = try await page(bench, filter, limit: 3, after: first.items.last?.id)
        #expect(second.items.map(\.id) == Array(ids[5...6]) && !second.hasMore)
    }

    @Test func `PAY-LIST: refunds are listed newest first, both ways`() async throws {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        try await bench.capture(id, nil)
        for amount in 1...5 {
            bench.clock.advance(seconds: 1)
            try await bench.end(try await bench.beginRefund(id, Int64(amount)), isAccepted: amount != 2)
        }
        func refunds(_ limit: Int, after: String? = nil, before: String? = nil) async throws -> ListPage<
            Refund
        > {
            let keyset = KeysetPage(limit: limit, startingAfter: after, endingBefore: before)
            return try await bench.ledger.read { db in try AuthorizationList.refunds(of: id, keyset, in: db) }
        }
        let all = try await refunds(100)
        #expect(all.items.map(\.money.amountMinor) == [5, 4, 3, 2, 1] && !all.hasMore)
        #expect(all.items.map(\.status) == [.succeeded, .succeeded, .succeeded, .failed, .succeeded])
        let first = try await refunds(2)
        #expect(first.items.map(\.money.amountMinor) == [5, 4] && first.hasMore)
        let next = try await refunds(2, after: first.items.last?.id.text)
        #expect(next.items.map(\.money.amountMinor) == [3, 2] && next.hasMore)
        let back = try await refunds(2, before: all.items[4].id.text)
        #expect(back.items.map(\.money.amountMinor) == [3, 2] && back.hasMore)
    }
}
