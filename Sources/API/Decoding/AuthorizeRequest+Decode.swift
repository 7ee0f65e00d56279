import Lifecycles
import Notation
import Operations
import Vocabulary

extension AuthorizeRequest {
    /// `isLive` says whose rules hold for `return_url` and `metadata.godkend_test`; `needsProducts`, that the
    /// merchant is a pharmacy.
    init(json: JSON, isLive: Bool, needsProducts: Bool = false) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.authorize)
        let money = try Self.money(fields)
        let order = try Order(
            json: try fields.value("order"), at: "order", totalMinor: money.amountMinor,
            needsProducts: needsProducts)
        let capture =
            fields.object["capture"] == nil
            ? .manual : try fields.choice("capture", of: CaptureMode.allCases)
        if capture == .automatic, order.lines.contains(where: { $0.prescription != nil }) {
            throw Refusal(.captureModeNotAllowed, parameter: "capture")
        }
        self.init(
            money: money, card: try Self.cardToken(fields), capture: capture, order: order,
            patient: try Self.patient(fields),
            replaces: fields.object["replaces"] == nil ? nil : try fields.identifier("replaces"),
            returnURL: try WebAddress.optional(fields, "return_url", isLive: isLive),
            metadata: try [Metadata](fields, isLive: isLive))
    }

    static func money(_ fields: Fields) throws(Refusal) -> Money {
        let amount = try fields.integer("amount", in: 0...Money.maximumMinor)
        guard amount != 0 else {
            throw Refusal(
                .featureNotAvailable, parameter: "amount",
                detail: "Orders of 0 kr. are not offered yet: send an amount above zero.")
        }
        guard case .text(let code) = try fields.value("currency"), let currency = Currency(code: code) else {
            throw fields.invalid("currency", "Send three upper-case letters of ISO 4217, such as DKK.")
        }
        do {
            return try Money(amountMinor: amount, currency: currency)
        } catch {
            throw fields.invalid("amount", "Send a whole number of minor units above zero.")
        }
    }

    /// A token that is none of ours is unknown, whatever is wrong with it, as long as it claims to be one.
    private static func cardToken(_ fields: Fields) throws(Refusal) -> CardTokenID {
        let text = try fields.rawText("card", maximum: 64)
        guard text.hasPrefix("tok_") else {
            throw fields.invalid("card", "Send the id of a card token, which begins with tok_.")
        }
        guard let id = CardTokenID(text) else { throw Refusal(.cardTokenUnknown, parameter: "card") }
        return id
    }

    private static func patient(_ fields: Fields) throws(Refusal) -> PersonNumber? {
        guard fields.object["patient"] != nil else { return nil }
        let text = try fields.rawText("patient", maximum: 16)
        do {
            return try PersonNumber(text)
        } catch {
            throw fields.invalid(
                "patient", "Send a CPR number: DDMMYY and four digits, of a day that exists.")
        }
    }
}

extension [Metadata] {
    /// The longest list, name and value that a merchant may store with an authorization.
    static let maximum = (entries: 50, name: 40, value: 500)

    init(_ parent: Fields, isLive: Bool) throws(Refusal) {
        self = []
        guard let value = parent.object["metadata"] else { return }
        let fields = try Fields(value, at: parent.path(of: "metadata"))
        guard fields.object.count <= Self.maximum.entries else {
            throw parent.invalid("metadata", "Send at most \(Self.maximum.entries) entries.")
        }
        for name in fields.object.names {
            do {
                _ = try PlainText(name, maximum: Self.maximum.name)
            } catch {
                throw parent.invalid("metadata", "In a name: \(error.explanation)")
            }
            let text = try fields.plainText(name, maximum: Self.maximum.value).text
            if name == "godkend_test", !isLive, !Self.testAnswers.contains(text) {
                throw fields.invalid(name, "Send one of: \(Self.testAnswers.joined(separator: ", ")).")
            }
            append(Metadata(name: name, value: text))
        }
    }

    /// What a test customer may be told to answer (CONTRACT section 11).
    static let testAnswers = [
        "app_approves", "app_denies", "app_reports", "app_wrong_match", "app_silent", "key_card",
    ]
}
