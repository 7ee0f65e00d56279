import Foundation
import Records
import SeedKit
import TestKit
import Testing
import Vocabulary

/// The power goes at random points, with writes that were not synced lost, torn or in another order, and with
/// syncs that failed before. 1,000 cuts, or as many as `GODKEND_CUTS` says; `GODKEND_SEED` does the same cuts
/// again.
@Suite struct PowerCutTests {
    private static let cuts = number("GODKEND_CUTS") ?? 1_000

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test(.timeLimit(.minutes(600)))
    func `REL-05: after any power cut all that was acknowledged is there and nothing is half`() async throws {
        let first = UInt64(Self.number("GODKEND_SEED") ?? Int.random(in: 0..<1 << 40))
        var (acknowledged, failedSyncs, flaws) = (0, 0, [String]())
        try await withThrowingTaskGroup(of: PowerCut.self) { group in
            var next = 0
            while next < min(2, Self.cuts) {
                let seed = first &+ UInt64(next)
                group.addTask { try await PowerCut.perform(seed: seed) }
                next += 1
            }
            for try await cut in group {
                acknowledged += cut.acknowledged
                failedSyncs += cut.failedSyncs
                flaws += cut.flaws.map { "seed \(cut.seed): \($0)" }
                guard next < Self.cuts else { continue }
                let seed = first &+ UInt64(next)
                group.addTask { try await PowerCut.perform(seed: seed) }
                next += 1
            }
        }
        let summary =
            "\(Self.cuts) cuts from seed \(first): \(acknowledged) acknowledged, \(failedSyncs) failed syncs"
        print(summary)
        #expect(flaws == [], "\(summary)")
        // The cuts come in the middle of the work, not before or after it.
        #expect(acknowledged > Self.cuts)
        #expect(failedSyncs > Self.cuts / 10)
    }
}

/// One life of a database on a disk whose power goes.
struct PowerCut: Sendable {
    let seed: UInt64
    var acknowledged = 0
    var failedSyncs = 0
    var flaws: [String] = []

    static func perform(seed: UInt64) async throws -> PowerCut {
        var cut = PowerCut(seed: seed)
        var chance = SplitMix(seed: seed)
        let bench = try DiskBench(
            models: true, isNew: Int.random(in: 0..<20, using: &chance) == 0, seed: seed)
        let disk = bench.disk
        disk.cutPower(at: Int.random(in: 1...500, using: &chance))
        if Bool.random(using: &chance) {
            disk.fail(
                .sync, of: Bool.random(using: &chance) ? .log : .all,
                at: Int.random(in: 1...8, using: &chance),
                forever: Int.random(in: 0..<6, using: &chance) == 0, with: .sync)
        }
        var acknowledged: Set<String> = []
        if let ledger = try? bench.open() {
            acknowledged = try await live(on: ledger, of: bench, &chance)
            await ledger.close()
        }
        cut.acknowledged = acknowledged.count
        cut.failedSyncs = disk.failures
        let manner = FaultyDisk.Cut.allCases.randomElement(using: &chance) ?? .dropped
        let after = try TemporaryFolder()
        guard disk.survivors(into: after.path, manner, seed: chance.next()) else {
            throw BenchError.bad("the disk's image cannot be written")
        }
        cut.flaws = try await bench.flaws(at: after.file("godkend.sqlite"), acknowledged: acknowledged)
            .map { "\(manner): \($0)" }
        return cut
    }

    /// Works until the power is gone, or for twenty rounds. Whoever is refused asks again with the same id.
    private static func live(
        on ledger: Ledger, of bench: DiskBench, _ chance: inout SplitMix
    ) async throws -> Set<String> {
        var acknowledged: Set<String> = []
        for _ in 0..<20 where !bench.disk.isCut {
            let deeds = try (0..<Int.random(in: 1...5, using: &chance)).map { _ in try bench.deed() }
            for _ in 0..<2 {
                let asked = await bench.ask(
                    deeds.filter { !acknowledged.contains($0.id.text) }, of: ledger)
                acknowledged.formUnion(asked.acknowledged)
                guard asked.odd.isEmpty else { throw BenchError.bad(asked.odd.joined(separator: ", ")) }
                if asked.refused.isEmpty || bench.disk.isCut { break }
            }
            if Int.random(in: 0..<3, using: &chance) == 0 {
                _ = await ledger.emptyWriteAheadLog(attempts: 1)
            }
        }
        return acknowledged
    }
}
