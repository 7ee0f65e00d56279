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
        let isOver = transaction.time.isOver("expires_at", of: "created_at")
        let overdue = try transaction.rows(
            """
            SELECT id, customer, key_card FROM sign_ins WHERE status = 'open' AND \(isOver.sql)
            ORDER BY id LIMIT ?
            """, [limit] + isOver.arguments)
        for row in overdue {
            try transaction.endUnanswered(
                row["id"], of: row["customer"], card: row["key_card"], terms: terms)
        }
        try transaction.execute(
            "UPDATE activation_codes SET ended_at = ? WHERE ended_at IS NULL AND \(isOver.sql)",
            [transaction.now] + isOver.arguments)
        try forgetOldOnes(in: transaction)
        return overdue.count
    }

    /// Sign-ins and sessions that ended long ago say nothing that the log does not. A leap of the clock
    /// alone forgets none.
    private func forgetOldOnes(in transaction: Transaction) throws {
        let time = transaction.time
        let isLongOver = time.isOver("created_at", plus: 3_600_000, of: "created_at", isCautious: true)
        try transaction.execute(
            "DELETE FROM sign_ins WHERE id < ? AND status <> 'open' AND \(isLongOver.sql)",
            [SignInID(at: time.latest.adding(seconds: -3_600), random: (0, 0))] + isLongOver.arguments)
        let isOld = time.isOver("created_at", plus: 86_400_000, of: "created_at", isCautious: true)
        try transaction.execute(
            "DELETE FROM sessions WHERE id < ? AND \(isOld.sql)",
            [SessionID(at: time.latest.adding(days: -1), random: (0, 0))] + isOld.arguments)
        try transaction.forgetOperatorSessions()
    }
}
