import Notation
import Operations
import Proofs
import Vocabulary

/// A made-up customer of test mode with everything that tests need, in clear.
struct FixtureCustomer {
    /// Its place in the run; part of the user ID.
    let number: Int
    private let entropy = SystemEntropy()

    init(number: Int) {
        self.number = number
    }

    /// Makes the customer and describes it in one JSON object.
    func make(in gateway: Gateway) async throws -> JSON {
        guard !gateway.settings.isLive else {
            throw CommandFailure("Fixtures are for test mode only: this server is live.")
        }
        let issuer = gateway.issuer
        let userID = "kunde-\(padded)-\(Hex.encode(entropy.bytes(5)))"
        let password = "Kode1-" + Hex.encode(entropy.bytes(6))
        let customer = try await issuer.addCustomer(
            IssuerDesk.newCustomer(
                userID: userID, name: "Kunde \(number)", personNumber: personNumber(), password: password))
        var cards: [JSON] = []
        for fixture in FixtureCard.all {
            cards.append(try await enrol(fixture, of: customer, issuer: issuer))
        }
        let key = try SigningKey()
        let device = try await issuer.enrolFixtureDevice(customer: customer, key: key.publicKey)
        let keyCard = try await issuer.issueKeyCard(customer: customer)
        return [
            "customer": .text(customer.text), "user_id": .text(userID), "password": .text(password),
            "cards": .array(cards),
            "device": [
                "id": .text(device.text), "key": privateKey(key),
                "may_confirm_from": .text(gateway.clock.now().rfc3339),
            ],
            "key_card": ["id": .text(keyCard.id.text), "codes": IssuerAnswers.codes(keyCard)],
        ]
    }

    private func enrol(_ fixture: FixtureCard, of customer: CustomerID, issuer: Issuer) async throws -> JSON {
        let number = try fixture.number(entropy: entropy)
        guard let expiry = CardExpiry(month: 12, year: 2030) else { throw CommandFailure("No such month.") }
        let id = try await issuer.enrolCard(customer: customer, number: number, expiry: expiry)
        return [
            "id": .text(id.text), "number": .text(number.exposed()), "exp_month": 12, "exp_year": 2030,
            "cvc": .text(fixture.verificationCode), "brand": .text(number.brand.rawValue),
            "ending": .text(fixture.ending),
        ]
    }

    /// A JWK with its private member `d`.
    private func privateKey(_ key: SigningKey) -> JSON {
        var jwk = key.publicKey.jwk.object ?? JSONObject()
        jwk.set("d", .text(Base64URL.encode(key.raw)))
        return .object(jwk)
    }

    private var padded: String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 4 - text.count)) + text
    }

    /// A number with a date in 1970 to 1999 and a random serial; it may well be somebody's, and is only
    /// looked at by this test server.
    private func personNumber() -> String {
        let random = entropy.bytes(6).map(Int.init)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let serial = "\(random[3] % 4)" + two(random[4] % 100) + "\(random[5] % 10)"
        return two(1 + random[0] % 28) + two(1 + random[1] % 12) + two(70 + random[2] % 30) + serial
    }
}
