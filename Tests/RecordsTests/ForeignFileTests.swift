import Foundation
import GRDB
import Records
import TestKit
import Testing
import Vocabulary

/// The database's files are moved, replaced, removed or changed under the running writer (rule 14).
@Suite struct ForeignFileTests {
    /// What somebody does to the files, and what is found.
    struct Meddling: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: FileFault
        let meddle: @Sendable (DiskBench) throws -> Void
        /// Puts it right again; nil when this process cannot go on.
        var putRight: (@Sendable (DiskBench) throws -> Void)?
    }

    private static func move(_ from: String, _ to: String) throws {
        guard unsafe rename(from, to) == 0 else { throw BenchError.bad("rename") }
    }

    /// As `cp` does it: the file that is there is cut off and filled.
    private static func copy(over path: String, _ bytes: Data) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: bytes)
        try handle.close()
    }

    static let all: [Meddling] = [
        Meddling(testDescription: "database moved away", fault: .databaseMissing) {
            try move($0.path, $0.path + ".away")
        } putRight: {
            try move($0.path + ".away", $0.path)
        },
        Meddling(testDescription: "another database moved over it", fault: .databaseReplaced) {
            try FileManager.default.copyItem(atPath: $0.path, toPath: $0.path + ".other")
            try FileManager.default.linkItem(atPath: $0.path, toPath: $0.path + ".kept")
            try move($0.path + ".other", $0.path)
        } putRight: {
            try move($0.path + ".kept", $0.path)
        },
        Meddling(testDescription: "database deleted", fault: .databaseMissing) {
            try FileManager.default.removeItem(atPath: $0.path)
        },
        Meddling(testDescription: "folder moved away", fault: .databaseMissing) {
            try move($0.folder.path, $0.folder.path + ".away")
        } putRight: {
            try move($0.folder.path + ".away", $0.folder.path)
        },
        Meddling(testDescription: "another database copied over it", fault: .databaseChanged) {
            try copy(over: $0.path, Data(contentsOf: URL(fileURLWithPath: $0.path)))
        },
        Meddling(testDescription: "database cut off", fault: .databaseChanged) {
            try copy(over: $0.path, Data())
        },
        Meddling(testDescription: "log cut off", fault: .logCut) { try copy(over: $0.path + "-wal", Data()) },
        Meddling(testDescription: "another log moved over it", fault: .logReplaced) {
            try Data(repeating: 1, count: 100).write(to: URL(fileURLWithPath: $0.path + "-other"))
            try move($0.path + "-other", $0.path + "-wal")
        } putRight: {
            try FileManager.default.removeItem(atPath: $0.path + "-wal")
        },
        Meddling(testDescription: "log deleted", fault: .logMissing) {
            try FileManager.default.removeItem(atPath: $0.path + "-wal")
        } putRight: { _ in
        },
        Meddling(testDescription: "index deleted", fault: .indexReplaced) {
            try FileManager.default.removeItem(atPath: $0.path + "-shm")
        } putRight: { _ in
        },
    ]

    @Test(arguments: all)
    func `REL-01: files that are not ours any more stop the replies, until they are put right`(
        meddling: Meddling
    ) async throws {
        let bench = try DiskBench()
        let ledger = try bench.open()
        var acknowledged = try await bench.insist([try bench.deed(), try bench.deed()], of: ledger)
        try meddling.meddle(bench)
        let deeds = try (0..<3).map { _ in try bench.deed() }
        if meddling.putRight != nil, !meddling.fault.isMendedAtOnce {
            for deed in deeds {
                #expect(await bench.ask([deed], of: ledger).acknowledged == [])
                #expect(ledger.standing == .foreignFiles(meddling.fault))
                await #expect(throws: StorageFailure.unavailable) {
                    try await ledger.read { db in try Int.fetchOne(db, sql: "SELECT 1") }
                }
            }
        } else if meddling.putRight == nil {
            let first = await bench.ask(deeds, of: ledger)
            #expect(first.acknowledged == [])
            for _ in 0..<3 { #expect(await bench.ask(deeds, of: ledger).refused.count == 3) }
            #expect(ledger.standing == .foreignFiles(meddling.fault))
        }
        guard let putRight = meddling.putRight else { return await ledger.close() }
        try putRight(bench)
        acknowledged.formUnion(try await bench.insist(deeds, of: ledger))
        #expect(ledger.standing == .working)
        await ledger.close()
        #expect(try await bench.flaws(acknowledged: acknowledged) == [])
    }

    @Test func `REL-01: what only a deleted log held is saved before the next reply`() async throws {
        let bench = try DiskBench()
        let ledger = try bench.open()
        var acknowledged: Set<String> = []
        for _ in 0..<20 { acknowledged.formUnion(try await bench.insist([try bench.deed()], of: ledger)) }
        try FileManager.default.removeItem(atPath: bench.path + "-wal")
        acknowledged.formUnion(try await bench.insist([try bench.deed()], of: ledger))
        await ledger.close()
        #expect(try await bench.flaws(acknowledged: acknowledged) == [])
    }

    @Test func `REL-01: no reply leaves while the database is replaced under load`() async throws {
        let bench = try DiskBench()
        let ledger = try bench.open()
        let deeds = try (0..<400).map { _ in try bench.deed() }
        let replaced = Flag()
        async let meddled: Void = {
            try await Task.sleep(for: .milliseconds(20))
            try FileManager.default.removeItem(atPath: bench.path)
            replaced.raise()
        }()
        var late = 0
        for deed in deeds {
            let wasReplaced = replaced.isRaised
            let asked = await bench.ask([deed], of: ledger)
            if wasReplaced { late += asked.acknowledged.count }
        }
        try await meddled
        #expect(late == 0)
        await ledger.close()
    }

    @Test func `REL-06: files that fail are not replaced by new ones`() async throws {
        let bench = try DiskBench()
        let ledger = try bench.open()
        bench.disk.fail(.sync, of: .log, forever: true, with: .sync)
        #expect(await bench.ask([try bench.deed()], of: ledger).refused == [.outcomeUnknown])
        try FileManager.default.removeItem(atPath: bench.path)
        bench.disk.heal()
        try await Task.sleep(for: .milliseconds(300))
        #expect(await bench.ask([try bench.deed()], of: ledger).refused == [.unavailable])
        #expect(ledger.standing == .foreignFiles(.databaseMissing))
        #expect(!FileManager.default.fileExists(atPath: bench.path))
        await ledger.close()
    }
}

extension FileFault {
    /// Found and mended with the next command: what the old log held was saved, and a new one was made.
    fileprivate var isMendedAtOnce: Bool { self == .logMissing || self == .indexReplaced }
}
