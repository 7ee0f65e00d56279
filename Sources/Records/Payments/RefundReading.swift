package import GRDB
package import Lifecycles
package import Vocabulary

/// Reads refunds back.
package enum RefundReading {
    private static let selection = """
        SELECT r.*, a.currency FROM refunds r JOIN authorizations a ON a.id = r.authorization
        """

    package static func find(_ id: RefundID, in db: Database) throws -> Refund? {
        let statement = try db.cachedStatement(sql: selection + " WHERE r.id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map(refund)
    }

    static func page(of id: AuthorizationID, _ page: KeysetPage, in db: Database) throws -> [Refund] {
        let clause = page.clause(column: "r.id")
        let statement = try db.cachedStatement(
            sql: selection + " WHERE r.authorization = ?" + clause.sql)
        return try page.ordered(
            Row.fetchAll(statement, arguments: [id] + clause.arguments).map(refund))
    }

    private static func refund(_ row: Row) throws -> Refund {
        let text: String = row["id"]
        guard let id = RefundID(text), let authorization = AuthorizationID(row["authorization"]),
            let currency = Currency(code: row["currency"]),
            let money = try? Money(amountMinor: row["amount"], currency: currency),
            let status = RefundStatus(rawValue: row["status"])
        else { throw LedgerFault.unreadable(table: "refunds", id: text) }
        return Refund(
            id: id, authorization: authorization, money: money,
            reason: (row["reason"] as String?).flatMap { try? PlainText($0, maximum: 500) }, status: status,
            createdAt: row["created_at"])
    }
}
