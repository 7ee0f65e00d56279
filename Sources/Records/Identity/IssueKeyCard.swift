package import Vocabulary
import Foundation
import GRDB
import Lifecycles

/// One printed pair: the four digits that the server names, and the HMAC of the six that the customer types.
package struct KeyCardEntry: Sendable, Hashable {
    let number: String
    let mac: [UInt8]

    package init(number: String, mac: [UInt8]) {
        self.number = number
        self.mac = mac
    }
}

/// The issuer prints a key card of 148 codes. It replaces the one before and lifts a block, unless the
/// issuer's own.
package struct IssueKeyCard: Command {
    /// What became of the card.
    package enum Outcome: Sendable, Hashable {
        case issued, customerUnknown
        /// A card with this id is out already: somebody else was faster.
        case alreadyIssued
    }

    /// How many codes are on a card.
    package static let codeCount = 148

    let id: KeyCardID
    let customer: CustomerID
    let entries: [KeyCardEntry]

    package init(id: KeyCardID, customer: CustomerID, entries: [KeyCardEntry]) {
        self.id = id
        self.customer = customer
        self.entries = entries
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        guard try transaction.customerExists(customer) else { return .customerUnknown }
        guard try transaction.row("SELECT 1 FROM key_cards WHERE id = ?", [id]) == nil else {
            return .alreadyIssued
        }
        try transaction.execute(
            "UPDATE key_cards SET status = 'replaced' WHERE customer = ? AND status = 'active'", [customer])
        try transaction.reactivate(.keyCard, of: customer)
        try transaction.execute(
            "INSERT INTO key_cards (id, customer, status, created_at) VALUES (?, ?, 'active', ?)",
            [id, customer, transaction.now])
        for entry in entries {
            try transaction.execute(
                "INSERT INTO key_card_codes (key_card, number, code_mac) VALUES (?, ?, ?)",
                [id, entry.number, Data(entry.mac)])
        }
        try transaction.recordIssuerAction(id.text, "key_card_issued", of: customer)
        return .issued
    }
}
