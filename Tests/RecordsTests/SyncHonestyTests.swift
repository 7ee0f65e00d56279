import GRDB
import Records
import TestKit
import Testing
import Vocabulary

/// Nothing is acknowledged before the disk has it: counted below SQLite.
@Suite struct SyncHonestyTests {
    @Test func `REL-10: there are never more batches acknowledged than syncs that returned`() async throws {
        let bench = try DiskBench(models: true)
        let ledger = try bench.open()
        let before = bench.disk.syncs(of: .log)
        for count in 1...50 {
            #expect(try await ledger.submit(try bench.deed()))
            #expect(bench.disk.syncs(of: .log) - before >= count)
            // Nothing else is under way: whatever was written lies on the platter.
            #expect(bench.disk.unsyncedBytes(of: .log) == 0)
        }
        await ledger.close()
    }

    @Test func `REL-10: as long as the sync has not returned nobody is told`() async throws {
        let bench = try DiskBench(models: true)
        let ledger = try bench.open()
        bench.disk.holdSyncs(true)
        let deeds = try (0..<20).map { _ in try bench.deed() }
        let replied = Flag()
        let asking = Task {
            let asked = await bench.ask(deeds, of: ledger)
            replied.raise()
            return asked
        }
        try await eventually("a sync that is held") { bench.disk.heldSyncs > 0 }
        #expect(!replied.isRaised)
        #expect(bench.disk.unsyncedBytes(of: .log) > 0)
        #expect(try await ledger.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM leaves") } == 0)
        bench.disk.holdSyncs(false)
        #expect(await asking.value.acknowledged.count == deeds.count)
        #expect(bench.disk.unsyncedBytes(of: .log) == 0)
        await ledger.close()
    }

    @Test(arguments: [1, 2, 3], FaultyDisk.Cut.allCases)
    func `REL-05: after a failed sync the same key is answered only when the disk has it`(
        failures: Int, cut: FaultyDisk.Cut
    ) async throws {
        let bench = try DiskBench(models: true)
        let ledger = try bench.open()
        let first = try bench.deed()
        #expect(try await ledger.submit(first))
        let deed = try bench.deed()
        bench.disk.fail(.sync, of: .log, forever: true, with: .sync)
        #expect(await bench.ask([deed], of: ledger).refused == [.outcomeUnknown])
        // Each try to open it again ends at the sync too.
        try await eventually("the failures") { bench.disk.failures >= failures }
        #expect(await bench.ask([deed], of: ledger).refused == [.unavailable])
        bench.disk.heal()
        let acknowledged = try await bench.insist([deed], of: ledger)
        #expect(acknowledged == [deed.id.text])
        bench.disk.cutPower(at: 1)
        #expect(await bench.ask([try bench.deed()], of: ledger).acknowledged == [])
        await ledger.close()
        let after = try TemporaryFolder()
        #expect(bench.disk.survivors(into: after.path, cut, seed: 7))
        let flaws = try await bench.flaws(
            at: after.file("godkend.sqlite"), acknowledged: [first.id.text, deed.id.text])
        #expect(flaws == [])
    }

    @Test func `REL-05: a reader shows nothing that a failed sync may have lost`() async throws {
        let bench = try DiskBench(models: true)
        let ledger = try bench.open()
        bench.disk.fail(.sync, of: .log, forever: true, with: .sync)
        #expect(await bench.ask([try bench.deed()], of: ledger).refused == [.outcomeUnknown])
        // The log cannot be made durable, so nobody is shown what it holds.
        await #expect(throws: StorageFailure.unavailable) {
            try await ledger.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM card_tokens") }
        }
        await ledger.close()
    }

    @Test(arguments: FaultyDisk.Cut.allCases)
    func `REL-05: what a former process failed to sync is durable before the next one shows it`(
        cut: FaultyDisk.Cut
    ) async throws {
        let bench = try DiskBench(models: true)
        let dying = try bench.open()
        let deed = try bench.deed()
        bench.disk.fail(.sync, of: .log, forever: true, with: .sync)
        #expect(await bench.ask([deed], of: dying).refused == [.outcomeUnknown])
        await dying.close()
        bench.disk.heal()
        // The system lives on, so the log is read as it was written; the platter has nothing of it yet.
        let next = try bench.open()
        let isThere = try await next.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM card_tokens") == 1
        }
        #expect(bench.disk.unsyncedBytes(of: .database) == 0)
        bench.disk.cutPower(at: 1)
        _ = await bench.ask([try bench.deed()], of: next)
        await next.close()
        let after = try TemporaryFolder()
        #expect(bench.disk.survivors(into: after.path, cut, seed: 3))
        let flaws = try await bench.flaws(
            at: after.file("godkend.sqlite"), acknowledged: isThere ? [deed.id.text] : [])
        #expect(flaws == [])
        #expect(isThere, "recovery did not show the frames: the test does not test what it says")
    }

    @Test(arguments: FaultyDisk.Files.database.rawValue...FaultyDisk.Files.log.rawValue)
    func `REL-06: a log that cannot be moved into the database loses nothing`(files: UInt32) async throws {
        let bench = try DiskBench(models: true)
        let ledger = try bench.open()
        bench.disk.fail(.sync, of: .init(rawValue: files), forever: false, with: .sync)
        var acknowledged: Set<String> = []
        for _ in 0..<3 {
            let deed = try bench.deed()
            acknowledged.formUnion(try await bench.insist([deed], of: ledger))
            _ = await ledger.emptyWriteAheadLog(attempts: 1)
        }
        bench.disk.cutPower(at: 1)
        _ = await ledger.emptyWriteAheadLog(attempts: 1)
        await ledger.close()
        let after = try TemporaryFolder()
        #expect(bench.disk.survivors(into: after.path, .dropped, seed: 3))
        #expect(try await bench.flaws(at: after.file("godkend.sqlite"), acknowledged: acknowledged) == [])
    }
}
