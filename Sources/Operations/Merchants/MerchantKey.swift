package import Vocabulary

/// What an API key may be used for.
package enum KeyKind: String, Sendable, Hashable, CaseIterable {
    /// `sk_…`: everything the merchant may do; stays on the merchant's server.
    case secret
    /// `pk_…`: card tokens only; may stand in a web page.
    case publishable
}

/// An API key as we know it: never the key, only the hash of it.
package struct MerchantKey: Sendable, Hashable {
    package let id: KeyID
    package let kind: KeyKind
    /// Whether the key is for live payments; `sk_test_` and `pk_test_` keys are not.
    package let isLive: Bool
    /// SHA-256 of the whole key text, 32 bytes.
    package let digest: [UInt8]
    /// From this moment on the key is refused as expired.
    package let expiresAt: Instant?
    /// From this moment on the key is refused as if it had never been one.
    package let revokedAt: Instant?

    package init(
        id: KeyID, kind: KeyKind, isLive: Bool, digest: [UInt8], expiresAt: Instant?, revokedAt: Instant?
    ) {
        self.id = id
        self.kind = kind
        self.isLive = isLive
        self.digest = digest
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    /// Whether the key has run out.
    package func isExpired(at now: Instant) -> Bool {
        expiresAt.map { now >= $0 } ?? false
    }

    /// Whether the key was taken back.
    package func isRevoked(at now: Instant) -> Bool {
        revokedAt.map { now >= $0 } ?? false
    }
}
