import Foundation
package import GRDB
package import Lifecycles
import Notation
package import Vocabulary

/// Reads authorizations back into values of the trade.
package enum AuthorizationReading {
    static let selection = """
        SELECT a.*, c.id AS confirmation_id, c.status AS confirmation_status,
            c.expires_at AS confirmation_expires_at
        FROM authorizations a LEFT JOIN confirmations c ON c.authorization = a.id
        """

    /// One authorization; with an owner, only if it is that merchant's in that mode.
    package static func find(
        _ id: AuthorizationID, of owner: Owner?, in db: Database
    ) throws -> Authorization? {
        let statement = try db.cachedStatement(sql: selection + " WHERE a.id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
        let found = try authorization(row, in: db)
        guard let owner else { return found }
        return found.merchant == owner.merchant && found.isLive == owner.isLive ? found : nil
    }

    static func authorization(_ row: Row, in db: Database) throws -> Authorization {
        let text: String = row["id"]
        guard let id = AuthorizationID(text), let merchant = MerchantID(row["merchant"]),
            let money = money(row), let card = card(row),
            let capture = CaptureMode(rawValue: row["capture_mode"]),
            let document = try? JSON.parse((row["order_document"] as String).utf8),
            let order = OrderDocument.order(document), let state = state(row)
        else { throw LedgerFault.unreadable(table: "authorizations", id: text) }
        var found = Authorization(
            id: id, merchant: merchant, isLive: row["is_live"],
            customer: (row["customer"] as String?).flatMap { CustomerID($0) }, money: money, capture: capture,
            card: card, order: order, metadata: metadata(row["metadata"]), returnURL: row["return_url"],
            replaces: (row["replaces"] as String?).flatMap { AuthorizationID($0) },
            createdAt: row["created_at"], updatedAt: row["updated_at"], version: row["version"],
            lifecycle: AuthorizationLifecycle(
                state: state, sums: sums(row), isFinalCaptureOpen: row["final_capture_open"]),
            confirmation: confirmation(row), decisions: try decisions(of: id, in: db))
        if let sealed = row["order_sealed"] as Data? {
            found.sealedOrder = SealedOrder(bytes: [UInt8](sealed), digest: row["order_digest"])
        }
        if row["prescription_lines"] as Int > 0 {
            found.holds = try HoldRecord.all(of: id, in: db).map(\.summary)
            found.handovers = try HandoverReading.all(of: id, in: db)
        }
        return found
    }

    static func decisions(of id: AuthorizationID, in db: Database) throws -> [DecisionReference] {
        let statement = try db.cachedStatement(
            sql: "SELECT id, leaf FROM decisions WHERE authorization = ? ORDER BY leaf")
        return try Row.fetchAll(statement, arguments: [id]).compactMap { row in
            DecisionID(row["id"]).map { DecisionReference(id: $0, leaf: row["leaf"]) }
        }
    }

    static func metadataText(_ metadata: [Metadata]) -> String {
        var object = JSONObject()
        for entry in metadata { object.set(entry.name, .text(entry.value)) }
        return String(decoding: JSON.object(object).written(), as: UTF8.self)
    }

    private static func metadata(_ text: String) -> [Metadata] {
        let members = (try? JSON.parse(text.utf8))?.object?.members ?? []
        return members.compactMap { member in
            member.value.text.map { Metadata(name: member.name, value: $0) }
        }
    }

    private static func money(_ row: Row) -> Money? {
        Currency(code: row["currency"]).flatMap { try? Money(amountMinor: row["amount"], currency: $0) }
    }

    static func card(_ row: Row) -> MaskedCard? {
        guard let brand = CardBrand(rawValue: row["brand"]),
            let expiry = CardExpiry(month: row["exp_month"], year: row["exp_year"])
        else { return nil }
        return MaskedCard(brand: brand, first6: row["first6"], last4: row["last4"], expiry: expiry)
    }

    private static func sums(_ row: Row) -> AuthorizationSums {
        AuthorizationSums(
            authorized: row["amount"], captured: row["captured"], capturing: row["capturing"],
            refunded: row["refunded"], refunding: row["refunding"])
    }

    private static func state(_ row: Row) -> AuthorizationState? {
        switch AuthorizationStatus(rawValue: row["status"]) {
        case .requiresConfirmation: .requiresConfirmation
        case .processing: (row["processing_since"] as Instant?).map { .processing(since: $0) }
        case .approved: approval(row).map { .approved($0) }
        case .captured: approval(row).map { .captured($0) }
        case .declined: decline(row).map { .declined($0) }
        case .canceled: .canceled
        case .expired: .expired
        case nil: nil
        }
    }

    private static func approval(_ row: Row) -> Approval? {
        guard let code = row["approval_code"] as String?, let at = row["approved_at"] as Instant?,
            let before = row["capture_before"] as Instant?
        else { return nil }
        return Approval(code: code, at: at, captureBefore: before)
    }

    private static func decline(_ row: Row) -> Decline? {
        guard let word = row["decline_reason"] as String?, let reason = DeclineReason(rawValue: word) else {
            return nil
        }
        return Decline(
            reason: reason, networkCode: (row["network_code"] as String?).flatMap { NetworkCode($0) },
            line: row["decline_line"], isOpenToPharmacy: row["decline_is_open"],
            nextFrom: (row["decline_next_from"] as String?).flatMap { LocalDate($0) })
    }

    private static func confirmation(_ row: Row) -> ConfirmationSummary? {
        guard let text = row["confirmation_id"] as String?, let id = ConfirmationID(text),
            let status = ConfirmationStatus(rawValue: row["confirmation_status"])
        else { return nil }
        return ConfirmationSummary(id: id, status: status, expiresAt: row["confirmation_expires_at"])
    }
}

/// Whose an object is: a merchant's, in test or live mode. Everybody else's objects do not exist for it.
package struct Owner: Sendable, Hashable {
    package let merchant: MerchantID
    package let isLive: Bool

    package init(merchant: MerchantID, isLive: Bool) {
        self.merchant = merchant
        self.isLive = isLive
    }
}
