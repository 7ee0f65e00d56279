import Lifecycles
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
        return try await refusing {
            let owner = caller.owner
            _ = try await current(id, of: owner)
            let material = try await ledger.read { db in try ReceiptMaterial.read(id, of: owner, in: db) }
            guard let material else { throw Refusal(.notFound) }
            return try receipt(material).sign(with: receiptKeys.current)
        }
    }

    private func receipt(_ material: ReceiptMaterial) throws(Refusal) -> Receipt {
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
        return Receipt(
            authorization: authorization.id, merchant: merchant, status: authorization.status.rawValue,
            reason: authorization.decline?.reason.publicReason, money: authorization.money,
            capturedMinor: sums.captured, refundedMinor: sums.refunded, orderDigest: material.orderDigest,
            card: authorization.card.short, factor: material.device == nil ? nil : .app,
            verifiedBy: material.verifiedBy, answerDigest: material.answerDigest,
            customer: authorization.customer.map { keys.pseudonym($0.text, merchant: merchant) },
            device: material.device.map { keys.pseudonym($0.text, merchant: merchant) }, recordDigests: [],
            handovers: [], patient: nil, decidedAt: decidedAt, leaf: leaf, log: settings.logOrigin)
    }
}
