import Lifecycles
import Notation
import Proofs
import Records
import Vocabulary

extension Gateway {
    /// T1: decides on a new authorization and puts the question to the customer.
    package func authorize(
        _ request: AuthorizeRequest, caller: Caller, identity: RequestIdentity
    ) async throws(Refusal) -> Answered {
        try seller(caller)
        return try await refusing {
            let outcome = try await ledger.submit(
                CreateAuthorization(
                    owner: caller.owner, draft: try draft(request),
                    merchant: terms(of: caller.merchant, in: request.money.currency),
                    terms: ConfirmationTerms(
                        seconds: settings.confirmationSeconds, pushBudget: settings.pushBudget,
                        pushWindowSeconds: settings.pushWindowSeconds),
                    key: identity.requestKey(of: caller.owner)))
            if let created = outcome.created { robot.consider(created, isLive: settings.isLive) }
            return Answered(outcome.answer)
        }
    }

    private func draft(_ request: AuthorizeRequest) throws -> AuthorizationDraft {
        let digest = Digest.sha256(try OrderDocument.json(request.order).canonical())
        return AuthorizationDraft(
            money: request.money, card: request.card, capture: request.capture, order: request.order,
            orderDigest: Base64URL.encode(digest), replaces: request.replaces, returnURL: request.returnURL,
            metadata: request.metadata)
    }

    private func terms(of merchant: Merchant, in currency: Currency) -> MerchantTerms {
        MerchantTerms(
            payee: merchant.name, isSuspended: merchant.isSuspended, isPharmacy: merchant.gln != nil,
            currencies: Set(merchant.currencies), limitMinor: merchant.maximumMinor(in: currency))
    }
}
