package import Lifecycles
package import Vocabulary

/// `POST /v1/card_tokens`.
package struct TokenizeRequest: Sendable, Hashable {
    package let card: CardNumber
    package let expiry: CardExpiry
    package let verificationCode: CardVerificationCode?
    /// A saved card; takes a secret key.
    package let isReusable: Bool

    package init(
        card: CardNumber, expiry: CardExpiry, verificationCode: CardVerificationCode?, isReusable: Bool
    ) {
        self.card = card
        self.expiry = expiry
        self.verificationCode = verificationCode
        self.isReusable = isReusable
    }
}

/// `POST /v1/authorizations`. The lines add up to the amount.
package struct AuthorizeRequest: Sendable, Hashable {
    package let money: Money
    package let card: CardTokenID
    package let capture: CaptureMode
    package let order: Order
    package let patient: PersonNumber?
    package let replaces: AuthorizationID?
    package let returnURL: String?
    package let metadata: [Metadata]

    package init(
        money: Money, card: CardTokenID, capture: CaptureMode, order: Order, patient: PersonNumber? = nil,
        replaces: AuthorizationID? = nil, returnURL: String? = nil, metadata: [Metadata] = []
    ) {
        self.money = money
        self.card = card
        self.capture = capture
        self.order = order
        self.patient = patient
        self.replaces = replaces
        self.returnURL = returnURL
        self.metadata = metadata
    }
}

/// `POST /v1/authorizations/{id}/capture`.
package struct CaptureRequest: Sendable, Hashable {
    /// Minor units; nil for all that is left.
    package let amountMinor: Int64?
    /// Whether the rest is released.
    package let isFinal: Bool

    package init(amountMinor: Int64? = nil, isFinal: Bool = true) {
        self.amountMinor = amountMinor
        self.isFinal = isFinal
    }
}

/// `POST /v1/authorizations/{id}/cancel`.
package struct CancelRequest: Sendable, Hashable {
    package let reason: PlainText?

    package init(reason: PlainText? = nil) {
        self.reason = reason
    }
}

/// `POST /v1/authorizations/{id}/refunds`.
package struct RefundRequest: Sendable, Hashable {
    /// Minor units; nil for all that is captured and not refunded.
    package let amountMinor: Int64?
    package let reason: PlainText?

    package init(amountMinor: Int64? = nil, reason: PlainText? = nil) {
        self.amountMinor = amountMinor
        self.reason = reason
    }
}
