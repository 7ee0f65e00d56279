package import GRDB
package import Lifecycles
package import Vocabulary

/// What a merchant looks for among its authorizations.
package struct AuthorizationFilter: Sendable {
    package var status: AuthorizationStatus?
    /// Any of these reasons.
    package var reasons: Set<DeclineReason>?
    package var order: OrderReference?
    /// Both ends included.
    package var created: ClosedRange<Instant>?
    /// Minor units, both ends included.
    package var amount: ClosedRange<Int64>?

    package init() {}
}

/// One page of a list, newest first, and whether there is more beyond it.
package struct ListPage<Element: Sendable>: Sendable {
    package let items: [Element]
    package let hasMore: Bool
}

/// Reads lists page by page.
package enum AuthorizationList {
    /// One page of a merchant's authorizations, newest first.
    package static func page(
        of owner: Owner, _ filter: AuthorizationFilter, _ page: KeysetPage, in db: Database
    ) throws -> ListPage<Authorization> {
        var sql = AuthorizationReading.selection + " WHERE a.merchant = ? AND a.is_live = ?"
        var arguments: StatementArguments = [owner.merchant, owner.isLive]
        func add(_ clause: String, _ values: StatementArguments) {
            sql += " AND " + clause
            arguments += values
        }
        if let status = filter.status { add("a.status = ?", [status.rawValue]) }
        if let reasons = filter.reasons {
            let words = reasons.map(\.rawValue).sorted()
            let marks = words.map { _ in "?" }.joined(separator: ", ")
            add("a.decline_reason IN (\(marks))", StatementArguments(words))
        }
        if let order = filter.order { add("a.order_reference = ?", [order.text]) }
        if let created = filter.created {
            add("a.created_at BETWEEN ? AND ?", [created.lowerBound, created.upperBound])
        }
        if let amount = filter.amount {
            add("a.amount BETWEEN ? AND ?", [amount.lowerBound, amount.upperBound])
        }
        let clause = page.clause(column: "a.id")
        let rows = try Row.fetchAll(db, sql: sql + clause.sql, arguments: arguments + clause.arguments)
        let items = try rows.map { try AuthorizationReading.authorization($0, in: db) }
        let cut = page.cut(page.ordered(items))
        return ListPage(items: cut.items, hasMore: cut.hasMore)
    }

    /// One page of an authorization's refunds, newest first.
    package static func refunds(
        of id: AuthorizationID, _ page: KeysetPage, in db: Database
    ) throws -> ListPage<Refund> {
        let cut = page.cut(try RefundReading.page(of: id, page, in: db))
        return ListPage(items: cut.items, hasMore: cut.hasMore)
    }
}
