import Notation
import Operations
import Vocabulary

extension Schemas {
    static let amount = Shape.integer(1...Money.maximumMinor, "Minor units of the currency.")

    static let capture = ObjectSchema(
        "CaptureRequest", "How much to capture; without amount all that is left.",
        [
            Property("amount", amount),
            Property(
                "final_capture", Shape.boolean("Whether the rest is released; true unless you say false.")),
        ])

    static let cancel = ObjectSchema(
        "CancelRequest", "Why it is canceled, for your own records.",
        [Property("reason", Shape.text(1...200, "One line of text."))])

    static let refund = ObjectSchema(
        "RefundRequest", "How much to give back; without amount all that is captured and not refunded.",
        [Property("amount", amount), Property("reason", Shape.text(1...200, "One line of text."))])
}

extension CaptureRequest {
    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.capture)
        self.init(
            amountMinor: try fields.optionalInteger("amount", in: 1...Money.maximumMinor),
            isFinal: try fields.bool("final_capture", default: true))
    }
}

extension CancelRequest {
    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.cancel)
        self.init(reason: try fields.optionalPlainText("reason", maximum: 200))
    }
}

extension RefundRequest {
    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.refund)
        self.init(
            amountMinor: try fields.optionalInteger("amount", in: 1...Money.maximumMinor),
            reason: try fields.optionalPlainText("reason", maximum: 200))
    }
}
