import Lifecycles
import Notation
import Operations
import Vocabulary

extension Schemas {
    static let card = ObjectSchema(
        "Card", "What may be shown of a card.",
        [
            Property("brand", Shape.choice(CardBrand.allCases.map(\.rawValue), "Brand."), required: true),
            Property("first6", Shape.pattern("^[0-9]{6}$", "First six digits."), required: true),
            Property("last4", Shape.pattern("^[0-9]{4}$", "Last four digits."), required: true),
            Property("exp_month", Shape.integer(1...12, "Month of expiry."), required: true),
            Property("exp_year", Shape.integer(2000...2099, "Year of expiry."), required: true),
        ])

    static let cardToken = ObjectSchema(
        "CardToken", "A card kept for one merchant.",
        [
            Property("id", Shape.identifier("tok"), required: true),
            Property("object", Shape.constant("card_token"), required: true),
            Property("card", card.reference, required: true),
            Property("reusable", Shape.boolean("Whether it can be used more than once."), required: true),
            Property(
                "expires_at", Shape.orNull(Shape.instant("Null for a saved card.")), required: true),
        ])

    static let confirmation = ObjectSchema(
        "Confirmation", "The question put to the customer's code app.",
        [
            Property("id", Shape.identifier("cnf"), required: true),
            Property("status", confirmationStatus, required: true),
            Property("match_code", Shape.pattern("^[0-9]{2}$|^[0-9]{6}$", "Only while pending.")),
            Property("page_url", ["type": "string", "format": "uri", "description": "Only while pending."]),
            Property("expires_at", Shape.instant("When it dies."), required: true),
        ])

    static let confirmationStatus = Shape.choice(
        ConfirmationStatus.allCases.map(\.rawValue), "All but pending are final.")

    static let decline = ObjectSchema(
        "Decline", "Why the authorization was declined.",
        [
            Property(
                "reason",
                Shape.choice(
                    declineReasons, "The public one; the rx_ reason itself at a pharmacy with a match."),
                required: true),
            Property(
                "by", Shape.choice(DeclineParty.allCases.map(\.rawValue), "Who refused."), required: true),
            Property("class", Shape.choice(publicClasses, "With the reason of a prescription.")),
            Property("line", Shape.integer(0...99, "The order line that it is about, from 0.")),
            Property(
                "next_from", Shape.pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "From when it would be covered.")),
            Property(
                "network_code",
                Shape.orNull(Shape.pattern("^[0-9A-Z]{2}$", ResponseCodeTable.text)),
                required: true),
            Property(
                "advice",
                Shape.orNull(Shape.choice(DeclineAdvice.allCases.map(\.rawValue), "What to do next.")),
                required: true),
            Property("message", Shape.text(1...500, "One sentence."), required: true),
        ])

    /// What a merchant can see as a reason, sorted.
    static let declineReasons =
        Set(AuthorizationQuery.publicReasons)
        .union(DeclineReason.allCases.filter { $0.by == .prescription }.map(\.rawValue)).sorted()

    static let publicClasses = Set(DeclineReason.allCases.compactMap(\.publicClass)).sorted()

    static let decision = ObjectSchema(
        "Decision", "A decision and its leaf in the decision log.",
        [
            Property("id", Shape.identifier("dec"), required: true),
            Property("leaf", Shape.integer(0...Int64.max, "Index of the leaf."), required: true),
        ])

    static let sum = Shape.integer(0...Money.maximumMinor, "Minor units.")

    static let authorization = ObjectSchema(
        "Authorization", "One payment, and what became of it.",
        [
            Property("id", Shape.identifier("auth"), required: true),
            Property("object", Shape.constant("authorization"), required: true),
            Property("livemode", Shape.boolean("False in test mode."), required: true),
            Property("merchant", Shape.pattern("^[a-z][a-z0-9-]{1,39}$", "Yours."), required: true),
            Property(
                "status", Shape.choice(AuthorizationStatus.allCases.map(\.rawValue), "State."), required: true
            ),
            Property("amount", amount, required: true),
            Property("amount_captured", sum, required: true),
            Property("amount_refunded", sum, required: true),
            Property("currency", Shape.pattern("^[A-Z]{3}$", "ISO 4217."), required: true),
            Property("capture", Shape.choice(CaptureMode.allCases.map(\.rawValue), "Mode."), required: true),
            Property("capture_before", Shape.orNull(Shape.instant("Then it expires.")), required: true),
            Property("card", card.reference, required: true),
            Property("order", shownOrder.reference, required: true),
            Property("confirmation", Shape.orNull(confirmation.reference), required: true),
            Property("holds", Shape.list(hold.reference, 0...100), required: true),
            Property("handovers", Shape.list(handover.reference, 0...1000), required: true),
            Property("decisions", Shape.list(decision.reference, 0...10_000), required: true),
            Property("decline", Shape.orNull(decline.reference), required: true),
            Property("created_at", Shape.instant("When it was asked for."), required: true),
            Property("updated_at", Shape.instant("When it last changed."), required: true),
            Property("replaces", Shape.identifier("auth")),
            Property("return_url", ["type": "string", "format": "uri"]),
            Property("metadata", metadata, required: true),
        ])

    static let refundObject = ObjectSchema(
        "Refund", "Money given back.",
        [
            Property("id", Shape.identifier("ref"), required: true),
            Property("object", Shape.constant("refund"), required: true),
            Property("authorization", Shape.identifier("auth"), required: true),
            Property("amount", amount, required: true),
            Property("currency", Shape.pattern("^[A-Z]{3}$", "ISO 4217."), required: true),
            Property("status", Shape.choice(RefundStatus.allCases.map(\.rawValue), "State."), required: true),
            Property("reason", Shape.orNull(Shape.text(1...200, "As you sent it.")), required: true),
            Property("created_at", Shape.instant("When it was asked for."), required: true),
        ])

    static func list(of schema: ObjectSchema) -> ObjectSchema {
        ObjectSchema(
            "\(schema.name)List", "One page, newest first.",
            [
                Property("object", Shape.constant("list"), required: true),
                Property("data", Shape.list(schema.reference, 0...100), required: true),
                Property("has_more", Shape.boolean("Whether there are more."), required: true),
            ])
    }

    static let attemptAnswer = ObjectSchema(
        "Attempt", "What the offer led to.",
        [
            Property("id", Shape.identifier("cnf"), required: true),
            Property("status", confirmationStatus, required: true),
            Property(
                "reason", Shape.orNull(Shape.choice(AuthorizationQuery.publicReasons, "Reason.")),
                required: true),
        ])
}
