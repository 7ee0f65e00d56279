package import GRDB
import Lifecycles
package import Vocabulary

extension Transaction {
    /// An authorization as it stands now: if its time is over, that is written down first, so that a swept
    /// and a not yet swept expiry give the same answer (PAY-EXPIRE).
    func current(_ id: AuthorizationID, of owner: Owner) throws -> Authorization {
        let found = try authorization(id, of: owner)
        return try expireIfDue(found) ? try authorization(id, of: owner) : found
    }

    /// True when something was written.
    func expireIfDue(_ authorization: Authorization) throws -> Bool {
        switch authorization.lifecycle.state {
        case .requiresConfirmation:
            guard let summary = authorization.confirmation,
                var confirmation = try confirmation(summary.id), isOverdue(confirmation)
            else { return false }
            try expire(&confirmation)
            return true
        case .approved(let approval):
            guard now(for: approval) >= approval.captureBefore, authorization.lifecycle.sums.capturing == 0
            else {
                return false
            }
            var changing = authorization
            let events = try apply(.expire, to: &changing)
            if events.contains(.released) { try openReversal(of: changing) }
            return true
        case .processing, .captured, .declined, .canceled, .expired:
            return false
        }
    }
}

/// Writes down the expiry of one authorization if it is due; reads do this before they answer.
package struct ExpireIfDue: Command {
    package let id: AuthorizationID

    package init(id: AuthorizationID) { self.id = id }

    package func run(in transaction: Transaction) throws {
        _ = try transaction.expireIfDue(try transaction.authorization(id))
    }
}

/// Writes down what is over by now, at most so many at a time.
package struct Sweep: Command {
    package let limit: Int
    /// Stored answers older than this are forgotten.
    package let keepAnswersDays: Int

    package init(limit: Int = 200, keepAnswersDays: Int) {
        self.limit = limit
        self.keepAnswersDays = keepAnswersDays
    }

    /// - Returns: true when there may be more.
    package func run(in transaction: Transaction) throws -> Bool {
        let isLate = transaction.time.isOver("expires_at", of: "issued_at")
        let late = try transaction.rows(
            "SELECT * FROM confirmations WHERE status = 'pending' AND \(isLate.sql) LIMIT ?",
            [limit] + isLate.arguments)
        for row in late {
            var confirmation = try ConfirmationRecord(row)
            try transaction.expire(&confirmation)
        }
        // The bank is told of it: only a clock that is confirmed ends an approval.
        let isOver = transaction.time.isOver("capture_before", of: "approved_at", isCautious: true)
        let over = try transaction.rows(
            """
            SELECT id FROM authorizations WHERE status = 'approved' AND \(isOver.sql) AND capturing = 0
            LIMIT ?
            """,
            [limit] + isOver.arguments)
        for row in over {
            guard let id = AuthorizationID(row["id"]) else { continue }
            _ = try transaction.expireIfDue(try transaction.authorization(id))
        }
        let ended = try transaction.expirePrescriptions(limit: limit)
        try transaction.expireChanges(limit: limit)
        try forget(in: transaction)
        return late.count == limit || over.count == limit || ended == limit
    }

    /// Lets go of what is kept for a time only: card numbers of tokens nobody used, and old answers.
    private func forget(in transaction: Transaction) throws {
        let isOver = transaction.time.isOver("expires_at", of: "created_at", isCautious: true)
        try transaction.execute(
            """
            UPDATE card_tokens SET number_sealed = x'' WHERE id IN (
                SELECT id FROM card_tokens
                WHERE used_at IS NULL AND \(isOver.sql) AND length(number_sealed) > 0 LIMIT ?)
            """,
            [limit] + isOver.arguments)
        let isOld = transaction.time.isOver(
            "created_at", plus: Int64(keepAnswersDays) * 86_400_000, of: "created_at", isCautious: true)
        try transaction.execute(
            """
            DELETE FROM stored_answers WHERE (merchant, is_live, route, key) IN (
                SELECT merchant, is_live, route, key FROM stored_answers
                WHERE \(isOld.sql) AND body_sealed IS NOT NULL ORDER BY created_at LIMIT ?)
            """,
            [limit] + isOld.arguments)
    }
}

/// Finds what has run out of time and stands in the records as if it had not.
package enum Due {
    /// Whether any of a merchant's authorizations has run out and nobody has written it down yet.
    package static func authorizations(of owner: Owner, at time: ServerTime, in db: Database) throws
        -> [AuthorizationID]
    {
        let isLate = time.isOver("c.expires_at", of: "c.issued_at")
        let isOver = time.isOver("capture_before", of: "approved_at", isCautious: true)
        let rows = try String.fetchAll(
            db,
            sql: """
                SELECT c.authorization FROM confirmations c
                WHERE c.status = 'pending' AND \(isLate.sql) AND c.merchant = ?
                    AND c.authorization NOT NULL
                UNION ALL
                SELECT id FROM authorizations
                WHERE status = 'approved' AND \(isOver.sql) AND merchant = ? AND capturing = 0
                LIMIT 1000
                """,
            arguments: [owner.merchant, owner.merchant] + isLate.arguments &+ isOver.arguments)
        return rows.compactMap { AuthorizationID($0) }
    }
}
