import Foundation
import GRDB
import Operations
import Records
import TestKit
import Testing
import Vocabulary

/// What the file itself refuses, whatever the code above it does.
@Suite struct OperatorRulesTests {
    private static let request = """
        INSERT INTO change_requests (id, kind, subject, change, digest, requested_by, requested_at,
            expires_at, status, decided_by, decided_at)
        VALUES ('chg_1', 'customer.unblock', 'cus_1', '{}', zeroblob(32), 'opr_1', 1, 2,
        """

    private func stage() async throws -> IdentityStage {
        let stage = try await IdentityStage()
        let customer = stage.customer.text
        try await stage.run { transaction in
            try transaction.db.execute(
                sql: """
                    INSERT INTO operators (id, identity, name, role, status, created_at)
                    VALUES ('opr_1', ?, 'Anna', 'operator', 'active', 1);
                    """, arguments: [customer])
        }
        return stage
    }

    private func refuses(_ stage: IdentityStage, _ sql: String) async throws -> Bool {
        do {
            try await stage.run { transaction in try transaction.db.execute(sql: sql) }
            return false
        } catch is DatabaseError {
            return true
        }
    }

    @Test func `OPS-ACCESS: the file takes no request that is decided from the beginning`() async throws {
        let stage = try await stage()
        #expect(try await refuses(stage, Self.request + "'approved', 'opr_2', 1)"))
        #expect(try await refuses(stage, Self.request + "'rejected', 'opr_1', 1)"))
        #expect(try await !refuses(stage, Self.request + "'pending', NULL, NULL)"))
        #expect(
            try await refuses(
                stage, Self.request.replacing("INTO", with: "OR REPLACE INTO") + "'pending', NULL, NULL)"))
    }

    @Test(arguments: [
        "UPDATE change_requests SET status = 'approved', decided_by = requested_by, decided_at = 1",
        "UPDATE change_requests SET status = 'approved', decided_at = 1",
        "UPDATE change_requests SET change = '{\"v\":2}'",
        "UPDATE change_requests SET digest = zeroblob(31) || x'01'",
        "UPDATE change_requests SET subject = 'cus_2'",
        "UPDATE change_requests SET requested_by = 'opr_2'",
        "UPDATE change_requests SET expires_at = 99",
        "DELETE FROM change_requests",
        "DELETE FROM operators",
        """
        UPDATE change_requests SET status = 'rejected', decided_by = 'opr_1', decided_at = 1;
        UPDATE change_requests SET status = 'pending', decided_by = NULL, decided_at = NULL
        """,
    ])
    func `OPS-ACCESS: the file keeps what was asked, and one person approves nothing`(sql: String)
        async throws
    {
        let stage = try await stage()
        #expect(try await !refuses(stage, Self.request + "'pending', NULL, NULL)"))
        #expect(try await refuses(stage, sql))
    }

    @Test func `LOG-ERASE: the write-ahead log is emptied, and a reader who holds it is told of`()
        async throws
    {
        let stage = try await IdentityStage()
        let ledger = stage.ledger
        let log = stage.stage.folder.file("godkend.sqlite-wal")
        func length() throws -> Int {
            try #require(try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
        }
        #expect(try length() > 0)
        let (isReading, sink) = AsyncStream.makeStream(of: Void.self)
        let release = DispatchSemaphore(value: 0)
        let reader = Task {
            try await ledger.read { db in
                _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM customers")
                sink.finish()
                release.wait()
            }
        }
        for await _ in isReading {}
        // Something newer than what the reader sees, which must not be taken from it.
        let customer = stage.customer
        _ = try await ledger.submit(BlockCustomer(customer))
        #expect(await ledger.emptyWriteAheadLog(attempts: 2) == false)
        #expect(try length() > 0)
        release.signal()
        try await reader.value
        #expect(await ledger.emptyWriteAheadLog())
        #expect(try length() == 0)
    }

    @Test func `LOG-ERASE: every connection overwrites what it deletes`() async throws {
        let stage = try await IdentityStage()
        let writer = try await stage.run { try Int.fetchOne($0.db, sql: "PRAGMA secure_delete") }
        #expect(writer == 1)
        let reader = try await stage.ledger.read { db in try Int.fetchOne(db, sql: "PRAGMA secure_delete") }
        #expect(reader == 1)
    }
}
