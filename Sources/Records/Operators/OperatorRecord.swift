package import Lifecycles
package import Vocabulary
import GRDB

/// An operator: an identity of our own provider with a role.
package struct OperatorRecord: Sendable, Hashable {
    package let id: OperatorID
    package let identity: CustomerID
    package let userID: String
    package let name: String
    package let role: OperatorRole
    package let isActive: Bool
    package let createdAt: Instant
    package let endedAt: Instant?

    static let selection = """
        SELECT o.*, c.user_id FROM operators o JOIN customers c ON c.id = o.identity
        """

    init(_ row: Row) throws {
        let text: String = row["id"]
        guard let id = OperatorID(text), let identity = CustomerID(row["identity"]),
            let role = OperatorRole(rawValue: row["role"])
        else { throw LedgerFault.unreadable(table: "operators", id: text) }
        self.id = id
        self.identity = identity
        self.role = role
        userID = row["user_id"]
        name = row["name"]
        isActive = row["status"] == "active"
        createdAt = row["created_at"]
        endedAt = row["ended_at"]
    }
}

/// An operator's session that is good now.
package struct OperatorSessionRecord: Sendable, Hashable {
    package let id: SessionID
    package let holder: OperatorRecord
    package let expiresAt: Instant
    package let lastUsedAt: Instant
}

extension Ledger {
    /// All operators there ever were, the oldest first.
    package func operators() async throws -> [OperatorRecord] {
        try await read { db in
            try Row.fetchAll(db, sql: OperatorRecord.selection + " ORDER BY o.rowid").map(OperatorRecord.init)
        }
    }

    /// Whether anybody was ever made an operator: from then on the server's own user is nobody special.
    package func hasOperators() async throws -> Bool {
        try await read { db in
            try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM operators)") ?? false
        }
    }

    /// Whether an identity is that of an operator who has not ended, or of somebody who waits to be one.
    package func isOperator(_ identity: CustomerID) async throws -> Bool {
        try await read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM operators WHERE identity = ?1 AND status = 'active')
                        OR EXISTS (SELECT 1 FROM change_requests
                            WHERE subject = ?1 AND kind = 'operator.add' AND status = 'pending')
                    """, arguments: [identity]) ?? false
        }
    }
}

extension Transaction {
    func operatorRecord(_ id: OperatorID) throws -> OperatorRecord? {
        if try rowsDiffer(of: id.text) { try recordOperator(Self.rowsDiffered, id.text, by: nil) }
        return try row(OperatorRecord.selection + " WHERE o.id = ?", [id]).map(OperatorRecord.init)
    }

    /// The operator whose identity this is, unless it has ended.
    func activeOperator(identity: CustomerID) throws -> OperatorRecord? {
        try row(OperatorRecord.selection + " WHERE o.identity = ? AND o.status = 'active'", [identity])
            .map(OperatorRecord.init)
    }

    func activeAdministrators() throws -> Int {
        try row(
            "SELECT count(*) AS n FROM operators WHERE status = 'active' AND role = ?",
            [OperatorRole.administrator.rawValue])?["n"] ?? 0
    }

    /// A leaf about what an operator did, or tried to.
    func recordOperator(
        _ outcome: String, _ subject: String, by actor: OperatorID?, of customer: CustomerID? = nil,
        changes: Bool = true
    ) throws {
        var leaf = LeafDraft(kind: .operatorAction, subject: subject, outcome: outcome)
        leaf.vouches = changes
        leaf.actor = actor?.text
        leaf.customer = customer
        try appendLeaf(leaf)
    }
}
