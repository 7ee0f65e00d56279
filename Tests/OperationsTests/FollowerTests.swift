import Lifecycles
import Operations
import Records
import TestKit
import Testing
import Vocabulary

/// Lists are in order of creation, and who follows one misses nothing (REL-15, PAY-LIST).
@Suite struct FollowerTests {
    /// Everything newer than an id, page by page, the oldest first.
    private func follow(
        _ stage: Stage, after known: AuthorizationID, limit: Int = 7
    ) async throws -> [AuthorizationID] {
        var (seen, last): ([AuthorizationID], String) = ([], known.text)
        while true {
            let page = try await stage.gateway.authorizations(
                AuthorizationQuery(page: PageRequest(limit: limit, endingBefore: last)), caller: stage.shop)
            let newer = page.items.map(\.id).reversed()
            seen += newer
            guard let end = newer.last else { return seen }
            last = end.text
        }
    }

    /// All, the newest first, by `starting_after`.
    private func all(_ stage: Stage) async throws -> [AuthorizationID] {
        var (seen, last): ([AuthorizationID], String?) = ([], nil)
        while true {
            let page = try await stage.gateway.authorizations(
                AuthorizationQuery(page: PageRequest(limit: 9, startingAfter: last)), caller: stage.shop)
            seen += page.items.map(\.id)
            guard page.hasMore else { return seen }
            last = page.items.last?.id.text
        }
    }

    @Test func `REL-15: a minute back, thirty payments: a follower sees each of them, in order`() async throws
    {
        let clock = ManualClock()
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        let actor = try await stage.customer()
        let first = try await stage.authorize(actor).id
        clock.leap(seconds: -60)
        var made: [AuthorizationID] = []
        for number in 0..<30 {
            made.append(try await stage.authorize(actor).id)
            if number % 3 == 0 { #expect(try await follow(stage, after: first) == made) }
        }
        #expect(try await follow(stage, after: first) == made)
        #expect(try await all(stage) == ([first] + made).reversed())
        await stage.stop()
    }

    @Test(arguments: [0, -1, -3_600])
    func `REL-15: many at once, a clock that goes back and a restart: each is seen once, in order`(
        leap: Int
    ) async throws {
        let clock = ManualClock()
        var stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
        }
        let actor = try await stage.customer()
        let first = try await stage.authorize(actor).id
        var seen: [AuthorizationID] = []
        for round in 0..<3 {
            clock.leap(seconds: leap)
            let running = stage
            let known = seen.last ?? first
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<24 { group.addTask { _ = try await running.authorize(actor) } }
                // Follows while they come.
                var last = known
                for _ in 0..<20 {
                    let more = try await follow(running, after: last)
                    seen += more
                    last = more.last ?? last
                }
                try await group.waitForAll()
            }
            seen += try await follow(running, after: seen.last ?? first)
            #expect(seen.count == (round + 1) * 24)
            let folder = stage.folder
            await stage.stop()
            stage = try Stage {
                $0.clock = clock
                $0.folder = folder
                $0.seed = UInt64(round) + 2
                $0.isRunning = false
            }
        }
        #expect(Set(seen).count == seen.count)
        #expect(seen == seen.sorted())
        let stored = try await stage.texts("SELECT id FROM authorizations ORDER BY rowid")
        #expect(([first] + seen).map(\.text) == stored)
        await stage.stop()
    }

    /// Whatever one run after the other writes with a clock that jumps about, each list by id is a list by
    /// creation.
    @Test func `REL-15: in every table with ids their order is that of the rows`() async throws {
        let clock = ManualClock()
        let stage = try Stage { $0.clock = clock }
        let actor = try await stage.customer()
        for leap in [0, -3_600, 5, 86_400, -90_000, 1] {
            clock.leap(seconds: leap)
            let captured = try await stage.approved(actor).id
            _ = try await stage.capture(captured)
            for _ in 0..<5 { _ = try await stage.refund(captured, 100) }
            try await stage.quiet()
        }
        let tables = try await stage.texts(
            """
            SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND c.name = 'id' AND c.pk = 1 AND c.type = 'TEXT'
            """)
        #expect(Set(tables).isSuperset(of: ["authorizations", "refunds", "intents", "outbox", "decisions"]))
        for table in tables where table != "customers" && table != "cards" {
            let ids = try await stage.texts("SELECT id FROM \(table) ORDER BY rowid")
            #expect(ids == ids.sorted(), "\(table)")
        }
        #expect(try await stage.number("SELECT count(*) FROM refunds") == 30)
        await stage.stop()
    }
}
