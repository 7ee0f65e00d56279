import Lifecycles
import Notation
import Operations
import Testing
import Vocabulary

@testable import API

/// A body that differs from a good one in one member.
private func body(_ changes: (String, JSON?)..., to good: JSONObject) -> JSON {
    var object = JSONObject()
    for member in good.members where !changes.contains(where: { $0.0 == member.name }) {
        object.set(member.name, member.value)
    }
    for case (let name, let value?) in changes { object.set(name, value) }
    return .object(object)
}

private let goodLine: JSONObject = ["description": "En bog", "quantity": 1, "unit_amount": 24900]
private let goodOrder: JSONObject = ["reference": "1001", "lines": [.object(goodLine)]]
private let goodAuthorization: JSONObject = [
    "amount": 24900, "currency": "DKK", "card": "tok_01ARZ3NDEKTSV4RRFFQ69G5FAV", "order": .object(goodOrder),
]
private let goodCard: JSONObject = [
    "number": "4242424242424242", "exp_month": 12, "exp_year": 2030, "cvc": "123",
]

private func order(_ changes: (String, JSON?)...) -> JSON {
    var object = goodLine
    for (name, value) in changes { if let value { object.set(name, value) } }
    return ["reference": "1001", "lines": [.object(object)]]
}

private func refusal(_ work: () throws -> Void) -> Refusal? {
    do {
        try work()
        return nil
    } catch {
        return error as? Refusal
    }
}

struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let json: JSON
    let code: ErrorCode
    let parameter: String?

    init(_ name: String, _ json: JSON, _ code: ErrorCode, _ parameter: String?) {
        (self.name, self.json, self.code, self.parameter) = (name, json, code, parameter)
    }

    var testDescription: String { name }
}

@Suite struct DecodingTests {
    /// A token id of ours, so that only the changed member is wrong.
    static let token = CardTokenID(at: Instant(milliseconds: 0), random: (1, 2)).text

    static let authorization: [Case] = [
        Case("no amount", body(("amount", nil), to: goodAuthorization), .parameterMissing, "amount"),
        Case("zero", body(("amount", 0), to: goodAuthorization), .featureNotAvailable, "amount"),
        Case("negative", body(("amount", -1), to: goodAuthorization), .parameterInvalid, "amount"),
        Case(
            "13 digits", body(("amount", 1_000_000_000_000), to: goodAuthorization), .parameterInvalid,
            "amount"),
        Case(
            "half", body(("amount", .decimal("1.5")), to: goodAuthorization), .parameterInvalid, "amount"),
        Case("text", body(("amount", "24900"), to: goodAuthorization), .parameterInvalid, "amount"),
        Case("null", body(("capture", .null), to: goodAuthorization), .parameterInvalid, "capture"),
        Case("lower case", body(("currency", "dkk"), to: goodAuthorization), .parameterInvalid, "currency"),
        Case("no currency", body(("currency", "XXX"), to: goodAuthorization), .parameterInvalid, "currency"),
        Case("no token", body(("card", "4242"), to: goodAuthorization), .parameterInvalid, "card"),
        Case("token of nobody", body(("card", "tok_x"), to: goodAuthorization), .cardTokenUnknown, "card"),
        Case("capture", body(("capture", "later"), to: goodAuthorization), .parameterInvalid, "capture"),
        Case("unknown", body(("amuont", 1), to: goodAuthorization), .parameterUnknown, "amuont"),
        Case(
            "quantity 0", body(("order", order(("quantity", 0))), to: goodAuthorization), .parameterInvalid,
            "order.lines[0].quantity"),
        Case(
            "quantity 10000", body(("order", order(("quantity", 10_000))), to: goodAuthorization),
            .parameterInvalid, "order.lines[0].quantity"),
        Case(
            "unknown in a line", body(("order", order(("price", 1))), to: goodAuthorization),
            .parameterUnknown,
            "order.lines[0].price"),
        Case(
            "bidi override", body(("order", order(("description", "En \u{202E}bog"))), to: goodAuthorization),
            .parameterInvalid, "order.lines[0].description"),
        Case(
            "positive discount", body(("order", order(("kind", "discount"))), to: goodAuthorization),
            .parameterInvalid, "order.lines[0].unit_amount"),
        Case(
            "negative goods", body(("order", order(("unit_amount", -1))), to: goodAuthorization),
            .parameterInvalid, "order.lines[0].unit_amount"),
        Case(
            "product number", body(("order", order(("product_number", "12345"))), to: goodAuthorization),
            .parameterInvalid, "order.lines[0].product_number"),
        Case(
            "prescription", body(("order", order(("prescription", ["record": "x"]))), to: goodAuthorization),
            .parameterInvalid, "order.lines[0].prescription.record"),
        Case(
            "sum one too small", body(("amount", 24899), to: goodAuthorization), .orderSumMismatch,
            "order.lines"),
        Case(
            "no lines", body(("order", ["reference": "1", "lines": []]), to: goodAuthorization),
            .parameterInvalid, "order.lines"),
        Case(
            "no reference", body(("order", ["lines": [.object(goodLine)]]), to: goodAuthorization),
            .parameterMissing, "order.reference"),
        Case(
            "patient", body(("patient", "310299-1234"), to: goodAuthorization), .parameterInvalid, "patient"),
        Case(
            "address", body(("return_url", "javascript:alert(1)"), to: goodAuthorization), .parameterInvalid,
            "return_url"),
        Case(
            "test answer", body(("metadata", ["godkend_test": "app_maybe"]), to: goodAuthorization),
            .parameterInvalid, "metadata.godkend_test"),
        Case(
            "metadata", body(("metadata", ["a": 1]), to: goodAuthorization), .parameterInvalid, "metadata.a"),
    ]

    @Test("PAY-ERROR: a bad authorization is refused by the path of what is wrong", arguments: authorization)
    func badAuthorization(_ one: Case) throws {
        var object = try #require(one.json.object)
        if object["card"]?.text == "tok_01ARZ3NDEKTSV4RRFFQ69G5FAV" { object.set("card", .text(Self.token)) }
        let refusal = refusal { _ = try AuthorizeRequest(json: .object(object), isLive: false) }
        #expect(refusal?.code == one.code)
        #expect(refusal?.parameter == one.parameter)
    }

    @Test func `PAY-AMOUNT: amounts at both bounds are taken`() throws {
        for amount: Int64 in [1, Money.maximumMinor] {
            let json = body(
                ("amount", .integer(amount)), ("card", .text(Self.token)),
                ("order", order(("unit_amount", .integer(amount)))), to: goodAuthorization)
            #expect(try AuthorizeRequest(json: json, isLive: false).money.amountMinor == amount)
        }
    }

    @Test func `PAY-AMOUNT: the largest sum of lines that can be written does not overflow`() throws {
        let line: JSON = ["description": "x", "quantity": 9_999, "unit_amount": .integer(Money.maximumMinor)]
        let json: JSON = [
            "reference": "1", "lines": .array(Array(repeating: line, count: Order.maximumLines)),
        ]
        let refusal = refusal { _ = try Order(json: json, at: "order", totalMinor: 1, needsProducts: false) }
        #expect(refusal?.code == .orderSumMismatch)
    }

    @Test func `PAY-CAPTURE: automatic capture with a prescription line is refused`() throws {
        let record = PrescriptionID(at: Instant(milliseconds: 0), random: (1, 2)).text
        let lines = order(("prescription", ["record": .text(record), "line": "1"]))
        for (mode, expected) in [("automatic", ErrorCode.captureModeNotAllowed), ("manual", nil)] {
            let json = body(
                ("order", lines), ("capture", .text(mode)), ("card", .text(Self.token)), to: goodAuthorization
            )
            let refusal = refusal { _ = try AuthorizeRequest(json: json, isLive: false) }
            #expect(refusal?.code == expected)
        }
    }

    @Test func `SCA-26: no member of the request skips the confirmation`() {
        let names = Schemas.authorize.memberNames
        #expect(
            names == [
                "amount", "currency", "card", "capture", "order", "patient", "replaces", "return_url",
                "metadata",
            ])
    }

    static let cards: [Case] = [
        Case("check digit", body(("number", "4242424242424241"), to: goodCard), .cardNumberInvalid, "number"),
        Case("spaces", body(("number", "4242 4242 4242 4242"), to: goodCard), .cardNumberInvalid, "number"),
        Case("a number", body(("number", 4_242_424_242_424_242), to: goodCard), .parameterInvalid, "number"),
        Case("month 13", body(("exp_month", 13), to: goodCard), .parameterInvalid, "exp_month"),
        Case("month 0", body(("exp_month", 0), to: goodCard), .parameterInvalid, "exp_month"),
        Case("two-digit year", body(("exp_year", 30), to: goodCard), .parameterInvalid, "exp_year"),
        Case("four digits for visa", body(("cvc", "1234"), to: goodCard), .parameterInvalid, "cvc"),
        Case("reusable", body(("reusable", "yes"), to: goodCard), .parameterInvalid, "reusable"),
        Case("unknown", body(("pan", "4242424242424242"), to: goodCard), .parameterUnknown, "pan"),
    ]

    @Test("PAN-4, PAY-ERROR: a bad card is refused and its number never repeated", arguments: cards)
    func badCard(_ one: Case) throws {
        let refusal = refusal { _ = try TokenizeRequest(json: one.json) }
        #expect(refusal?.code == one.code)
        #expect(refusal?.parameter == one.parameter)
        #expect(refusal?.detail.contains("4242") == false)
    }

    @Test func `PAN-2: the fingerprint of a card request leaves out the CVC`() throws {
        func identity(cvc: String) -> RequestIdentity {
            RequestIdentity(
                key: IdempotencyKey("k"), route: "POST /v1/card_tokens",
                body: body(("cvc", .text(cvc)), to: goodCard).object ?? [:], leavingOut: ["cvc"],
                digest: { $0 })
        }
        #expect(identity(cvc: "123") == identity(cvc: "999"))
        #expect(!identity(cvc: "123").parameters.contains { $0.name == "cvc" })
    }

    @Test func `SCA-06: the code offered with a factor is never shown`() throws {
        let offer = try FactorOffer(json: ["factor": "key_card", "code": "123456"])
        #expect(offer.factor == .keyCard)
        #expect(!String(reflecting: offer).contains("123456"))
        let app = refusal { _ = try FactorOffer(json: ["factor": "app"]) }
        #expect(app?.parameter == "factor")
    }

    @Test(arguments: [
        ("https://shop.example/a?b=c#d", false, true), ("http://localhost:8080/", false, true),
        ("http://shop.example", true, false), ("https://", false, false), ("https://u@h/", false, false),
        ("https:///x", false, false), ("ftp://h", false, false), ("https://h/\u{E6}", false, false),
        ("https://h/ x", false, false), ("//h", false, false),
    ])
    func `PAY-ERROR: a return address is an absolute one in ASCII`(text: String, isLive: Bool, isGood: Bool) {
        #expect(WebAddress.isGood(text, isLive: isLive) == isGood)
    }
}
