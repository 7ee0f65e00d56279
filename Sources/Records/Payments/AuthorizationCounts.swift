import GRDB
package import Lifecycles
package import Vocabulary

/// How many authorizations ended alike.
package struct AuthorizationCount: Sendable, Hashable {
    package let status: AuthorizationStatus
    /// Nil unless they were declined.
    package let reason: DeclineReason?
    package let number: Int
}

extension Ledger {
    /// Counts all authorizations by status and reason. Reads the whole table: for reports, not for requests.
    package func authorizationCounts() async throws -> [AuthorizationCount] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT status, decline_reason, count(*) AS number FROM authorizations
                    GROUP BY status, decline_reason ORDER BY status, decline_reason
                    """
            ).map { row in
                let word: String = row["status"]
                guard let status = AuthorizationStatus(rawValue: word) else {
                    throw LedgerFault.unreadable(table: "authorizations", id: word)
                }
                return AuthorizationCount(
                    status: status,
                    reason: (row["decline_reason"] as String?).flatMap { DeclineReason(rawValue: $0) },
                    number: row["number"])
            }
        }
    }
}
