package import Vocabulary

/// A merchant's request for one payment, and what became of it: everything its own merchant may see.
package struct Authorization: Sendable, Hashable {
    package let id: AuthorizationID
    package let merchant: MerchantID
    package let isLive: Bool
    /// Nil when the card belongs to nobody we know.
    package let customer: CustomerID?
    package let money: Money
    package let capture: CaptureMode
    package let card: MaskedCard
    package let order: Order
    package let metadata: [Metadata]
    package let returnURL: String?
    package let replaces: AuthorizationID?
    package let createdAt: Instant
    package var updatedAt: Instant
    /// Grows by one with each change: the `ETag`.
    package var version: Int
    package var lifecycle: AuthorizationLifecycle
    package var confirmation: ConfirmationSummary?
    package var decisions: [DecisionReference]
    package var holds: [HoldSummary] = []
    package var handovers: [HandoverSummary] = []
    /// The whole order under the gateway's seal, when `order` lacks the lines with product numbers
    /// (RX-PRIVACY).
    package var sealedOrder: SealedOrder?

    package init(
        id: AuthorizationID, merchant: MerchantID, isLive: Bool, customer: CustomerID?, money: Money,
        capture: CaptureMode, card: MaskedCard, order: Order, metadata: [Metadata], returnURL: String?,
        replaces: AuthorizationID?, createdAt: Instant, updatedAt: Instant, version: Int,
        lifecycle: AuthorizationLifecycle, confirmation: ConfirmationSummary?, decisions: [DecisionReference]
    ) {
        self.id = id
        self.merchant = merchant
        self.isLive = isLive
        self.customer = customer
        self.money = money
        self.capture = capture
        self.card = card
        self.order = order
        self.metadata = metadata
        self.returnURL = returnURL
        self.replaces = replaces
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
        self.lifecycle = lifecycle
        self.confirmation = confirmation
        self.decisions = decisions
    }

    package var status: AuthorizationStatus { lifecycle.state.status }

    package var decline: Decline? {
        if case .declined(let decline) = lifecycle.state { decline } else { nil }
    }

    package var captureBefore: Instant? {
        switch lifecycle.state {
        case .approved(let approval), .captured(let approval): approval.captureBefore
        case .requiresConfirmation, .processing, .declined, .canceled, .expired: nil
        }
    }
}

/// One entry of the merchant's own notes; kept and returned, never read, but for `godkend_test` in test mode.
package struct Metadata: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The confirmation as its authorization shows it. The match code and the page's address are derived when
/// shown.
package struct ConfirmationSummary: Sendable, Hashable {
    package let id: ConfirmationID
    package let status: ConfirmationStatus
    package let expiresAt: Instant

    package init(id: ConfirmationID, status: ConfirmationStatus, expiresAt: Instant) {
        self.id = id
        self.status = status
        self.expiresAt = expiresAt
    }
}

/// An order as it rests: sealed, and found again by its digest.
package struct SealedOrder: Sendable, Hashable {
    package let bytes: [UInt8]
    /// base64url of the SHA-256 of its canonical form.
    package let digest: String

    package init(bytes: [UInt8], digest: String) {
        self.bytes = bytes
        self.digest = digest
    }
}

/// A decision and the index of its leaf in the decision log.
package struct DecisionReference: Sendable, Hashable {
    package let id: DecisionID
    package let leaf: Int64

    package init(id: DecisionID, leaf: Int64) {
        self.id = id
        self.leaf = leaf
    }
}
