import Foundation
import GRDB
import Lifecycles
import Records
import TestKit
import Testing
import Vocabulary

/// The database file: how it is opened, kept, filled and closed.
@Suite struct FileTests {
    @Test(arguments: [
        ("PRAGMA synchronous", "2"), ("PRAGMA journal_mode", "wal"), ("PRAGMA foreign_keys", "1"),
        ("PRAGMA mmap_size", "0"), ("PRAGMA trusted_schema", "0"),
    ])
    func `REL-05: the writer's connection keeps what is promised`(pragma: String, value: String) async throws
    {
        let bench = try Bench()
        // An mmap_size that is not compiled in answers nothing, which is as good as 0.
        #expect(try await bench.ledger.submit(AskSQL(pragma)) ?? "0" == value)
    }

    @Test func `REL-05: the log file stays when the ledger closes, and everything is there again`()
        async throws
    {
        let bench = try Bench()
        let id = try await bench.wholeLife(try await bench.person())
        let before = try await bench.load(id)
        await bench.ledger.close()
        #expect(FileManager.default.fileExists(atPath: bench.path + "-wal"))
        let again = try Bench(again: bench)
        #expect(try await again.load(id) == before)
    }

    @Test func `REL-31: opening a second time changes nothing of the schema`() async throws {
        let bench = try Bench()
        _ = try await bench.wholeLife(try await bench.person())
        let picture = "SELECT name || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name"
        let migrations = "SELECT identifier FROM grdb_migrations ORDER BY 1"
        let before = (try await bench.texts(picture), try await bench.texts(migrations))
        let version = try await bench.ledger.submit(AskSQL("PRAGMA schema_version"))
        await bench.ledger.close()
        let again = try Bench(again: bench)
        #expect(try await again.texts(picture) == before.0)
        #expect(try await again.texts(migrations) == before.1)
        #expect(before.1.count >= 3)
        #expect(try await again.ledger.submit(AskSQL("PRAGMA schema_version")) == version)
    }

    @Test(arguments: [
        ("DELETE FROM alerts", ResultCode.SQLITE_READONLY),
        ("INSERT INTO log_edge VALUES (60, zeroblob(32))", .SQLITE_READONLY),
        ("UPDATE authorizations SET version = 9", .SQLITE_READONLY),
        ("CREATE TABLE other (n)", .SQLITE_READONLY), ("DROP TABLE alerts", .SQLITE_READONLY),
        ("PRAGMA user_version = 7", .SQLITE_READONLY),
        // Refused earlier: a read is a transaction, and there is no VACUUM in one.
        ("VACUUM", .SQLITE_ERROR),
    ])
    func `REL-05: what reads cannot write`(sql: String, code: ResultCode) async throws {
        let bench = try Bench()
        let refusal = await #expect(throws: DatabaseError.self) {
            try await bench.ledger.read { db in try db.execute(sql: sql) }
        }
        #expect(refusal?.resultCode == code)
    }

    @Test func `REL-05: a reader cannot move the log into the file`() async throws {
        let bench = try Bench()
        _ = try await bench.person()
        let written = try await bench.number("SELECT count(*) FROM leaves")
        // Refused or without effect: the third number is the pages that were moved.
        let moved = try? await bench.ledger.read { db in
            try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)").map { $0[2] as Int }
        }
        if let moved { #expect(moved <= 0) }
        #expect(try await bench.number("SELECT count(*) FROM leaves") == written)
        #expect(try FileManager.default.attributesOfItem(atPath: bench.path + "-wal")[.size] as? Int ?? 0 > 0)
    }

    @Test func `REL-05: a reader sees one state, whatever is committed meanwhile`() async throws {
        let bench = try Bench()
        try await bench.ledger.submit(Scratch.table)
        let (started, go) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let counts = bench.ledger.read { db in
            let first = try Int.fetchOne(db, sql: "SELECT count(*) FROM scratch")
            started.signal()
            go.wait()
            return [first, try Int.fetchOne(db, sql: "SELECT count(*) FROM scratch")]
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                started.wait()
                continuation.resume()
            }
        }
        _ = try await bench.ledger.submit(Scratch(number: 1))
        go.signal()
        #expect(try await counts == [0, 0])
        #expect(try await bench.number("SELECT count(*) FROM scratch") == 1)
    }

    // MARK: A full disk

    /// SQLite refuses new pages as it does when the disk has none; nothing else of the machine is needed.
    private func fill(_ bench: Bench) async throws {
        let pages = try await bench.number("PRAGMA page_count")
        try await bench.ledger.submit(RunSQL("PRAGMA max_page_count = \(pages)"))
    }

    private func empty(_ bench: Bench) async throws {
        try await bench.ledger.submit(RunSQL("PRAGMA max_page_count = 1073741823"))
    }

    @Test func `REL-07: on a full disk nothing is acknowledged, reads go on, and space ends it`() async throws
    {
        let bench = try Bench()
        let person = try await bench.person()
        let id = try await bench.approved(person)
        try await fill(bench)
        var acknowledged = 0
        var failures: [any Error] = []
        for number in 0..<400 where failures.isEmpty {
            do {
                _ = try await bench.token(of: person, seconds: number)
                acknowledged += 1
            } catch {
                failures.append(error)
            }
        }
        #expect(failures.first as? StorageFailure == .full)
        // Reads go on, and show what was acknowledged and nothing more.
        let tokens = "SELECT count(*) FROM card_tokens"
        #expect(try await bench.number(tokens) == acknowledged + 1)
        #expect(try await bench.load(id).status == .approved)
        try await empty(bench)
        _ = try await bench.token(of: person)
        #expect(try await bench.number(tokens) == acknowledged + 2)
        try await bench.capture(id, nil)
        #expect(try await bench.load(id).status == .captured)
        #expect(try bench.raw { db in try String.fetchOne(db, sql: "PRAGMA integrity_check") } == "ok")
    }

    @Test func `REL-07: a full disk takes back the whole change: no state without its leaf`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        try await fill(bench)
        var created: [AuthorizationID] = []
        var failure: (any Error)?
        for number in 0..<400 where failure == nil {
            do {
                created.append(
                    try await bench.create(person, reference: "\(number)", isSuspended: true).id)
            } catch {
                failure = error
            }
        }
        #expect(failure as? StorageFailure == .full)
        #expect(
            try await bench.texts("SELECT id FROM authorizations ORDER BY id") == created.map(\.text).sorted()
        )
        #expect(
            try await bench.number("SELECT count(*) FROM leaves WHERE subject LIKE 'auth_%'") == created.count
        )
        #expect(try await bench.number("SELECT count(*) FROM decisions") == created.count)
        try await empty(bench)
        _ = try await bench.create(person, reference: "after", isSuspended: true)
        try await bench.checkEdge()
    }

    @Test func `SCA-26: a file of test mode never opens in live mode`() async throws {
        let bench = try Bench()
        await bench.ledger.close()
        #expect(throws: LedgerFault.otherMode(fileIsLive: false)) {
            try Ledger(path: bench.path, isLive: true, context: bench.ledger.context)
        }
        await #expect(throws: Never.self) { try await Bench(again: bench).ledger.close() }
    }
}
