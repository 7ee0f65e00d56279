import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// T2 reads the device again: what changes in its row between the check outside the writer and the command
/// counts, though the signature was good when it was checked.
@Suite struct DeviceChangeTests {
    /// What somebody with a pen writes into the rows, and what T2 says to it.
    static let changes: [(String, Rejection?)] = [
        ("SELECT 1", nil),
        ("UPDATE devices SET thumbprint = thumbprint || 'x'", .deviceBlocked),
        ("UPDATE devices SET status = 'revoked', ended_at = 1", .deviceBlocked),
        ("UPDATE devices SET status = 'refused', ended_at = 1", .deviceBlocked),
        ("UPDATE devices SET customer = (SELECT max(id) FROM customers)", .notFound),
        ("DELETE FROM statements", .statementUnknown),
        ("UPDATE statements SET statement = CAST(statement || x'20' AS BLOB)", .statementUnknown),
    ]

    @Test(arguments: changes)
    func `SCA-24: a device's row that changed between check and command is seen at T2`(
        sql: String, expected: Rejection?
    ) async throws {
        let stage = try Stage { $0.isRunning = false }
        let actor = try await stage.customer()
        _ = try await stage.customer(card: "5555555555554444")
        let asked = try await stage.authorize(actor)
        let command = try await checked(asked, by: actor.app, stage)
        try await stage.gateway.ledger.submit(Pen(sql: sql))
        let said = try await rejection { _ = try await stage.gateway.ledger.submit(command) }
        #expect(said == expected)
        let status: AuthorizationStatus = expected == nil ? .processing : .requiresConfirmation
        #expect(try await stage.load(asked.id).status == status)
        #expect(try await stage.number("SELECT count(*) FROM answers") == (expected == nil ? 1 : 0))
        #expect(try await stage.number("SELECT count(*) FROM intents") == (expected == nil ? 1 : 0))
        await stage.stop()
    }

    @Test(arguments: [Int64(-1), 0, 1])
    func `SCA-23: a hold that is laid on the device between check and command is kept`(offset: Int64)
        async throws
    {
        let clock = ManualClock()
        let stage = try Stage {
            $0.isRunning = false
            $0.clock = clock
        }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let command = try await checked(asked, by: actor.app, stage)
        let until = clock.now().adding(milliseconds: offset)
        try await stage.gateway.ledger.submit(
            Pen(sql: "UPDATE devices SET may_confirm_from = \(until.milliseconds)"))
        let said = try await rejection { _ = try await stage.gateway.ledger.submit(command) }
        #expect(said == (offset > 0 ? .deviceOnHold(until: until) : nil))
        await stage.stop()
    }

    /// An approval that was found good outside the writer, ready for T2.
    private func checked(
        _ asked: Authorization, by app: CodeApp, _ stage: Stage
    ) async throws -> RecordAnswer {
        let question = try #require(asked.confirmation?.id)
        let pending = try await stage.gateway.pendingConfirmations(for: app.id)
        let statement = Array(try #require(pending.first).statement.utf8)
        let code = stage.gateway.presenter.matchCode(question)
        let compact = try AnswerDraft.sign(
            statement: statement, verdict: .approve, verifiedBy: .pin, matchCode: code, device: app.id,
            key: app.key)
        return RecordAnswer(
            answer: try Proofs.Answer.verify(
                compact, statement: statement, key: app.key.publicKey, device: app.id),
            matchCode: code, payeeNow: stage.shop.merchant.name,
            terms: AnswerTerms(wrongAnswers: 5, reportBlockSeconds: 60))
    }
}

/// Writes past every rule of the schema.
private struct Pen: Command {
    let sql: String

    func run(in transaction: Transaction) throws {
        let triggers = try String.fetchAll(
            transaction.db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        for name in triggers { try transaction.db.execute(sql: "DROP TRIGGER \(name)") }
        try transaction.db.execute(sql: "PRAGMA defer_foreign_keys = ON")
        try transaction.db.execute(sql: sql)
    }
}
