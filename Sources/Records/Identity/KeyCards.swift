package import Vocabulary
import Foundation
import GRDB
import Lifecycles

/// The code that a sign-in asked for.
struct KeyCardQuestion: Sendable, Hashable {
    let card: KeyCardID
    let number: String
}

extension Transaction {
    /// A code of the customer's card that was not used yet, drawn at random; nil when there is none.
    func drawKeyNumber(of customer: CustomerID) throws -> KeyCardQuestion? {
        guard let card = try activeKeyCard(of: customer) else { return nil }
        let left = try codesLeft(on: card)
        guard left > 0 else { return nil }
        let draw = context.randomBytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let row = try row(
            """
            SELECT number FROM key_card_codes WHERE key_card = ? AND used_at IS NULL
            ORDER BY number LIMIT 1 OFFSET ?
            """,
            [card, Int64(draw % UInt64(left))])
        return row.map { KeyCardQuestion(card: card, number: $0["number"]) }
    }

    func noteAsked(_ question: KeyCardQuestion) throws {
        try execute(
            "UPDATE key_card_codes SET asked_at = ? WHERE key_card = ? AND number = ?",
            [now, question.card, question.number])
    }

    /// Consumes the code if it is the right one, unused and on a card in use: one conditional update, so that
    /// two who come at once cannot both use it (SCA-07).
    func consumeCode(_ mac: [UInt8], for question: KeyCardQuestion) throws -> Bool {
        try changesOne(
            """
            UPDATE key_card_codes SET used_at = ?
            WHERE key_card = ? AND number = ? AND code_mac = ? AND used_at IS NULL
                AND EXISTS (SELECT 1 FROM key_cards WHERE id = key_card AND status = 'active')
            """,
            [now, question.card, question.number, Data(mac)])
    }

    func activeKeyCard(of customer: CustomerID) throws -> KeyCardID? {
        try row("SELECT id FROM key_cards WHERE customer = ? AND status = 'active'", [customer])?["id"]
    }

    func codesLeft(on card: KeyCardID) throws -> Int {
        try row(
            "SELECT count(*) AS n FROM key_card_codes WHERE key_card = ? AND used_at IS NULL", [card])?["n"]
            ?? 0
    }

    /// Orders a new card when few codes are left (SCA-07).
    func reorderKeyCard(of customer: CustomerID, whenLeft limit: Int) throws {
        guard let card = try activeKeyCard(of: customer), try codesLeft(on: card) <= limit else { return }
        _ = try orderKeyCard(of: customer)
    }

    /// Orders a card: the printer is told by an alert that names the new card's id. One order at a time; the
    /// card in use stays good until the new one is out.
    func orderKeyCard(of customer: CustomerID) throws -> KeyCardID {
        if let open = try openKeyCardOrder(of: customer, in: db) { return open }
        let id: KeyCardID = makeID()
        try alert(customer, kind: .keyCardOrdered, detail: id.text)
        try recordKeyEvent(id.text, "key_card_ordered", of: customer)
        return id
    }
}

/// The id of the card that was ordered last and is not printed yet.
func openKeyCardOrder(of customer: CustomerID, in db: Database) throws -> KeyCardID? {
    let row = try Row.fetchOne(
        db.cachedStatement(
            sql: """
                SELECT detail FROM alerts WHERE customer = ? AND kind = 'key_card_ordered'
                    AND detail NOT IN (SELECT id FROM key_cards WHERE customer = alerts.customer)
                ORDER BY created_at DESC, id DESC LIMIT 1
                """),
        arguments: [customer])
    return (row?["detail"] as String?).flatMap { KeyCardID($0) }
}

/// The customer orders a new key card.
package struct OrderKeyCard: Command {
    /// The order, and how far the card in use still goes.
    package struct Outcome: Sendable, Hashable {
        package let id: KeyCardID
        /// On the card in use.
        package let codesLeft: Int
    }

    let customer: CustomerID

    package init(customer: CustomerID) { self.customer = customer }

    package func run(in transaction: Transaction) throws -> Outcome {
        let left = try transaction.activeKeyCard(of: customer).map { try transaction.codesLeft(on: $0) }
        return Outcome(id: try transaction.orderKeyCard(of: customer), codesLeft: left ?? 0)
    }
}
