import Proofs
package import Vocabulary

/// Who calls: a merchant by one of its keys.
package struct Caller: Sendable, Hashable {
    package let merchant: Merchant
    package let key: KeyID
    package let kind: KeyKind
    package let isLive: Bool

    package init(merchant: Merchant, key: KeyID, kind: KeyKind, isLive: Bool) {
        self.merchant = merchant
        self.key = key
        self.kind = kind
        self.isLive = isLive
    }
}

extension Gateway {
    /// Finds the merchant of an API key. Unknown and revoked keys look alike.
    ///
    /// The key is looked up by its SHA-256 and compared in constant time.
    package func authenticate(bearer: String) throws(Refusal) -> Caller {
        let digest = Digest.sha256(bearer.utf8)
        let now = clock.now()
        guard let holder = merchants.holder(ofKeyWithDigest: digest), !holder.key.isRevoked(at: now),
            holder.key.isLive == settings.isLive
        else { throw Refusal(.apiKeyInvalid) }
        guard !holder.key.isExpired(at: now) else { throw Refusal(.apiKeyExpired) }
        return Caller(
            merchant: holder.merchant, key: holder.key.id, kind: holder.key.kind, isLive: holder.key.isLive)
    }

    /// A merchant that sells, with its secret key.
    func seller(_ caller: Caller) throws(Refusal) {
        guard caller.kind == .secret else { throw Refusal(.secretKeyRequired) }
        guard caller.merchant.kind != .filer else { throw Refusal(.merchantKindNotAllowed) }
    }
}
