import Notation
import Operations
import Proofs
import Vocabulary

/// New API keys of one merchant, in clear for the one time they are shown.
struct MerchantKeyPair {
    let secret: Redacted<String>
    /// Nil for a filer.
    let publishable: Redacted<String>?
    /// What the merchant file keeps.
    let entries: [MerchantKey]

    init(kind: MerchantKind, isLive: Bool, at now: Instant, entropy: some Entropy) {
        func make(_ keyKind: KeyKind) -> (text: String, entry: MerchantKey) {
            let prefix = (keyKind == .secret ? "sk_" : "pk_") + (isLive ? "live_" : "test_")
            let text = prefix + Base64URL.encode(entropy.bytes(32))
            let entry = MerchantKey(
                id: entropy.identifier(at: now), kind: keyKind, isLive: isLive,
                digest: Digest.sha256([UInt8](text.utf8)), expiresAt: nil, revokedAt: nil)
            return (text, entry)
        }
        let first = make(.secret)
        let second = kind == .filer ? nil : make(.publishable)
        secret = Redacted(first.text)
        publishable = second.map { Redacted($0.text) }
        entries = [first.entry] + (second.map { [$0.entry] } ?? [])
    }
}
