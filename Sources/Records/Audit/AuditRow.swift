import GRDB
package import Lifecycles
package import Vocabulary

/// One line of an operator's list. It names no person: the card is masked.
package struct AuditRow: Sendable, Hashable {
    package let id: AuthorizationID
    package let createdAt: Instant
    package let merchant: MerchantID
    package let order: String
    package let money: Money
    package let cardBrand: String
    package let cardLast4: String
    package let status: AuthorizationStatus
    package let reason: DeclineReason?
    package let networkCode: NetworkCode?
    /// The factor that was used or offered.
    package let factor: AuditFactor

    /// Who refused.
    package var by: DeclineParty? { reason?.by }
    /// `visa ••4242`.
    package var card: String { "\(cardBrand) ••\(cardLast4)" }
}

/// One page of the list, newest first.
package struct AuditPage: Sendable, Hashable {
    package let rows: [AuditRow]
    /// There is more beyond the page, or may be.
    package let hasMore: Bool
    /// How far was looked when the page did not fill up in time: go on after this id.
    package let searchedTo: AuthorizationID?

    package init(rows: [AuditRow], hasMore: Bool, searchedTo: AuthorizationID? = nil) {
        self.rows = rows
        self.hasMore = hasMore
        self.searchedTo = searchedTo
    }

    /// The id after which the next page begins; nil when there is none.
    package var next: AuthorizationID? { searchedTo ?? (hasMore ? rows.last?.id : nil) }
}

extension AuditRow {
    /// What a row of the list is read from. No column of a person is among them.
    static let columns = """
        a.id, a.merchant, a.order_reference, a.amount, a.currency, a.brand, a.last4, a.status,
        a.decline_reason, a.network_code, a.created_at, a.customer
        """

    init(_ row: Row, in db: Database) throws {
        let text: String = row["id"]
        guard let id = AuthorizationID(text), let merchant = MerchantID(row["merchant"]),
            let currency = Currency(code: row["currency"]),
            let money = try? Money(amountMinor: row["amount"], currency: currency),
            let status = AuthorizationStatus(rawValue: row["status"])
        else { throw LedgerFault.unreadable(table: "authorizations", id: text) }
        self.id = id
        self.merchant = merchant
        self.money = money
        self.status = status
        createdAt = row["created_at"]
        order = row["order_reference"]
        cardBrand = row["brand"]
        cardLast4 = row["last4"]
        reason = (row["decline_reason"] as String?).flatMap { DeclineReason(rawValue: $0) }
        networkCode = (row["network_code"] as String?).flatMap { NetworkCode($0) }
        factor = try AuditFactor.read(of: text, in: db)
    }
}

extension AuditFactor {
    /// The factor of one payment: the last other one that was offered, or the app if it answered.
    static func read(of authorization: String, in db: Database) throws -> AuditFactor {
        let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [authorization])
        guard let row else { return .none }
        if let offered = row["factor"] as String?, let found = AuditFactor(rawValue: offered) { return found }
        return row["is_answered"] ? .app : .none
    }

    static let sql = """
        SELECT (SELECT factor FROM factor_offers WHERE confirmation = c.id ORDER BY id DESC LIMIT 1) AS factor,
            EXISTS (SELECT 1 FROM answers WHERE confirmation = c.id) AS is_answered
        FROM confirmations c WHERE c.authorization = ?
        """
}
