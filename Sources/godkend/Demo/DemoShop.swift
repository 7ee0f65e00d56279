import Foundation
import Notation

/// A webshop or pharmacy that sells over real HTTP, with its keys.
struct DemoShop: Sendable {
    /// As the screen calls it.
    let name: String
    let server: String
    let secretKey: String
    let publishableKey: String

    init(_ name: String, _ merchant: DemoMerchant, server: String, keys: DemoKeys) {
        self.name = name
        self.server = server
        secretKey = keys.secret(of: merchant)
        publishableKey = keys.publishable(of: merchant)
    }

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
        let body: JSON = [
            "amount": .integer(sale.amountMinor), "currency": "DKK", "card": .text(token),
            "capture": "manual",
            "order": ["reference": .text(sale.reference), "lines": .array(sale.lines.map(\.json))],
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

    /// The signed receipt, a compact JWS.
    func receipt(of payment: DemoPayment) async throws -> String {
        let answer = try await WebClient.send(
            "GET", server + "/v1/authorizations/\(payment.id)/receipt", headers: bearer)
        guard answer.status == 200 else { throw CommandFailure("No receipt: \(answer.complaint)") }
        return String(decoding: answer.bytes, as: UTF8.self)
    }

    var bearer: [(String, String)] { [("Authorization", "Bearer " + secretKey)] }

    func post(_ path: String, _ body: JSON) async throws -> WebAnswer {
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
