import GRDB
import Records
import SeedKit
import TestKit
import Testing
import Vocabulary

/// The disk gets full at random points (REL-07).
@Suite struct DiskFullTests {
    @Test(arguments: 0..<20)
    func `REL-07: a disk that gets full acknowledges nothing false, reads go on, and space ends it`(
        seed: UInt64
    ) async throws {
        var chance = SplitMix(seed: seed)
        let bench = try DiskBench(models: true, seed: seed)
        let ledger = try bench.open()
        bench.disk.limitSpace(Int.random(in: 0..<300_000, using: &chance))
        var (acknowledged, refused, deeds) = (Set<String>(), [StorageFailure](), [Deed]())
        while refused.isEmpty {
            let some = try (0..<Int.random(in: 1...8, using: &chance)).map { _ in try bench.deed() }
            deeds += some
            let asked = await bench.ask(some, of: ledger)
            acknowledged.formUnion(asked.acknowledged)
            refused += asked.refused
            #expect(asked.odd == [])
        }
        #expect(Set(refused) == [.full])
        // Not a page is left, nor room that a refused batch took.
        bench.disk.limitSpace(0)
        for _ in 0..<20 where ledger.standing != .full || refused.last != .full {
            let some = [try bench.deed()]
            deeds += some
            let asked = await bench.ask(some, of: ledger)
            acknowledged.formUnion(asked.acknowledged)
            refused = asked.refused
        }
        #expect(ledger.standing == .full)
        // Reads go on, and show what was acknowledged and nothing more.
        let seen = try await ledger.read { db in try String.fetchAll(db, sql: "SELECT id FROM card_tokens") }
        #expect(Set(seen) == acknowledged)
        #expect(LogCheck.findings(bench.path) == [])
        bench.disk.limitSpace(nil)
        try await eventually("the writer") { ledger.standing == .working }
        acknowledged.formUnion(try await bench.insist(deeds, of: ledger))
        await ledger.close()
        #expect(try await bench.flaws(acknowledged: acknowledged) == [])
    }
}
