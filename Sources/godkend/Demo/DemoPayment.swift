import Notation

/// A test card of CONTRACT section 11.
struct DemoCard: Sendable {
    let number: String
    let code: String

    static let approved = DemoCard(number: "4242424242424242", code: "123")
    static let insufficientFunds = DemoCard(number: "4000000000009995", code: "123")
    /// Another customer's.
    static let other = DemoCard(number: "5555555555554444", code: "123")
}

/// What is sold.
struct DemoSale: Sendable {
    let reference: String
    let lines: [DemoLine]

    var amountMinor: Int64 { lines.reduce(0) { $0 + $1.unitMinor } }
    var text: String { lines.map(\.text).joined(separator: " and ") }

    /// One book.
    static func book(_ reference: String) -> DemoSale {
        DemoSale(
            reference: reference,
            lines: [DemoLine(kind: "goods", text: "Frøken Smillas fornemmelse for sne", unitMinor: 24_900)])
    }

    /// One package on the first line of a prescription, and its delivery.
    static func medicine(_ reference: String, on record: String) -> DemoSale {
        DemoSale(
            reference: reference,
            lines: [
                DemoLine(
                    kind: "medicine", text: "Levothyroxin 50 mikrogram, 100 tabletter", unitMinor: 5_725,
                    product: DemoEvidence.product, record: record),
                DemoLine(kind: "fee", text: "levering", unitMinor: 3_900),
            ])
    }
}

/// One line of an order: one piece of something.
struct DemoLine: Sendable {
    let kind: String
    let text: String
    let unitMinor: Int64
    var product: String?
    /// The prescription that it draws on, by its first line.
    var record: String?

    var json: JSON {
        var object: JSONObject = [
            "kind": .text(kind), "description": .text(text), "quantity": 1,
            "unit_amount": .integer(unitMinor),
        ]
        if let product { object.set("product_number", .text(product)) }
        if let record { object.set("prescription", ["record": .text(record), "line": "1"]) }
        return .object(object)
    }
}

/// An authorization as the merchant sees it.
struct DemoPayment: Sendable {
    let id: String
    let status: String
    let confirmation: String
    let matchCode: String
    let decline: JSONObject?
    let tag: String?

    init?(_ answer: WebAnswer) {
        guard let object = answer.json.object, let id = object["id"]?.text,
            let status = object["status"]?.text
        else { return nil }
        self.id = id
        self.status = status
        confirmation = object["confirmation"]?.object?["id"]?.text ?? ""
        matchCode = object["confirmation"]?.object?["match_code"]?.text ?? ""
        decline = object["decline"]?.object
        tag = answer.header("etag")
    }

    var isDecided: Bool { status != "requires_confirmation" && status != "processing" }
    var reason: String { decline?["reason"]?.text ?? "" }
}
