import Lifecycles
import Notation
package import Proofs
import Records
package import Vocabulary

extension Gateway {
    /// The keys that receipts are checked with, retired ones too.
    package func jwks() -> [DeviceKey] { receiptKeys.all }

    /// Our signed word on an authorization, for anybody who has our published keys (SCA-30).
    ///
    /// - Returns: a compact JWS.
    package func receipt(of id: AuthorizationID, caller: Caller) async throws(Refusal) -> String {
        try seller(caller)
        return try await refusing { try await signedReceipt(of: id, of: caller.owner).compact }
    }

    /// The same for who paid, with what proves whom the medicine was for (RX-RECEIPT).
    package func receipt(
        of id: AuthorizationID, session: CustomerSession
    ) async throws(Refusal) -> PatientReceipt {
        try await refusing {
            let isLive = settings.isLive
            let found = try await ledger.read { db in try AuthorizationReading.find(id, of: nil, in: db) }
            guard let found, found.customer == session.customer, found.isLive == isLive else {
                throw Refusal(.notFound)
            }
            let owner = Owner(merchant: found.merchant, isLive: isLive)
            let signed = try await signedReceipt(of: id, of: owner)
            return PatientReceipt(
                compact: signed.compact, salt: signed.namesPatient ? keys.patientSalt(for: id) : nil)
        }
    }

    private func signedReceipt(
        of id: AuthorizationID, of owner: Owner
    ) async throws -> (compact: String, namesPatient: Bool) {
        _ = try await current(id, of: owner)
        let material = try await ledger.read { db in try ReceiptMaterial.read(id, of: owner, in: db) }
        guard let material else { throw Refusal(.notFound) }
        let patient = try await patient(of: material.authorization)
        let receipt = try receipt(material, patient: patient)
        return (try receipt.sign(with: receiptKeys.current), patient != nil)
    }

    /// The patient of the records as the receipt names them; nil for an order without records or for several
    /// patients.
    private func patient(of authorization: Authorization) async throws -> String? {
        var patients: Set<PersonNumber> = []
        for record in Set(authorization.holds.map(\.prescription)) {
            let opened = try await opened(record, isLive: authorization.isLive)
            guard let content = opened?.examination.unverifiedContent else { return nil }
            patients.insert(content.patient.personNumber)
        }
        guard let patient = patients.first, patients.count == 1 else { return nil }
        return Receipt.patientDigest(of: patient, salt: keys.patientSalt(for: authorization.id))
    }

    private func receipt(_ material: ReceiptMaterial, patient: String?) throws(Refusal) -> Receipt {
        let authorization = material.authorization
        switch authorization.status {
        case .requiresConfirmation, .processing: throw Refusal(.receiptNotReady)
        case .approved, .captured, .declined, .canceled, .expired: break
        }
        guard let decidedAt = material.decidedAt, let leaf = material.leaf else {
            throw Refusal(.receiptNotReady)
        }
        let sums = authorization.lifecycle.sums
        let merchant = authorization.merchant
        let standing = authorization.handovers.filter { $0.undoneAt == nil }
        return Receipt(
            authorization: authorization.id, merchant: merchant, status: authorization.status.rawValue,
            reason: authorization.decline?.reason.publicReason, money: authorization.money,
            capturedMinor: sums.captured, refundedMinor: sums.refunded, orderDigest: material.orderDigest,
            card: authorization.card.short, factor: material.device == nil ? nil : .app,
            verifiedBy: material.verifiedBy, answerDigest: material.answerDigest,
            customer: authorization.customer.map { keys.pseudonym($0.text, merchant: merchant) },
            device: material.device.map { keys.pseudonym($0.text, merchant: merchant) },
            recordDigests: material.recordDigests.map { Base64URL.encode($0) },
            handovers: standing.map(\.id), handedOverAt: standing.map(\.handedOverAt).max(),
            pharmacy: authorization.holds.isEmpty ? nil : merchants.merchant(merchant)?.gln,
            patient: patient, decidedAt: decidedAt, leaf: leaf, log: settings.logOrigin)
    }
}

/// A receipt as its payer gets it.
package struct PatientReceipt: Sendable, Hashable {
    /// Compact JWS.
    package let compact: String
    /// Under which the receipt's `patient` is the HMAC of the CPR number; nil when it names none.
    package let salt: [UInt8]?
}
