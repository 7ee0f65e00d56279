import Synchronization
package import Vocabulary

/// All merchants of the running server. The whole book is replaced at once or not at all.
package final class MerchantBook: Sendable {
    private let pages: Mutex<Pages>

    package init(_ merchants: [Merchant]) {
        pages = Mutex(Pages(merchants))
    }

    /// Puts a new book in the place of the old one; a request in flight keeps the merchant it has.
    package func replace(with merchants: [Merchant]) {
        let fresh = Pages(merchants)
        pages.withLock { $0 = fresh }
    }

    /// The merchant of this id.
    package func merchant(_ id: MerchantID) -> Merchant? {
        pages.withLock { $0.byID[id] }
    }

    /// Every merchant, by id.
    package var all: [Merchant] {
        pages.withLock { $0.byID.values.sorted { $0.id.text < $1.id.text } }
    }

    /// Whose key this is, by the SHA-256 of its text; expired and revoked keys are found too.
    ///
    /// The look-up works on the hash of what was sent, so its time says nothing about a key that exists; the
    /// found hash is compared once more in constant time.
    package func holder(ofKeyWithDigest digest: [UInt8]) -> (merchant: Merchant, key: MerchantKey)? {
        guard let found = pages.withLock({ $0.byDigest[digest] }),
            constantTimeEquals(found.key.digest, digest)
        else { return nil }
        return (found.merchant, found.key)
    }

    /// Whether a page of this web origin may call us at all: the answer to a CORS preflight, which carries
    /// no key.
    package func allows(origin: String) -> Bool {
        pages.withLock { $0.origins.contains(origin) }
    }

    /// Whether a page of this web origin may use this publishable key: only one of its own merchant's
    /// origins.
    package func allows(origin: String, publishableKey id: KeyID) -> Bool {
        pages.withLock { $0.byDigest.values.first { $0.key.id == id } }
            .map { $0.key.kind == .publishable && $0.merchant.origins.contains(origin) } ?? false
    }
}

/// The book with its indexes.
private struct Pages: Sendable {
    let byID: [MerchantID: Merchant]
    let byDigest: [[UInt8]: (merchant: Merchant, key: MerchantKey)]
    let origins: Set<String>

    init(_ merchants: [Merchant]) {
        byID = Dictionary(merchants.map { ($0.id, $0) }) { _, last in last }
        let keys = merchants.flatMap { merchant in
            merchant.keys.map { ($0.digest, (merchant: merchant, key: $0)) }
        }
        byDigest = Dictionary(keys) { first, _ in first }
        origins = Set(merchants.flatMap(\.origins))
    }
}
