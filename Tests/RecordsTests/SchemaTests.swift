import GRDB
import Lifecycles
import Records
import TestKit
import Testing
import Vocabulary

/// What the schema refuses, tried by hand on a second connection: a mistake in the code could do no more.
@Suite struct SchemaTests {
    /// The statement fails, for this rule, and changes nothing.
    private func check(
        _ bench: Bench, _ sql: String, _ arguments: StatementArguments = [], breaks rule: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try bench.raw { db in
            let before = try Self.picture(db)
            do {
                try db.execute(sql: sql, arguments: arguments)
                Issue.record("not refused: \(sql)", sourceLocation: sourceLocation)
            } catch let error as DatabaseError {
                #expect(
                    error.message?.contains(rule) == true, "\(error.message ?? "")",
                    sourceLocation: sourceLocation)
            }
            #expect(try Self.picture(db) == before, sourceLocation: sourceLocation)
        }
    }

    private static func picture(_ db: Database) throws -> [[Row]] {
        try ["authorizations", "confirmations", "answers", "intents", "refunds", "leaves", "decisions"].map {
            try Row.fetchAll(db, sql: "SELECT * FROM \($0) ORDER BY 1")
        }
    }

    /// A payment in each state, by the ordinary way.
    private func bring(_ bench: Bench, to status: AuthorizationStatus) async throws -> AuthorizationID {
        let person = try await bench.person()
        switch status {
        case .requiresConfirmation: return try await bench.create(person).id
        case .processing:
            let asked = try await bench.create(person)
            try await bench.answer(asked, by: person)
            return asked.id
        case .approved: return try await bench.approved(person)
        case .captured:
            let id = try await bench.approved(person)
            try await bench.capture(id, 60)
            return id
        case .declined: return try await bench.create(person, isSuspended: true).id
        case .canceled:
            let id = try await bench.approved(person)
            _ = try await bench.cancel(id)
            return id
        case .expired:
            let id = try await bench.approved(person)
            bench.clock.advance(seconds: 7 * 86_400)
            try await bench.ledger.submit(ExpireIfDue(id: id))
            return id
        }
    }

    @Test(arguments: AuthorizationStatus.allCases)
    func `PAY-STATE: the schema lets no state be left but by the table`(from: AuthorizationStatus)
        async throws
    {
        let bench = try Bench()
        let id = try await bring(bench, to: from)
        #expect(try await bench.load(id).status == from)
        let isUnanswered = [.requiresConfirmation, .declined].contains(from)
        for to in AuthorizationStatus.allCases where to != from && !from.successors.contains(to) {
            try check(
                bench,
                "UPDATE authorizations SET status = ?, decline_reason = ifnull(decline_reason, 'x') "
                    + "WHERE id = ?",
                [to.rawValue, id.text],
                breaks: isUnanswered && [.approved, .processing].contains(to)
                    ? "no approval without a signed answer" : "no such change of state")
        }
    }

    @Test func `PAY-STATE: no status outside the list, and no row that has gone`() async throws {
        let bench = try Bench()
        let id = try await bring(bench, to: .requiresConfirmation)
        try check(
            bench, "UPDATE authorizations SET status = 'paid' WHERE id = ?", [id.text],
            breaks: "no such change of state")
        try check(bench, "DELETE FROM authorizations", breaks: "authorizations are kept")
        for column in ["amount = 1", "currency = 'EUR'", "merchant = 'x'", "order_document = '{}'"] {
            try check(bench, "UPDATE authorizations SET \(column)", breaks: "what was asked never changes")
        }
    }

    @Test func `PAY-CAPTURE: the schema keeps captured and capturing within the amount`() async throws {
        let bench = try Bench()
        let id = try await bring(bench, to: .approved)
        for set in ["captured = 101", "capturing = 101", "captured = 50, capturing = 51", "capturing = -1"] {
            try check(
                bench, "UPDATE authorizations SET \(set) WHERE id = ?", [id.text], breaks: "CHECK constraint")
        }
        try await bench.capture(id, 60, isFinal: false)
        try check(
            bench, "UPDATE authorizations SET captured = 59 WHERE id = ?", [id.text], breaks: "stays so")
        let dead = try await bring(bench, to: .canceled)
        for set in ["captured = 1", "capturing = 1"] {
            try check(
                bench, "UPDATE authorizations SET \(set) WHERE id = ?", [dead.text],
                breaks: "CHECK constraint")
        }
    }

    @Test func `PAY-REFUND: the schema keeps refunded and refunding within what was captured`() async throws {
        let bench = try Bench()
        let id = try await bring(bench, to: .captured)
        for set in ["refunded = 61", "refunding = 61", "refunded = 30, refunding = 31", "refunding = -1"] {
            try check(
                bench, "UPDATE authorizations SET \(set) WHERE id = ?", [id.text], breaks: "CHECK constraint")
        }
        try await bench.end(try await bench.beginRefund(id, 20))
        try check(
            bench, "UPDATE authorizations SET refunded = 19 WHERE id = ?", [id.text], breaks: "stays so")
        try check(bench, "UPDATE refunds SET status = 'pending'", breaks: "stays as it is")
        try check(bench, "UPDATE refunds SET amount = 1", breaks: "stays as it is")
    }

    /// All columns of a row, with one said otherwise.
    private func copy(_ table: String, _ changes: [String: String], verb: String = "INSERT") -> String {
        let id = changes["id"] ?? "id"
        return """
            CREATE TEMP TABLE twin AS SELECT * FROM \(table) LIMIT 1;
            UPDATE twin SET \(changes.map { "\($0.key) = \($0.value)" }.sorted().joined(separator: ", "));
            \(verb) INTO \(table) SELECT * FROM twin WHERE id = \(id)
            """
    }

    @Test(arguments: ["approved", "processing", "captured", "canceled", "expired"])
    func `SCA-26: no payment is born approved`(status: String) async throws {
        let bench = try Bench()
        _ = try await bring(bench, to: .requiresConfirmation)
        let changes = [
            "id": "'auth_made_up'", "status": "'\(status)'", "approval_code": "'A1B2C3'",
            "capture_before": "1", "captured": status == "captured" ? "1" : "0",
        ]
        try check(bench, copy("authorizations", changes), breaks: "begins with a question or a no")
    }

    @Test func `SCA-26: nothing is approved without a signed answer that approves`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asked = try await bench.create(person)
        let approve = "UPDATE authorizations SET status = 'processing', processing_since = 1 WHERE id = ?"
        try check(bench, approve, [asked.id.text], breaks: "no approval without a signed answer")
        // A question closed as approved, but without an answer, is not enough.
        try bench.raw { db in
            try db.execute(sql: "UPDATE confirmations SET status = 'approved', ended_at = 1")
        }
        try check(bench, approve, [asked.id.text], breaks: "no approval without a signed answer")
        // Nor is an answer that says no.
        try bench.raw { db in
            try db.execute(
                sql: """
                    INSERT INTO answers SELECT id, ?, 'deny', 'pin', 'valid', '', x'00', 1 FROM confirmations
                    """, arguments: [person.device.text])
        }
        try check(bench, approve, [asked.id.text], breaks: "no approval without a signed answer")
        try check(bench, "UPDATE answers SET verdict = 'approve'", breaks: "an answer never changes")
        try check(
            bench,
            "INSERT OR REPLACE INTO answers "
                + "SELECT confirmation, device, 'approve', 'pin', 'valid', '', x'00', 1 "
                + "FROM answers", breaks: "one answer")
    }

    @Test func `PAY-STATE: no row is replaced by another under its id`() async throws {
        let bench = try Bench()
        _ = try await bring(bench, to: .declined)
        for verb in ["INSERT OR REPLACE", "REPLACE"] {
            try check(
                bench, copy("authorizations", ["amount": "1"], verb: verb),
                breaks: "begins with a question or a no")
        }
    }

    @Test func `PAY-DECLINE: the reason of a decline is never rewritten`() async throws {
        let bench = try Bench()
        _ = try await bring(bench, to: .declined)
        try check(
            bench, "UPDATE authorizations SET decline_reason = 'lost_card'", breaks: "what was decided")
        try check(
            bench, "UPDATE authorizations SET decline_reason = NULL", breaks: "what was decided")
        try check(bench, "UPDATE authorizations SET network_code = '05'", breaks: "what was decided")
        try check(bench, "UPDATE decisions SET reason = 'lost_card'", breaks: "a decision never changes")
        try check(bench, "DELETE FROM decisions", breaks: "decisions are kept")
    }

    @Test func `SCA-12: the schema holds one pending question a customer`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        _ = try await bench.create(person)
        let other = try await bench.create(try await bench.person(), reference: "1002")
        // Both questions are of two customers; made one customer's by hand they collide.
        try check(
            bench, "UPDATE confirmations SET customer = ? WHERE authorization = ?",
            [person.id.text, other.id.text], breaks: "what was asked never changes")
        try check(
            bench,
            copy("confirmations", ["id": "'cnf_made_up'", "kind": "'sign_in'", "authorization": "NULL"]),
            breaks: "UNIQUE constraint")
    }

    @Test(arguments: ConfirmationStatus.allCases.filter { $0 != .pending })
    func `SCA-21: the schema lets no ended question begin again`(status: ConfirmationStatus) async throws {
        let bench = try Bench()
        _ = try await bring(bench, to: .requiresConfirmation)
        try bench.raw { db in
            try db.execute(
                sql: "UPDATE confirmations SET status = ?, ended_at = 1", arguments: [status.rawValue])
        }
        for other in ConfirmationStatus.allCases {
            try check(
                bench, "UPDATE confirmations SET status = ?", [other.rawValue], breaks: "stays as it is")
        }
    }

    @Test func `SCA-21: no question is born answered`() async throws {
        let bench = try Bench()
        _ = try await bring(bench, to: .requiresConfirmation)
        let changes = [
            "id": "'cnf_made_up'", "status": "'approved'", "ended_at": "1", "kind": "'sign_in'",
            "authorization": "NULL",
        ]
        try check(bench, copy("confirmations", changes), breaks: "begins as an open question")
    }

    @Test func `ACQ-ONCE: one authorize intent and one reversal, each with a fixed id`() async throws {
        let bench = try Bench()
        let id = try await bring(bench, to: .canceled)
        #expect(
            try await bench.number("SELECT count(*) FROM intents WHERE authorization = ?", [id.text]) == 2)
        for kind in ["authorize", "reversal"] {
            let again = """
                INSERT INTO intents SELECT 'int_made_up', authorization, kind, amount, is_final, refund,
                    status, network_code, transmitted_at, trace_number, 'made up', terminal,
                    created_at, ended_at
                FROM intents WHERE kind = ?
                """
            try check(bench, again, [kind], breaks: "UNIQUE constraint")
        }
        try check(bench, "UPDATE intents SET amount = 1", breaks: "what was asked never changes")
        try check(bench, "UPDATE intents SET id = 'int_x' || kind", breaks: "what was asked never changes")
        try check(bench, "DELETE FROM intents", breaks: "intents are kept")
        try check(
            bench, "UPDATE intents SET status = 'refused' WHERE kind = 'authorize'", breaks: "stays as it is")
    }

    @Test func `LOG-ATOMIC: a leaf is neither changed, nor removed, nor replaced, nor put in between`()
        async throws
    {
        let bench = try Bench()
        _ = try await bring(bench, to: .captured)
        try check(bench, "UPDATE leaves SET bytes = x'00' WHERE position = 0", breaks: "a leaf never changes")
        try check(
            bench, "UPDATE leaves SET position = 900 WHERE position = 0", breaks: "a leaf never changes")
        try check(bench, "DELETE FROM leaves WHERE position = 0", breaks: "a leaf is never removed")
        try check(bench, "DELETE FROM leaves", breaks: "a leaf is never removed")
        let row = "INTO leaves SELECT 0, kind, subject, x'00', hash, body FROM leaves WHERE position = 1"
        for verb in ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT"] {
            try check(bench, "\(verb) \(row)", breaks: "a leaf is added at the end")
        }
        try check(
            bench,
            "INSERT INTO leaves SELECT 900, kind, subject, bytes, hash, body FROM leaves WHERE position = 1",
            breaks: "a leaf is added at the end")
        try check(
            bench,
            """
            INSERT INTO leaves SELECT (SELECT max(position) + 1 FROM leaves), kind, subject, zeroblob(65536),
                hash, body FROM leaves WHERE position = 1
            """, breaks: "CHECK constraint")
    }

    @Test func `PAY-IDEM: one answer a key`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asking = try bench.asking(try await bench.token(of: person), key: bench.key("k", ["a": "1"]))
        _ = try await bench.ledger.submit(asking)
        try check(
            bench, "INSERT INTO stored_answers SELECT * FROM stored_answers", breaks: "UNIQUE constraint")
    }

    @Test func `PAY-AMOUNT: the schema takes no amount of zero, no loose type`() async throws {
        let bench = try Bench()
        _ = try await bring(bench, to: .declined)
        try check(
            bench, copy("authorizations", ["id": "'auth_made_up'", "amount": "0"]), breaks: "CHECK constraint"
        )
        try check(
            bench, copy("authorizations", ["id": "'auth_made_up'", "amount": "'many'"]),
            breaks: "cannot store TEXT value in INTEGER column")
    }

    @Test func `PAY-STATE: every table is strict`() async throws {
        let bench = try Bench()
        let loose = try await bench.texts(
            """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'
                AND name <> 'grdb_migrations'
            """)
        #expect(loose.isEmpty)
    }
}
