package import Vocabulary

/// A card number kept safe for one merchant: single use for 15 minutes, or a saved card.
package struct CardToken: Sendable, Hashable {
    package let id: CardTokenID
    package let merchant: MerchantID
    package let card: MaskedCard
    package let isReusable: Bool
    /// Nil for a saved card.
    package let expiresAt: Instant?

    package init(
        id: CardTokenID, merchant: MerchantID, card: MaskedCard, isReusable: Bool, expiresAt: Instant?
    ) {
        self.id = id
        self.merchant = merchant
        self.card = card
        self.isReusable = isReusable
        self.expiresAt = expiresAt
    }
}

/// What offering a factor led to (`POST /v1/confirmations/{id}/attempts`).
package struct FactorAttempt: Sendable, Hashable {
    package let confirmation: ConfirmationID
    package let status: ConfirmationStatus
    package let reason: DeclineReason?

    package init(confirmation: ConfirmationID, status: ConfirmationStatus, reason: DeclineReason?) {
        self.confirmation = confirmation
        self.status = status
        self.reason = reason
    }
}
