import Foundation
import GRDB
import Records
import TestKit
import Testing
import Vocabulary

/// One kind of system call, on one file, and what it fails with.
struct CallFault: Sendable, CustomTestStringConvertible {
    let name: String
    let calls: FaultyDisk.Calls
    let files: FaultyDisk.Files
    let code: FaultyDisk.Code

    init(_ name: String, _ calls: FaultyDisk.Calls, _ files: FaultyDisk.Files, _ code: FaultyDisk.Code) {
        (self.name, self.calls, self.files, self.code) = (name, calls, files, code)
    }

    var testDescription: String { name }

    static let all = [
        CallFault("write of the log", .write, .log, .write),
        CallFault("write of the database", .write, .database, .write),
        CallFault("no room for the log", .write, .log, .full),
        CallFault("no room for the database", .write, .database, .full),
        CallFault("sync of the log", .sync, .log, .sync),
        CallFault("sync of the database", .sync, .database, .sync),
        CallFault("truncation of the log", .truncate, .log, .truncate),
        CallFault("truncation of the database", .truncate, .database, .truncate),
        CallFault("read of the log", .read, .log, .read),
        CallFault("read of the database", .read, .database, .read),
        CallFault("open", .open, .all, .cannotOpen), CallFault("size", .size, .all, .size),
        CallFault("lock", .lock, .all, .lock), CallFault("shared memory", .mapShared, .all, .mapShared),
        CallFault("lock of shared memory", .lockShared, .all, .lockShared),
        CallFault("deletion", .delete, .all, .delete), CallFault("look at a name", .access, .all, .access),
        CallFault("any call", .all, .all, .read), CallFault("any change", .changes, .all, .write),
    ]
}

/// The n-th system call fails, once or from then on (REL-06). The first 8 of each kind, or as many as
/// `GODKEND_FAULTS` says.
@Suite struct DiskFaultTests {
    private static let limit =
        ProcessInfo.processInfo.environment["GODKEND_FAULTS"].flatMap { Int($0) } ?? 8

    @Test(arguments: CallFault.all, [false, true])
    func `REL-06: a call that fails while it works acknowledges nothing false, answers all, and is got over`(
        fault: CallFault, forever: Bool
    ) async throws {
        var hits = 0
        for nth in 1...Self.limit {
            let bench = try DiskBench(seed: UInt64(nth))
            let ledger = try bench.open()
            bench.disk.fail(fault.calls, of: fault.files, at: nth, forever: forever, with: fault.code)
            var (acknowledged, deeds) = (Set<String>(), [Deed]())
            for _ in 0..<3 {
                let some = try (0..<3).map { _ in try bench.deed() }
                deeds += some
                let asked = await bench.ask(some, of: ledger)
                acknowledged.formUnion(asked.acknowledged)
                #expect(asked.odd == [])
                await read(ledger, acknowledged)
                _ = await ledger.emptyWriteAheadLog(attempts: 1)
            }
            hits += bench.disk.failures
            bench.disk.heal()
            // What was refused is asked again, as a shop does with its key.
            acknowledged.formUnion(try await bench.insist(deeds, of: ledger))
            try await readAgain(ledger, deeds.count)
            await ledger.close()
            #expect(
                try await bench.flaws(acknowledged: acknowledged) == [], "\(fault.name) \(nth) \(forever)")
        }
        // Some calls belong to opening: names are looked up, files opened and locked, the index mapped there.
        let ofOpening = ["deletion", "look at a name", "open", "lock", "shared memory"]
        if !ofOpening.contains(fault.name) { #expect(hits > 0) }
    }

    @Test(arguments: CallFault.all, [false, true])
    func `REL-06: a call that fails while the database is opened stops the start, and the next one works`(
        fault: CallFault, isNew: Bool
    ) async throws {
        var (hits, refused) = (0, 0)
        for nth in 1...Self.limit {
            let bench = try DiskBench(isNew: isNew, seed: UInt64(nth))
            bench.disk.fail(fault.calls, of: fault.files, at: nth, forever: true, with: fault.code)
            if let ledger = try? bench.open() {
                await ledger.close()
            } else {
                refused += 1
            }
            hits += bench.disk.failures
            bench.disk.heal()
            let again = try bench.open()
            let deed = try bench.deed()
            #expect(try await again.submit(deed))
            await again.close()
            #expect(
                try await bench.flaws(acknowledged: [deed.id.text]) == [], "\(fault.name) \(nth) \(isNew)")
        }
        if hits > 0, fault.name == "any call" { #expect(refused > 0) }
    }

    /// A reader shows what was acknowledged, or says that it cannot read.
    private func read(_ ledger: Ledger, _ acknowledged: Set<String>) async {
        do {
            let seen = try await ledger.read { db in
                try String.fetchAll(db, sql: "SELECT id FROM card_tokens")
            }
            #expect(acknowledged.subtracting(seen) == [])
        } catch {
            #expect(error is StorageFailure)
        }
    }

    /// Readers come back without the writer being asked.
    private func readAgain(_ ledger: Ledger, _ count: Int) async throws {
        try await eventually("the readers") {
            let seen = try? await ledger.read { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM card_tokens")
            }
            return seen == count
        }
    }

    @Test func `REL-06: readers come back by themselves, without a command`() async throws {
        let bench = try DiskBench()
        let ledger = try bench.open()
        let deed = try bench.deed()
        #expect(try await ledger.submit(deed))
        bench.disk.fail(.all, forever: true, with: .read)
        #expect(await bench.ask([try bench.deed()], of: ledger).acknowledged == [])
        await #expect(throws: StorageFailure.unavailable) {
            try await ledger.read { db in try Int.fetchOne(db, sql: "SELECT 1") }
        }
        #expect(ledger.standing == .failing)
        bench.disk.heal()
        try await eventually("the writer") { ledger.standing == .working }
        let seen = try await ledger.read { db in try String.fetchAll(db, sql: "SELECT id FROM card_tokens") }
        #expect(seen == [deed.id.text])
        await ledger.close()
    }

    @Test func `REL-06: a ledger that cannot come back answers all and closes`() async throws {
        let bench = try DiskBench()
        let ledger = try bench.open()
        bench.disk.fail(.all, forever: true, with: .read)
        let deeds = try (0..<500).map { _ in try bench.deed() }
        let asked = await bench.ask(deeds, of: ledger)
        #expect(asked.refused.count == deeds.count)
        await ledger.close()
        #expect(ledger.standing == .closed)
        #expect(await bench.ask([deeds[0]], of: ledger).refused == [.closed])
    }

    @Test func `REL-06: a folder that cannot be synced stops the start and the next try`() async throws {
        let bench = try DiskBench()
        #expect(throws: BenchError.onPurpose) {
            try bench.open(syncFolder: { _ in throw BenchError.onPurpose })
        }
        let fails = Flag()
        let ledger = try bench.open(syncFolder: { _ in if fails.isRaised { throw BenchError.onPurpose } })
        fails.raise()
        bench.disk.fail(.sync, of: .log, forever: false, with: .sync)
        let deed = try bench.deed()
        #expect(await bench.ask([deed], of: ledger).refused == [.outcomeUnknown])
        // The disk is well again but the folder is not: nothing is acknowledged.
        #expect(await bench.ask([deed], of: ledger).refused == [.unavailable])
        await ledger.close()
        #expect(try await bench.flaws(acknowledged: []) == [])
    }
}
