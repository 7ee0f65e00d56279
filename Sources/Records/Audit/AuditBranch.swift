package import GRDB

/// One way through the authorizations in the order of their ids, along one index.
package struct AuditBranch: Sendable {
    /// What leads: the columns of an index before its id, with one value each.
    package struct Driver: Sendable, Hashable {
        package let index: String?
        package let clause: String

        init(_ index: String?, _ clause: String) {
            self.index = index
            self.clause = clause
        }
    }

    package let driver: Driver
    let values: [String]

    /// The statement that reads the branch, newest first or oldest first, and its values.
    ///
    /// - Parameters:
    ///   - from: the first id that may be read; nil for the very first.
    ///   - to: the first id that may not; nil for none.
    package func statement(
        selecting columns: String, from: String?, to: String?, isAscending: Bool
    ) -> (sql: String, arguments: StatementArguments) {
        let hint = driver.index.map { " INDEXED BY \($0)" } ?? ""
        let condition = driver.clause.isEmpty ? "" : driver.clause + " AND "
        let sql = """
            SELECT \(columns) FROM authorizations a\(hint)
            WHERE \(condition)a.id >= ? AND a.id < ? ORDER BY a.id \(isAscending ? "ASC" : "DESC")
            """
        // Every id lies between these two.
        return (sql, StatementArguments(values + [from ?? "auth_", to ?? "auth_~"]))
    }
}
