package import Proofs
package import Vocabulary
import Records

/// A key card as it is printed: the one time its codes are seen.
package struct IssuedKeyCard: Sendable, Hashable {
    /// One number and its key.
    package struct Code: Sendable, Hashable {
        /// The four digits that the server names.
        package let number: String
        /// The six digits that the customer types.
        package let code: String
    }

    package let id: KeyCardID
    package let codes: [Code]
}

/// An activation code as it is printed for a customer.
package struct IssuedActivation: Sendable, Hashable {
    package let userID: String
    package let code: String
    package let expiresAt: Instant
}

extension Issuer {
    /// Prints a key card of 148 codes. One that was ordered is printed under the id of its order; the card
    /// before it is worthless from now on (SCA-07).
    package func issueKeyCard(customer: CustomerID) async throws(Refusal) -> IssuedKeyCard {
        try await mustBeNoOperator(customer)
        let codes = drawCodes()
        return try await gateway.refusing {
            let ordered = try await gateway.ledger.openKeyCardOrder(of: customer)
            let id = ordered ?? gateway.newID()
            let entries = codes.map { code in
                KeyCardEntry(
                    number: code.number,
                    mac: gateway.keyCardMAC(card: id, number: code.number, code: code.code))
            }
            switch try await submit(
                IssueKeyCard(id: id, customer: customer, entries: entries))
            {
            case .issued: return IssuedKeyCard(id: id, codes: codes)
            case .customerUnknown: throw Refusal(.notFound)
            case .alreadyIssued:
                throw Refusal(
                    .factorNotAvailable, detail: "The card was printed a moment ago by somebody else.")
            }
        }
    }

    private func drawCodes() -> [IssuedKeyCard.Code] {
        var numbers: Set<Int> = []
        while numbers.count < IssueKeyCard.codeCount {
            numbers.insert(DecimalText.draw(below: 10_000, from: gateway.entropy))
        }
        return numbers.sorted().map { number in
            IssuedKeyCard.Code(
                number: DecimalText.padded(number, digits: 4),
                code: DecimalText.padded(
                    DecimalText.draw(below: 1_000_000, from: gateway.entropy), digits: 6))
        }
    }

    /// Hands out a code token and gives its secret, 20 bytes, to be written into it (RFC 6238, SHA-1).
    package func issueCodeToken(customer: CustomerID) async throws(Refusal) -> Redacted<[UInt8]> {
        try await mustBeNoOperator(customer)
        let secret = gateway.entropy.bytes(20)
        let isDone = try await gateway.refusing {
            try await submit(
                IssueCodeToken(
                    customer: customer,
                    secretSealed: try gateway.keys.seal(secret, for: .codeToken(of: customer))))
        }
        guard isDone else { throw Refusal(.notFound) }
        return Redacted(secret)
    }

    /// An activation code for a new app, as a citizen service centre hands it out after it has seen a photo
    /// ID.
    package func activationCode(customer: CustomerID) async throws(Refusal) -> IssuedActivation {
        try await mustBeNoOperator(customer)
        let record = try await gateway.refusing { try await gateway.ledger.customer(customer) }
        guard let record else { throw Refusal(.notFound) }
        let ordered = try await gateway.makeActivationCode(
            for: customer, origin: .issuer, by: actor.text)
        return IssuedActivation(
            userID: record.userID, code: ordered.activationCode.exposed(), expiresAt: ordered.expiresAt)
    }

    /// A test customer's device, without activation code and hold. Test mode only.
    package func enrolFixtureDevice(customer: CustomerID, key: DeviceKey) async throws(Refusal) -> DeviceID {
        try await mustBeNoOperator(customer)
        guard !gateway.settings.isLive else {
            throw Refusal(.featureNotAvailable, detail: "Test devices exist in test mode only.")
        }
        let device = try await gateway.refusing {
            try await submit(
                EnrolTestDevice(
                    customer: customer, name: try PlainText("Testtelefon", maximum: 64),
                    publicKey: key.raw64, thumbprint: key.thumbprint))
        }
        guard let device else { throw Refusal(.notFound) }
        return device
    }
}
