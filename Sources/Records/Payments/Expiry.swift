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
            guard let summary = authorization.confirmation, now >= summary.expiresAt,
                var confirmation = try confirmation(summary.id), confirmation.lifecycle.status == .pending
            else { return false }
            try expire(&confirmation)
            return true
        case .approved(let approval):
            guard now >= approval.captureBefore, authorization.lifecycle.sums.capturing == 0 else {
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
        let now = transaction.now
        let late = try transaction.rows(
            "SELECT * FROM confirmations WHERE status = 'pending' AND expires_at <= ? LIMIT ?", [now, limit])
        for row in late {
            var confirmation = try ConfirmationRecord(row)
            try transaction.expire(&confirmation)
        }
        let over = try transaction.rows(
            """
            SELECT id FROM authorizations WHERE status = 'approved' AND capture_before <= ? AND capturing = 0
            LIMIT ?
            """,
            [now, limit])
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
        let now = transaction.now
        try transaction.execute(
            """
            UPDATE card_tokens SET number_sealed = x'' WHERE id IN (
                SELECT id FROM card_tokens
                WHERE used_at IS NULL AND expires_at <= ? AND length(number_sealed) > 0 LIMIT ?)
            """,
            [now, limit])
        try transaction.execute(
            """
            DELETE FROM stored_answers WHERE (merchant, is_live, route, key) IN (
                SELECT merchant, is_live, route, key FROM stored_answers
                WHERE created_at <= ? AND body_sealed IS NOT NULL ORDER BY created_at LIMIT ?)
            """,
            [now.adding(days: -keepAnswersDays), limit])
    }
}

/// Finds what has run out of time and stands in the records as if it had not.
package enum Due {
    /// Whether any of a merchant's authorizations has run out and nobody has written it down yet.
    package static func authorizations(of owner: Owner, at now: Instant, in db: Database) throws
        -> [AuthorizationID]
    {
        let rows = try String.fetchAll(
            db,
            sql: """
                SELECT c.authorization FROM confirmations c
                WHERE c.status = 'pending' AND c.expires_at <= ? AND c.merchant = ?
                    AND c.authorization NOT NULL
                UNION ALL
                SELECT id FROM authorizations
                WHERE status = 'approved' AND capture_before <= ? AND merchant = ? AND capturing = 0
                LIMIT 1000
                """,
            arguments: [now, owner.merchant, now, owner.merchant])
        return rows.compactMap { AuthorizationID($0) }
    }
}
