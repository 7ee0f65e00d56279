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
            let outcome = try await created(request, caller: caller, identity: identity)
            if let created = outcome.created {
                GatewayMeters.created(created)
                limitCode(of: request.card, by: created.confirmation)
                robot.consider(created, isLive: settings.isLive)
            }
            return Answered(outcome.answer)
        }
    }

    /// A record that is attested anew between opening and deciding is opened again, a few times.
    private func created(
        _ request: AuthorizeRequest, caller: Caller, identity: RequestIdentity
    ) async throws -> CreateAuthorization.Outcome {
        let draft = try draft(request)
        var tries = 0
        while true {
            let pharmacy = try await pharmacyOrder(request, caller: caller, orderDigest: draft.orderDigest)
            do {
                return try await ledger.submit(
                    CreateAuthorization(
                        owner: caller.owner, draft: draft,
                        merchant: terms(of: caller.merchant, in: request.money.currency),
                        terms: ConfirmationTerms(
                            seconds: settings.confirmationSeconds, pushBudget: settings.pushBudget,
                            pushWindowSeconds: settings.pushWindowSeconds),
                        pharmacy: pharmacy, key: identity.requestKey(of: caller.owner)))
            } catch Rejection.recordChanged where tries < 3 {
                tries += 1
            }
        }
    }

    /// The verification code lives as long as the question, and the time that the acquirer has (PAN-2).
    private func limitCode(of token: CardTokenID, by confirmation: ConfirmationSummary?) {
        guard confirmation != nil else { return verificationCodes.forget(token) }
        verificationCodes.shorten(
            token,
            to: clock.even().adding(seconds: settings.confirmationSeconds + settings.acquirerTimeoutSeconds))
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
