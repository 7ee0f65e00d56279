import Notation
import Operations
import Vocabulary

extension Schemas {
    static let tokenize = ObjectSchema(
        "CardTokenRequest", "A card to keep for one payment, or longer.",
        [
            Property("number", Shape.pattern("^[0-9]{12,19}$", "Card number, digits only."), required: true),
            Property("exp_month", Shape.integer(1...12, "Month of expiry."), required: true),
            Property("exp_year", Shape.integer(2000...2099, "Year of expiry."), required: true),
            Property("cvc", Shape.pattern("^[0-9]{3,4}$", "Three digits; four for American Express.")),
            Property("reusable", Shape.boolean("Keeps the card; takes the secret key.")),
        ])
}

extension TokenizeRequest {
    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.tokenize)
        let card = try Self.cardNumber(fields)
        let month = try fields.integer("exp_month", in: 1...12)
        let year = try fields.integer("exp_year", in: 2000...2099)
        guard let expiry = CardExpiry(month: Int(month), year: Int(year)) else {
            throw fields.invalid("exp_year", "Send a year of four digits.")
        }
        self.init(
            card: card, expiry: expiry,
            verificationCode: try Self.verificationCode(fields, brand: card.brand),
            isReusable: try fields.bool("reusable", default: false))
    }

    private static func cardNumber(_ fields: Fields) throws(Refusal) -> CardNumber {
        let text = try fields.rawText("number", maximum: 64)
        do {
            return try CardNumber(text)
        } catch {
            let detail =
                switch error {
                case .notDigits: "Send digits only, without spaces."
                case .badLength: "The number of digits does not fit the card's brand."
                case .badCheckDigit: "The check digit is wrong; let the customer type the number again."
                case .unknownBrand: "Cards of this range are not accepted."
                }
            throw Refusal(.cardNumberInvalid, parameter: "number", detail: detail)
        }
    }

    private static func verificationCode(
        _ fields: Fields, brand: CardBrand
    ) throws(Refusal) -> CardVerificationCode? {
        guard fields.object["cvc"] != nil else { return nil }
        let text = try fields.rawText("cvc", maximum: 8)
        guard let code = CardVerificationCode(text, brand: brand) else {
            throw fields.invalid("cvc", "Send three digits, or four for American Express.")
        }
        return code
    }
}
