import GRDB

/// Walks several branches at once, in the order of the ids. Each is read row by row as far as it is needed.
struct AuditMerge {
    private var heads: [(row: Row, cursor: RowCursor)] = []
    private let isAscending: Bool

    init(
        _ branches: [AuditBranch], from: String?, to: String?, isAscending: Bool, in db: Database
    ) throws {
        self.isAscending = isAscending
        for branch in branches {
            let made = branch.statement(
                selecting: AuditRow.columns, from: from, to: to, isAscending: isAscending)
            // One statement a branch: a cached one could not stand in two places at once.
            let cursor = try Row.fetchCursor(db, sql: made.sql, arguments: made.arguments)
            if let row = try cursor.next() { heads.append((row.copy(), cursor)) }
        }
    }

    /// The next row of all branches together; nil at the end.
    mutating func next() throws -> Row? {
        let first = heads.indices.min { left, right in
            let (a, b): (String, String) = (heads[left].row["id"], heads[right].row["id"])
            return isAscending ? a < b : a > b
        }
        guard let first else { return nil }
        let row = heads[first].row
        if let next = try heads[first].cursor.next() {
            heads[first].row = next.copy()
        } else {
            heads.remove(at: first)
        }
        return row
    }
}
