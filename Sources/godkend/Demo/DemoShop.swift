import Foundation
import Notation

/// A webshop that sells over real HTTP, with its keys.
struct DemoShop: Sendable {
    let server: String
    let secretKey: String
    let publishableKey: String

    /// A card number becomes a token, as the shop's page does it with the publishable key.
    func token(for card: DemoCard) async throws -> String {
        let body: JSON = [
            "number": .text(card.number), "exp_month": 12, "exp_year": 2030, "cvc": .text(card.code),
        ]
        let answer = try await WebClient.sendJSON(
            "POST", server + "/v1/card_tokens", headers: [("Authorization", "Bearer " + publishableKey)], body
        )
        guard answer.status == 201, let id = answer.json.object?["id"]?.text else {
            throw CommandFailure("The card was not taken: \(answer.complaint)")
        }
        return id
    }

    /// Asks for a payment.
    func authorize(_ sale: DemoSale, token: String) async throws -> DemoPayment {
        let lines: JSON = [
            [
                "kind": "goods", "description": .text(sale.goods), "quantity": 1,
                "unit_amount": .integer(sale.amountMinor),
            ]
        ]
        let body: JSON = [
            "amount": .integer(sale.amountMinor), "currency": "DKK", "card": .text(token),
            "capture": "manual", "order": ["reference": .text(sale.reference), "lines": lines],
        ]
        return try payment(await post("/v1/authorizations", body), expecting: 201)
    }

    /// Takes the whole amount.
    func capture(_ payment: DemoPayment) async throws -> DemoPayment {
        try self.payment(await post("/v1/authorizations/\(payment.id)/capture", [:]), expecting: 200)
    }

    /// Offers a code of a printed key card for the payment, as a page might that does not know better.
    func offerKeyCard(_ payment: DemoPayment, code: String) async throws -> (status: String, reason: String) {
        let answer = try await post(
            "/v1/confirmations/\(payment.confirmation)/attempts", ["factor": "key_card", "code": .text(code)])
        guard answer.status == 200, let object = answer.json.object else {
            throw CommandFailure("The key card's code was not even refused: \(answer.complaint)")
        }
        return (object["status"]?.text ?? "", object["reason"]?.text ?? "")
    }

    /// Waits until the payment is decided; the server answers as soon as something changes.
    func outcome(of payment: DemoPayment, atMostSeconds: Int) async throws -> DemoPayment {
        var latest = payment
        let deadline = Date(timeIntervalSinceNow: Double(atMostSeconds))
        while !latest.isDecided {
            guard Date() < deadline else {
                throw CommandFailure("\(payment.id) is still \(latest.status) after \(atMostSeconds) s.")
            }
            let headers = bearer + (latest.tag.map { [("If-None-Match", $0)] } ?? [])
            let answer = try await WebClient.send(
                "GET", server + "/v1/authorizations/\(payment.id)?wait=5", headers: headers)
            if answer.status != 304 { latest = try self.payment(answer, expecting: 200) }
        }
        return latest
    }

    /// The signed receipt.
    func receipt(of payment: DemoPayment) async throws -> String {
        let answer = try await WebClient.send(
            "GET", server + "/v1/authorizations/\(payment.id)/receipt", headers: bearer)
        guard answer.status == 200 else { throw CommandFailure("No receipt: \(answer.complaint)") }
        let text = String(decoding: answer.bytes, as: UTF8.self)
        return answer.json.object?["receipt"]?.text ?? text
    }

    private var bearer: [(String, String)] { [("Authorization", "Bearer " + secretKey)] }

    private func post(_ path: String, _ body: JSON) async throws -> WebAnswer {
        try await WebClient.sendJSON(
            "POST", server + path, headers: bearer + [("Idempotency-Key", UUID().uuidString)], body)
    }

    private func payment(_ answer: WebAnswer, expecting status: Int) throws -> DemoPayment {
        guard answer.status == status, let payment = DemoPayment(answer) else {
            throw CommandFailure("The payment was refused: \(answer.complaint)")
        }
        return payment
    }
}

/// A test card of CONTRACT section 11.
struct DemoCard: Sendable {
    let number: String
    let code: String

    static let approved = DemoCard(number: "4242424242424242", code: "123")
    static let insufficientFunds = DemoCard(number: "4000000000009995", code: "123")
}

/// What is sold.
struct DemoSale: Sendable {
    let reference: String
    let goods: String
    let amountMinor: Int64
}

/// An authorization as the shop sees it.
struct DemoPayment: Sendable {
    let id: String
    let status: String
    let confirmation: String
    let matchCode: String
    let decline: JSONObject?
    let decisions: [String]
    let amountCaptured: Int64
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
        decisions = object["decisions"]?.array?.compactMap { $0.object?["id"]?.text } ?? []
        amountCaptured = object["amount_captured"]?.integer ?? 0
        tag = answer.header("etag")
    }

    var isDecided: Bool { status != "requires_confirmation" && status != "processing" }
    var reason: String { decline?["reason"]?.text ?? "" }
}
