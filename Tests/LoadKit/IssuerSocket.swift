package import AsyncHTTPClient
import Foundation
package import Notation
import Proofs
import Vocabulary

/// The issuer's orders, through the control socket of a running server.
package struct IssuerSocket: Sendable {
    private let caller: HTTPCaller

    /// - Parameter state: the server's state folder.
    package init(state: String, client: HTTPClient) throws {
        guard let url = URL(httpURLWithSocketPath: state + "/control.sock", uri: "/issuer") else {
            throw LoadFailure("the path of the control socket is too odd for a URL")
        }
        caller = HTTPCaller(base: url.absoluteString, client: client)
    }

    /// One order, for example `customer.add`, and what came of it.
    @discardableResult
    package func perform(_ call: String, _ particulars: JSON) async throws -> JSONObject {
        let order: JSON = ["call": .text(call), "with": particulars]
        let reply = try await caller.send(
            "POST", "", headers: [("Content-Type", "application/json")], body: order.written())
        guard reply.status == 200, let object = reply.json.object else {
            throw LoadFailure("\(call) was answered \(reply.status)")
        }
        return object
    }

    /// A customer with a CPR number of the caller's choice, a card and a code app; without a password, which
    /// would cost its hash.
    ///
    /// - Parameters:
    ///   - card: a number of the customer's own, good until December 2030.
    ///   - server: where the app enrols itself; its hold must be set to nothing.
    package func customer(
        cpr: String, name: String, userID: String, card: String, at server: HTTPCaller
    ) async throws -> Wallet {
        let made = try await perform(
            "customer.add", ["user_id": .text(userID), "name": .text(name), "cpr": .text(cpr)])
        guard let text = made["customer"]?.text, let customer = CustomerID(text) else {
            throw LoadFailure("customer.add told no customer")
        }
        try await perform(
            "card.enrol", ["customer": .text(text), "number": .text(card), "month": 12, "year": 2030])
        let activation = try await perform("app.activation", ["customer": .text(text)])
        let key = try SigningKey()
        let device = try await Self.enrol(key, by: activation, at: server)
        let body: JSON = [
            "number": .text(card), "exp_month": 12, "exp_year": 2030, "cvc": "123",
        ]
        return Wallet(customer: customer, device: device, key: key, cards: [String(card.suffix(4)): body])
    }

    private static func enrol(
        _ key: SigningKey, by activation: JSONObject, at server: HTTPCaller
    ) async throws -> DeviceID {
        let claim: JSONObject = [
            "user_id": activation["user_id"] ?? .null,
            "activation_code": activation["activation_code"] ?? .null, "name": "Telefon",
        ]
        let proof = try key.sign(
            type: .enrolment, header: [("jwk", key.publicKey.jwk)], payload: JSON.object(claim).canonical())
        var body = claim
        body.set("proof", .text(proof))
        let reply = try await server.send(
            "POST", "/app/v1/devices", headers: [("Content-Type", "application/json")],
            body: JSON.object(body).written())
        guard reply.status == 201, let device = reply["id"]?.text.flatMap({ DeviceID($0) }) else {
            throw LoadFailure("the app was not enrolled: \(reply.summary)")
        }
        return device
    }
}
