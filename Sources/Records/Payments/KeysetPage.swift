import GRDB

/// A page of a list ordered by its time-ordered ids, newest first (PAY-LIST). One more row than asked is
/// read, to know whether there is more.
package struct KeysetPage: Sendable, Hashable {
    package let limit: Int
    package let startingAfter: String?
    package let endingBefore: String?

    package init(limit: Int, startingAfter: String?, endingBefore: String?) {
        self.limit = limit
        self.startingAfter = startingAfter
        self.endingBefore = endingBefore
    }

    /// The end of a statement's WHERE clause, its order and its limit.
    func clause(column: String) -> (sql: String, arguments: StatementArguments) {
        var sql = ""
        var arguments: StatementArguments = []
        if let startingAfter {
            sql += " AND \(column) < ?"
            arguments += [startingAfter]
        }
        if let endingBefore {
            sql += " AND \(column) > ?"
            arguments += [endingBefore]
        }
        // Towards newer rows the nearest come first, and are turned around afterwards.
        let direction = isBackwards ? "ASC" : "DESC"
        return (sql + " ORDER BY \(column) \(direction) LIMIT \(limit + 1)", arguments)
    }

    /// Rows as read, cut to the page and newest first.
    func ordered<Element>(_ rows: [Element]) -> [Element] {
        isBackwards ? Array(rows.reversed()) : rows
    }

    var isBackwards: Bool { endingBefore != nil && startingAfter == nil }

    /// Cuts the row that was read beyond the page.
    func cut<Element>(_ rows: [Element]) -> (items: [Element], hasMore: Bool) {
        guard rows.count > limit else { return (rows, false) }
        return (isBackwards ? Array(rows.dropFirst()) : Array(rows.dropLast()), true)
    }
}
