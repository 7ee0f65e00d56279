import Vocabulary
import GRDB

/// Ends what is overdue: sign-ins that nobody finished, activation codes. Nothing waits for it; what is
/// overdue is refused before it was swept.
package struct SweepIdentity: Command {
    let terms: SignInTerms
    let limit: Int

    package init(terms: SignInTerms, limit: Int = 100) {
        self.terms = terms
        self.limit = limit
    }

    /// - Returns: how many were ended.
    package func run(in transaction: Transaction) throws -> Int {
        let overdue = try transaction.rows(
            """
            SELECT id, customer, key_card FROM sign_ins WHERE status = 'open' AND expires_at <= ?
            ORDER BY id LIMIT ?
            """, [transaction.now, limit])
        for row in overdue {
            try transaction.endUnanswered(
                row["id"], of: row["customer"], card: row["key_card"], terms: terms)
        }
        try transaction.execute(
            "UPDATE activation_codes SET ended_at = ? WHERE ended_at IS NULL AND expires_at <= ?",
            [transaction.now, transaction.now])
        try forgetOldOnes(in: transaction)
        return overdue.count
    }

    /// Sign-ins and sessions that ended long ago say nothing that the log does not. Their ids are in order of
    /// time.
    private func forgetOldOnes(in transaction: Transaction) throws {
        let signIn = SignInID(at: transaction.now.adding(seconds: -3_600), random: (0, 0))
        try transaction.execute("DELETE FROM sign_ins WHERE id < ? AND status <> 'open'", [signIn])
        let session = SessionID(at: transaction.now.adding(days: -1), random: (0, 0))
        try transaction.execute("DELETE FROM sessions WHERE id < ?", [session])
        try transaction.forgetOperatorSessions()
    }
}
