package import Lifecycles
package import Vocabulary
import Proofs
import Records

/// A customer as the issuer sees them. The name is personal: it goes to the issuer's terminal and nowhere
/// else.
package struct CustomerView: Sendable, Hashable {
    package let id: CustomerID
    package let userID: String
    package let name: Redacted<String>
    package let isBlocked: Bool
    /// Nothing is left but the id.
    package let isErased: Bool
    package let isCertificateValid: Bool
    package let reportedUntil: Instant?
    package let createdAt: Instant
    package let factors: [FactorView]
    package let cards: [CustomerCard]
    package let alerts: [CustomerAlert]
}

/// A payment card of a customer, masked.
package struct CustomerCard: Sendable, Hashable {
    package let id: CardID
    package let brand: String
    package let last4: String
    package let isBlocked: Bool
}

/// What a customer was or must be told.
package struct CustomerAlert: Sendable, Hashable {
    package let kind: AlertKind
    package let at: Instant
}

extension Issuer {
    /// One customer, which is written down with the name of who looked (OPS-ACCESS).
    package func customer(_ id: CustomerID) async throws(Refusal) -> CustomerView {
        try await gateway.refusing {
            let ledger = gateway.ledger
            guard let record = try await ledger.customer(id) else { throw Refusal(.notFound) }
            _ = try await submit(RecordOperatorRead(actor: actor.text, subject: id.text, outcome: "shown"))
            let name = try record.nameSealed.map { try gateway.keys.open($0, for: .name(of: id)) } ?? []
            return CustomerView(
                id: id, userID: record.userID, name: Redacted(String(decoding: name, as: UTF8.self)),
                isBlocked: record.isBlocked, isErased: record.isErased,
                isCertificateValid: record.certificate == "valid",
                reportedUntil: record.reportedUntil, createdAt: record.createdAt,
                factors: try await gateway.factorViews(of: id),
                cards: try await ledger.cards(of: id).map {
                    CustomerCard(id: $0.id, brand: $0.brand, last4: $0.last4, isBlocked: $0.isBlocked)
                },
                alerts: try await ledger.alerts(of: id).map { CustomerAlert(kind: $0.kind, at: $0.createdAt) }
            )
        }
    }

    /// Blocks a customer on breach of the terms: no payment, no sign-in, and what is pending ends.
    package func block(customer: CustomerID) async throws(Refusal) {
        try await mustExist { try await submit(BlockCustomer(customer)) }
    }

    /// Lifts the block, and a report ("it was not me") that still stands: the effect of a change that two
    /// operators agreed on. No command, route or socket leads here with one person.
    package func unblock(customer: CustomerID) async throws(Refusal) {
        try await mustExist { try await submit(UnblockCustomer(customer)) }
    }

    /// Blocks one kind of authenticator for the issuer's own reasons; a new registration does not lift that.
    package func block(_ factor: Factor, of customer: CustomerID) async throws(Refusal) {
        try await mustExist {
            try await submit(
                BlockFactor(customer: customer, kind: AuthenticatorKind(factor), by: .issuer))
        }
        if factor == .app {
            let devices = try await gateway.refusing { try await gateway.ledger.devices(of: customer) }
            gateway.deviceDoor.forget(devices.map(\.id))
        }
    }

    /// The status of the customer's certificate. What makes it good again needs two operators, as above.
    package func setCertificate(of customer: CustomerID, isValid: Bool) async throws(Refusal) {
        try await mustExist {
            try await submit(SetCertificate(of: customer, isValid: isValid))
        }
    }

    private func mustExist(_ change: () async throws -> Bool) async throws(Refusal) {
        let exists = try await gateway.refusing(change)
        guard exists else { throw Refusal(.notFound) }
    }
}
