import GRDB
package import Notation
package import Vocabulary

/// A decision as it was stored, with its trace (PAY-TRACE).
package struct StoredDecision: Sendable, Hashable {
    package let id: DecisionID
    /// `create`, `answer` or `result`.
    package let stage: String
    /// `go_on`, `approved` or `declined`.
    package let outcome: String
    package let reason: String?
    /// As `TraceDocument` writes it: the rules in their order.
    package let trace: JSON
}

extension Ledger {
    /// The decisions of an authorization, the oldest first.
    package func decisions(of id: AuthorizationID) async throws -> [StoredDecision] {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT id, stage, outcome, reason, trace FROM decisions
                    WHERE authorization = ? ORDER BY leaf
                    """)
            return try Row.fetchAll(statement, arguments: [id]).compactMap { row in
                guard let id = DecisionID(row["id"]),
                    let trace = try? TraceDocument.read(row["trace"])
                else { return nil }
                return StoredDecision(
                    id: id, stage: row["stage"], outcome: row["outcome"], reason: row["reason"], trace: trace)
            }
        }
    }
}
