import GRDB
import Lifecycles
import Operations
import Records
import TestKit
import Testing
import Vocabulary

/// Somebody changes a row by hand while the gateway runs, and then has it looked at.
@Suite struct TamperWhileRunningTests {
    private func changed(_ sql: String, _ bench: Bench) throws { try changed(sql, at: bench.path) }

    private func changed(_ sql: String, at path: String) throws {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        try queue.writeWithoutTransaction { db in
            let triggers = try Row.fetchAll(
                db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            try db.execute(sql: sql)
            for trigger in triggers { try db.execute(sql: trigger["sql"]) }
        }
    }

    private func differs(_ id: AuthorizationID, in bench: Bench) -> Bool {
        LogCheck.findings(bench.path).contains { $0.contains(id.text) && $0.contains("state_differs") }
    }

    @Test func `LOG-TAMPER: a look at a changed row, or a refused attempt, does not vouch for it`()
        async throws
    {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        #expect(LogCheck.findings(bench.path).isEmpty)
        try changed("UPDATE authorizations SET last4 = '0000', order_reference = 'another'", bench)
        #expect(differs(id, in: bench))
        _ = try await bench.ledger.submit(
            RecordOperatorRead(actor: "local", subject: id.text, outcome: "explained"))
        try await bench.ledger.submit(
            RecordOperatorFailure(actor: "local", subject: id.text, outcome: "refused_role_missing"))
        #expect(differs(id, in: bench))
    }

    @Test func `LOG-TAMPER: a salt taken from the newest leaf is found, whomever it is said to be of`()
        async throws
    {
        let bench = try Bench()
        let person = try await bench.person()
        let id = try await bench.approved(person)
        try changed(
            """
            UPDATE customers SET erased_at = 1;
            UPDATE leaf_salts SET salt = x'' WHERE position IN (
                SELECT position FROM leaves WHERE subject = '\(id.text)');
            UPDATE authorizations SET last4 = '0000';
            """, bench)
        #expect(
            LogCheck.findings(bench.path).contains { $0.contains(id.text) && $0.contains("salt_missing") })
    }

    @Test func `LOG-TAMPER: what is changed by hand stays told of after the next change of the payment`()
        async throws
    {
        let bench = try Bench()
        let id = try await bench.approved(try await bench.person())
        try changed("UPDATE authorizations SET amount = amount + 100000", bench)
        _ = try await bench.cancel(id)
        let found = LogCheck.findings(bench.path)
        #expect(found.contains { $0.contains(id.text) && $0.contains("rows_differed") })
        let told = try await bench.ledger.read { db in
            try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM leaves WHERE subject = ? AND instr(bytes, CAST(? AS BLOB))",
                arguments: [id.text, "rows_differed"])
        }
        #expect(told == 1)
    }

    @Test func `LOG-TAMPER: nor is a record or a request covered up by the next step that it takes`()
        async throws
    {
        let shops = try await StillShops()
        let (rx, ledger) = (shops.rx, shops.ledger)
        let path = rx.stage.folder.file("godkend.sqlite")
        let kaja = try await rx.patient()
        let record = try await rx.file(try rx.content())
        let order = try await shops.paidOrder(kaja, [Draw(record)])
        let pair = try await OperatorPair(ledger)
        let waiting = try await ledger.pendingChanges(at: ServerTime(rx.stage.clock.now()))
        let change = try #require(waiting.first)
        try changed(
            """
            UPDATE prescriptions SET valid_to = '2039-01-01';
            UPDATE change_requests SET requested_by = '\(pair.second.text)' WHERE id = '\(change.id.text)';
            """, at: path)
        _ = try await rx.handOver(order.id)
        _ = try await ledger.submit(RejectChange(change.id, by: pair.first))
        let found = LogCheck.findings(path)
        for subject in [record.text, change.id.text] {
            #expect(found.contains { $0.contains(subject) && $0.contains("rows_differed") })
        }
        #expect(found.count == 2)
        await rx.stage.stop()
    }
}
