package import Notation
package import Proofs
package import Vocabulary

/// A customer as `godkend fixtures load` prints it: as much as a shop and a code app need.
package struct Wallet: Sendable {
    package let customer: CustomerID
    package let device: DeviceID
    package let key: SigningKey
    /// Body of `POST /v1/card_tokens` by the last four digits of the card.
    package let cards: [String: JSON]

    /// A customer that was made in another way.
    package init(customer: CustomerID, device: DeviceID, key: SigningKey, cards: [String: JSON]) {
        self.customer = customer
        self.device = device
        self.key = key
        self.cards = cards
    }

    /// Reads one line.
    package init(line: some Sequence<UInt8>) throws {
        let told = try JSON.parse(Array(line)).object
        let device = told?["device"]?.object
        guard let customer = told?["customer"]?.text.flatMap({ CustomerID($0) }),
            let id = device?["id"]?.text.flatMap({ DeviceID($0) }),
            let scalar = device?["key"]?.object?["d"]?.text.flatMap({ Base64URL.decode($0) }),
            let cards = told?["cards"]?.array
        else { throw LoadFailure("fixtures load printed a line that is no wallet") }
        self.customer = customer
        self.device = id
        key = try SigningKey(raw: scalar)
        self.cards = Dictionary(
            cards.compactMap { card in
                guard let card = card.object, let ending = card["ending"]?.text else { return nil }
                var body = JSONObject()
                for name in ["number", "exp_month", "exp_year", "cvc"] { body.set(name, card[name] ?? .null) }
                return (ending, .object(body))
            }, uniquingKeysWith: { $1 })
    }
}
