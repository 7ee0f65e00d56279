package import Vocabulary
import Proofs
import Records

extension Issuer {
    /// Enrols a payment card to a customer; enrolled again, it keeps its id. A card belongs to one customer.
    package func enrolCard(
        customer: CustomerID, number: CardNumber, expiry: CardExpiry
    ) async throws(Refusal) -> CardID {
        let id: CardID = gateway.newID()
        let outcome = try await gateway.refusing {
            let digits = Array(number.exposed().utf8)
            return try await submit(
                EnrolCard(
                    id: id, customer: customer, fingerprint: gateway.keys.fingerprint(digits, as: .card),
                    numberSealed: try gateway.keys.seal(digits, for: .enrolledCard(id, of: customer)),
                    card: MaskedCard(number, expiry: expiry)))
        }
        switch outcome {
        case .enrolled: return id
        case .already(let old): return old
        case .customerUnknown: throw Refusal(.notFound)
        case .belongsToAnother:
            throw Refusal(
                .parameterInvalid, parameter: "number", detail: "The card is enrolled to another customer.")
        }
    }

    /// Blocks a payment card for good.
    package func blockCard(_ card: CardID) async throws(Refusal) {
        let isDone = try await gateway.refusing { try await submit(BlockCard(card)) }
        guard isDone else { throw Refusal(.notFound) }
    }
}
