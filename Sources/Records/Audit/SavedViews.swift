import GRDB
package import Vocabulary

/// A filter that an operator keeps under a name.
package struct SavedView: Sendable, Hashable {
    package let name: String
    /// As it was typed, so that relative times move along.
    package let filter: String
}

/// Keeps a view, or replaces the one of the same name.
package struct SaveView: Command {
    /// Views of one operator at most.
    package static let most = 50

    let owner: OperatorID
    let name: String
    let filter: String

    package init(_ name: String, filter: String, of owner: OperatorID) {
        self.owner = owner
        self.name = name
        self.filter = filter
    }

    /// - Returns: false when the operator has too many.
    package func run(in transaction: Transaction) throws -> Bool {
        let count: Int =
            try transaction.row(
                "SELECT count(*) AS n FROM saved_views WHERE operator = ? AND name <> ?", [owner, name])?["n"]
            ?? 0
        guard count < Self.most else { return false }
        try transaction.execute(
            """
            INSERT INTO saved_views (operator, name, filter, created_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (operator, name) DO UPDATE SET filter = excluded.filter
            """, [owner, name, filter, transaction.now])
        return true
    }
}

/// Forgets a view; one that is not there is forgotten already.
package struct DeleteView: Command {
    let owner: OperatorID
    let name: String

    package init(_ name: String, of owner: OperatorID) {
        self.owner = owner
        self.name = name
    }

    package func run(in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM saved_views WHERE operator = ? AND name = ?", [owner, name])
    }
}

extension Ledger {
    /// The views of one operator, by name.
    package func savedViews(of owner: OperatorID) async throws -> [SavedView] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql:
                    "SELECT name, filter FROM saved_views WHERE operator = ? ORDER BY name LIMIT \(SaveView.most)",
                arguments: [owner]
            ).map { SavedView(name: $0["name"], filter: $0["filter"]) }
        }
    }
}
