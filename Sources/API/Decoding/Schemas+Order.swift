import Notation
import Vocabulary

/// The schemas of all bodies, requests and answers.
enum Schemas {
    static let money = Shape.integer(
        -Money.maximumMinor...Money.maximumMinor, "Minor units; negative for a discount or a subsidy.")

    static let prescriptionLine = ObjectSchema(
        "PrescriptionLine", "The line of a prescription record that this line draws on.",
        [
            Property("record", Shape.identifier("prx"), required: true),
            Property("line", Shape.text(1...64, "Identifier of the line in the record."), required: true),
        ])

    static let orderLine = ObjectSchema(
        "OrderLine", "Quantity times unit amount; all lines add up to the amount.",
        [
            Property(
                "kind", Shape.choice(LineKind.allCases.map(\.rawValue), "goods unless you say otherwise.")),
            Property("description", Shape.text(1...500, "What is sold, one line of text."), required: true),
            Property("quantity", Shape.integer(1...9_999, "How many."), required: true),
            Property("unit_amount", money, required: true),
            Property("product_number", Shape.pattern("^[0-9]{6}$", "Varenummer; at a pharmacy.")),
            Property("prescription", prescriptionLine.reference),
        ])

    static let order = ObjectSchema(
        "Order", "What the shop sells, as the customer confirms it.",
        [
            Property("reference", Shape.text(1...64, "Your own name for the order."), required: true),
            Property("lines", Shape.list(orderLine.reference, 1...100), required: true),
        ])

    static let shownOrder = ObjectSchema(
        "ShownOrder", "The order as you sent it; in lists without the lines that name products.",
        [
            Property("reference", Shape.text(1...64, "Your own name for the order."), required: true),
            Property("lines", Shape.list(orderLine.reference, 0...100), required: true),
        ])

    static let metadata: JSON = [
        "type": "object", "description": "Your own notes; kept and returned.", "maxProperties": 50,
        "propertyNames": ["minLength": 1, "maxLength": 40],
        "additionalProperties": ["type": "string", "minLength": 1, "maxLength": 500],
    ]

    static let authorize = ObjectSchema(
        "AuthorizationRequest", "One payment.",
        [
            Property("amount", amount, required: true),
            Property("currency", Shape.pattern("^[A-Z]{3}$", "ISO 4217."), required: true),
            Property("card", Shape.pattern("^tok_[0-9A-Za-z]{1,60}$", "A card token."), required: true),
            Property(
                "capture",
                Shape.choice(CaptureMode.allCases.map(\.rawValue), "manual unless you say otherwise.")),
            Property("order", order.reference, required: true),
            Property(
                "patient", Shape.pattern("^[0-9]{6}-?[0-9]{4}$", "CPR number of the patient.")),
            Property("replaces", Shape.identifier("auth")),
            Property(
                "return_url",
                Shape.text(1...2048, "Where the customer goes afterwards.", pattern: "^https?://")),
            Property("metadata", metadata),
        ])
}
