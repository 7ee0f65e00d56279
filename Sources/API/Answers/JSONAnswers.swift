package import Lifecycles
import Notation
package import Operations
import Vocabulary

/// Writes the objects of the merchant API as JSON (CONTRACT section 4).
package struct JSONAnswers: AnswerWriter {
    private let presenter: any ConfirmationPresenter

    package init(presenter: any ConfirmationPresenter) {
        self.presenter = presenter
    }

    package func body(of answer: MerchantAnswer) -> [UInt8] {
        switch answer {
        case .authorization(let authorization, _): json(authorization).written()
        case .refund(let refund): Self.json(refund).written()
        case .cardToken(let token): Self.json(token).written()
        case .attempt(let attempt): Self.json(attempt).written()
        case .prescription(let filed, _): Self.json(filed).written()
        case .handover(let handover, _): Self.json(handover).written()
        case .lookup(let lookup): json(lookup).written()
        }
    }

    /// One authorization with its whole order.
    func json(_ authorization: Authorization) -> JSON {
        json(authorization, order: presenter.order(of: authorization))
    }

    /// As lists show it: what was bought is left out (RX-PRIVACY).
    func listed(_ authorization: Authorization) -> JSON {
        json(authorization, order: authorization.order.withoutProducts)
    }

    private func json(_ authorization: Authorization, order: Order) -> JSON {
        let sums = authorization.lifecycle.sums
        var object: JSONObject = [
            "id": .text(authorization.id.text), "object": "authorization",
            "livemode": .bool(authorization.isLive), "merchant": .text(authorization.merchant.text),
            "status": .text(authorization.status.rawValue),
            "amount": .integer(authorization.money.amountMinor),
            "amount_captured": .integer(sums.captured), "amount_refunded": .integer(sums.refunded),
            "currency": .text(authorization.money.currency.code),
            "capture": .text(authorization.capture.rawValue),
        ]
        object.set("capture_before", Self.text(authorization.captureBefore?.rfc3339))
        object.set("card", Self.json(authorization.card))
        object.set("order", OrderDocument.json(order))
        object.set("confirmation", authorization.confirmation.map(json) ?? .null)
        object.set("holds", .array(authorization.holds.map(Self.json)))
        object.set("handovers", .array(authorization.handovers.map(Self.json)))
        object.set("decisions", .array(authorization.decisions.map(Self.json)))
        object.set("decline", authorization.decline.map(Self.json) ?? .null)
        object.set("created_at", .text(authorization.createdAt.rfc3339))
        object.set("updated_at", .text(authorization.updatedAt.rfc3339))
        if let replaces = authorization.replaces { object.set("replaces", .text(replaces.text)) }
        if let address = authorization.returnURL { object.set("return_url", .text(address)) }
        var metadata = JSONObject()
        for entry in authorization.metadata { metadata.set(entry.name, .text(entry.value)) }
        object.set("metadata", .object(metadata))
        return .object(object)
    }

    /// Match code and page address are there only while they are of use.
    func json(_ confirmation: ConfirmationSummary) -> JSON {
        var object: JSONObject = [
            "id": .text(confirmation.id.text), "status": .text(confirmation.status.rawValue),
        ]
        if confirmation.status == .pending {
            object.set("match_code", .text(presenter.matchCode(confirmation.id).text))
            object.set("page_url", .text(presenter.pageURL(confirmation.id)))
        }
        object.set("expires_at", .text(confirmation.expiresAt.rfc3339))
        return .object(object)
    }

    static func text(_ text: String?) -> JSON { text.map { .text($0) } ?? .null }
}

extension JSONAnswers {
    static func json(_ card: MaskedCard) -> JSON {
        [
            "brand": .text(card.brand.rawValue), "first6": .text(card.first6), "last4": .text(card.last4),
            "exp_month": .integer(Int64(card.expiry.month)), "exp_year": .integer(Int64(card.expiry.year)),
        ]
    }

    /// What the shop may know of a decline: the public reason, never the one behind it (SCA-08). A pharmacy
    /// that the patient turned to is told the reason itself.
    static func json(_ decline: Decline) -> JSON {
        let reason = decline.reason
        let isOpen = decline.isOpenToPharmacy || reason.publicReason == reason.rawValue
        var object: JSONObject = [
            "reason": .text(isOpen ? reason.rawValue : reason.publicReason), "by": .text(reason.by.rawValue),
        ]
        if let word = reason.publicClass { object.set("class", .text(word)) }
        if isOpen, let line = decline.line { object.set("line", .integer(Int64(line))) }
        if isOpen, let day = decline.nextFrom { object.set("next_from", .text(day.description)) }
        object.set("network_code", text(decline.networkCode?.text))
        object.set("advice", text(reason.advice?.rawValue))
        object.set("message", .text(isOpen ? reason.detail : reason.message))
        return .object(object)
    }

    private static func json(_ decision: DecisionReference) -> JSON {
        ["id": .text(decision.id.text), "leaf": .integer(decision.leaf)]
    }

    static func json(_ refund: Refund) -> JSON {
        [
            "id": .text(refund.id.text), "object": "refund",
            "authorization": .text(refund.authorization.text),
            "amount": .integer(refund.money.amountMinor), "currency": .text(refund.money.currency.code),
            "status": .text(refund.status.rawValue), "reason": text(refund.reason?.text),
            "created_at": .text(refund.createdAt.rfc3339),
        ]
    }

    static func json(_ token: CardToken) -> JSON {
        [
            "id": .text(token.id.text), "object": "card_token", "card": json(token.card),
            "reusable": .bool(token.isReusable), "expires_at": text(token.expiresAt?.rfc3339),
        ]
    }

    static func json(_ attempt: FactorAttempt) -> JSON {
        [
            "id": .text(attempt.confirmation.text), "status": .text(attempt.status.rawValue),
            "reason": text(attempt.reason?.publicReason),
        ]
    }

    static func list(_ items: [JSON], hasMore: Bool) -> JSON {
        ["object": "list", "data": .array(items), "has_more": .bool(hasMore)]
    }
}
