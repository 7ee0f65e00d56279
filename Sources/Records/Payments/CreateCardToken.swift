import Foundation
import GRDB
import Lifecycles
package import Vocabulary

/// Keeps a sealed card number for one merchant (PAN-1).
package struct CreateCardToken: Command {
    package let id: CardTokenID
    package let owner: Owner
    package let card: MaskedCard
    /// Keyed hash of the number: how the customer's enrolled card is found.
    package let fingerprint: [UInt8]
    package let numberSealed: [UInt8]
    /// Nil for a saved card.
    package let lifetimeSeconds: Int?
    package let key: RequestKey?

    package init(
        id: CardTokenID, owner: Owner, card: MaskedCard, fingerprint: [UInt8], numberSealed: [UInt8],
        lifetimeSeconds: Int?, key: RequestKey?
    ) {
        self.id = id
        self.owner = owner
        self.card = card
        self.fingerprint = fingerprint
        self.numberSealed = numberSealed
        self.lifetimeSeconds = lifetimeSeconds
        self.key = key
    }

    package func run(in transaction: Transaction) throws -> WrittenAnswer {
        if case .answered(let first) = try transaction.state(of: key) { return first }
        let expiresAt = lifetimeSeconds.map { transaction.now.adding(seconds: $0) }
        try transaction.execute(
            """
            INSERT INTO card_tokens (id, merchant, is_live, fingerprint, number_sealed, brand, first6, last4,
                exp_month, exp_year, is_reusable, expires_at, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, owner.merchant, owner.isLive, Data(fingerprint), Data(numberSealed), card.brand.rawValue,
                card.first6, card.last4, card.expiry.month, card.expiry.year, expiresAt == nil, expiresAt,
                transaction.now,
            ])
        let token = CardToken(
            id: id, merchant: owner.merchant, card: card, isReusable: expiresAt == nil, expiresAt: expiresAt)
        return try transaction.answer(.cardToken(token), for: key)
    }
}

extension Transaction {
    /// Takes a token for an authorization. One that is not saved is consumed by a conditional update.
    func take(_ id: CardTokenID, for owner: Owner) throws -> Row {
        let found = try row(
            "SELECT * FROM card_tokens WHERE id = ? AND merchant = ? AND is_live = ?",
            [id, owner.merchant, owner.isLive])
        guard let found else { throw Rejection.cardTokenUnknown }
        guard found["is_reusable"] == false else { return found }
        if let expiresAt = found["expires_at"] as Instant?, found["used_at"] as Instant? == nil,
            time.now(for: found["created_at"]) >= expiresAt
        {
            throw Rejection.cardTokenExpired
        }
        let consumed = try changesOne(
            "UPDATE card_tokens SET used_at = ? WHERE id = ? AND used_at IS NULL", [now, id])
        guard consumed else { throw Rejection.cardTokenUsed }
        return found
    }

    /// Whether the issuer blocked the card that an authorization is paid with.
    func isCardBlocked(for id: AuthorizationID) throws -> Bool {
        let row = try row(
            """
            SELECT c.blocked_at FROM authorizations a JOIN card_tokens t ON t.id = a.card_token
            JOIN cards c ON c.fingerprint = t.fingerprint WHERE a.id = ?
            """,
            [id])
        return row?["blocked_at"] as Instant? != nil
    }
}
