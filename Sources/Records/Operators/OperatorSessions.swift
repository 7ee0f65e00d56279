package import Vocabulary
import Foundation
import GRDB
import Lifecycles

/// How long an operator stays signed in.
package enum OperatorSessionTerms {
    /// From the sign-in on, whatever happens.
    package static let seconds = 28_800
    /// Without being used.
    package static let idleSeconds = 1_800
    /// A use is written down at most so often.
    package static let touchSeconds = 60
}

extension Transaction {
    /// A full success at the operator's door: both elements' failures forgotten, and the session.
    func openOperatorSession(
        _ session: NewSession, of holder: OperatorRecord, for signIn: SignInRecord
    ) throws -> Instant {
        try closeSignIn(signIn.id, as: "succeeded")
        try noteSuccess(of: holder.identity, kind: .password, flow: .signIn)
        try noteSuccess(of: holder.identity, kind: .app, flow: .signIn)
        let expiresAt = now.adding(seconds: OperatorSessionTerms.seconds)
        try execute(
            """
            INSERT INTO operator_sessions (id, operator, token_digest, created_at, last_used_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [session.id, holder.id, Data(session.tokenDigest), now, now, expiresAt])
        try recordOperator("operator_signed_in", holder.id.text, by: holder.id, changes: false)
        return expiresAt
    }

    func endOperatorSessions(of id: OperatorID) throws {
        try execute(
            "UPDATE operator_sessions SET ended_at = ? WHERE operator = ? AND ended_at IS NULL", [now, id])
    }

    /// Whoever signed in as this person is signed out, and stays so when a block is lifted again.
    func endOperatorSessions(identity: CustomerID) throws {
        if let holder = try activeOperator(identity: identity) { try endOperatorSessions(of: holder.id) }
    }

    /// Sessions that ended long ago say nothing that the log does not.
    func forgetOperatorSessions() throws {
        let oldest = SessionID(at: time.latest.adding(days: -2), random: (0, 0))
        let isOld = time.isOver("created_at", plus: 2 * 86_400_000, of: "created_at", isCautious: true)
        try execute(
            "DELETE FROM operator_sessions WHERE id < ? AND \(isOld.sql)", [oldest] + isOld.arguments)
    }
}

extension Ledger {
    /// A session by the keyed digest of its token; nil when it is over, however that came: its time, half an
    /// hour without use, the operator's end, a block of the person, of the app or of the password.
    package func operatorSession(
        tokenDigest: [UInt8], at time: ServerTime
    ) async throws -> OperatorSessionRecord? {
        let isOver = time.isOver("s.expires_at", of: "s.created_at")
        let isIdle = time.isOver(
            "s.last_used_at", plus: Int64(OperatorSessionTerms.idleSeconds) * 1_000, of: "s.last_used_at")
        return try await read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT o.*, c.user_id, s.id AS session, s.expires_at, s.last_used_at
                        FROM operator_sessions s JOIN operators o ON o.id = s.operator
                        JOIN customers c ON c.id = o.identity
                        WHERE s.token_digest = ? AND s.ended_at IS NULL AND NOT \(isOver.sql)
                            AND NOT \(isIdle.sql) AND o.status = 'active' AND c.blocked_at IS NULL
                            AND c.certificate = 'valid' AND NOT EXISTS (
                                SELECT 1 FROM authenticators a WHERE a.customer = c.id
                                AND a.kind IN ('app', 'password') AND a.status = 'blocked'
                                AND a.blocked_by <> 'failures')
                        """),
                arguments: [Data(tokenDigest)] + isOver.arguments &+ isIdle.arguments)
            return try row.map { row in
                OperatorSessionRecord(
                    id: row["session"], holder: try OperatorRecord(row), expiresAt: row["expires_at"],
                    lastUsedAt: row["last_used_at"])
            }
        }
    }
}

/// Writes down that a session was used; asked for at most once a minute.
package struct TouchOperatorSession: Command {
    let id: SessionID

    package init(_ id: SessionID) { self.id = id }

    package func run(in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE operator_sessions SET last_used_at = ? WHERE id = ? AND ended_at IS NULL",
            [transaction.now, id])
    }
}

/// The operator signs out.
package struct EndOperatorSession: Command {
    let tokenDigest: [UInt8]

    package init(tokenDigest: [UInt8]) { self.tokenDigest = tokenDigest }

    /// - Returns: false when there is no such session, or it was over.
    package func run(in transaction: Transaction) throws -> Bool {
        let row = try transaction.row(
            "SELECT id, operator FROM operator_sessions WHERE token_digest = ? AND ended_at IS NULL",
            [Data(tokenDigest)])
        guard let row, let holder = OperatorID(row["operator"]) else { return false }
        try transaction.execute(
            "UPDATE operator_sessions SET ended_at = ? WHERE id = ?",
            [transaction.now, row["id"] as String])
        try transaction.recordOperator("operator_signed_out", holder.text, by: holder, changes: false)
        return true
    }
}
