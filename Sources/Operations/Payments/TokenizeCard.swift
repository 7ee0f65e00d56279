import Proofs
import Records
import Vocabulary

extension Gateway {
    /// How long a single-use token may be used, in seconds.
    static let tokenSeconds = 900

    /// Keeps a card number, sealed, for one merchant; the verification code stays in memory (PAN-1, PAN-2).
    package func tokenizeCard(
        _ request: TokenizeRequest, caller: Caller, identity: RequestIdentity
    ) async throws(Refusal) -> Answered {
        guard caller.merchant.kind != .filer else { throw Refusal(.merchantKindNotAllowed) }
        guard caller.kind == .secret || !request.isReusable else {
            throw Refusal(.secretKeyRequired, parameter: "reusable")
        }
        return try await refusing {
            let id: CardTokenID = newID()
            let number = [UInt8](request.card.exposed().utf8)
            let written = try await ledger.submit(
                CreateCardToken(
                    id: id, owner: caller.owner, card: MaskedCard(request.card, expiry: request.expiry),
                    fingerprint: keys.fingerprint(number, as: .card),
                    numberSealed: try keys.seal(number, for: .cardToken(id, of: caller.merchant.id)),
                    lifetimeSeconds: request.isReusable ? nil : Self.tokenSeconds,
                    key: identity.requestKey(of: caller.owner)))
            if !written.isReplay, !request.isReusable, let code = request.verificationCode {
                let seconds =
                    Self.tokenSeconds + settings.confirmationSeconds + settings.acquirerTimeoutSeconds
                verificationCodes.keep(code, for: id, until: clock.even().adding(seconds: seconds))
            }
            return Answered(written)
        }
    }
}

extension SealingContext {
    /// The place of a token's card number.
    static func cardToken(_ id: CardTokenID, of merchant: MerchantID) -> SealingContext {
        SealingContext(table: "card_tokens", row: id.text, owner: merchant.text)
    }
}
