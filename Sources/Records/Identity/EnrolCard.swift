package import Vocabulary
import Foundation
import GRDB

/// The issuer enrols a payment card to a customer. A card belongs to one customer (CONTRACT section 11).
package struct EnrolCard: Command {
    /// Whose card it is now.
    package enum Outcome: Sendable, Hashable {
        case enrolled
        /// It was this customer's before.
        case already(CardID)
        case belongsToAnother, customerUnknown
    }

    let id: CardID
    let customer: CustomerID
    let fingerprint: [UInt8]
    let numberSealed: [UInt8]
    let card: MaskedCard

    package init(
        id: CardID, customer: CustomerID, fingerprint: [UInt8], numberSealed: [UInt8], card: MaskedCard
    ) {
        self.id = id
        self.customer = customer
        self.fingerprint = fingerprint
        self.numberSealed = numberSealed
        self.card = card
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        guard try transaction.customerExists(customer) else { return .customerUnknown }
        let old = try transaction.row(
            "SELECT id, customer FROM cards WHERE fingerprint = ?", [Data(fingerprint)])
        if let old {
            return old["customer"] == customer ? .already(old["id"]) : .belongsToAnother
        }
        try transaction.execute(
            """
            INSERT INTO cards (id, customer, fingerprint, number_sealed, brand, first6, last4, exp_month,
                exp_year, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, customer, Data(fingerprint), Data(numberSealed), card.brand.rawValue, card.first6,
                card.last4, card.expiry.month, card.expiry.year, transaction.now,
            ])
        try transaction.recordIssuerAction(id.text, "card_enrolled", of: customer)
        return .enrolled
    }
}

/// The issuer blocks a payment card for good.
package struct BlockCard: Command {
    let id: CardID

    package init(_ id: CardID) { self.id = id }

    /// - Returns: false when there is no such card.
    package func run(in transaction: Transaction) throws -> Bool {
        guard let row = try transaction.row("SELECT customer, blocked_at FROM cards WHERE id = ?", [id])
        else { return false }
        let isNew = try transaction.changesOne(
            "UPDATE cards SET blocked_at = ? WHERE id = ? AND blocked_at IS NULL", [transaction.now, id])
        if isNew { try transaction.recordIssuerAction(id.text, "card_blocked", of: row["customer"]) }
        return true
    }
}
