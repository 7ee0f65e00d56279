import Records
package import Vocabulary

/// One leaf as it is shown to the merchant whose decision it is about.
package struct LoggedLeaf: Sendable, Hashable {
    /// Its position in the log, from 0.
    package let index: Int64
    /// What the tree hashes.
    package let bytes: [UInt8]
    /// What the digest in `bytes` stands for. Nil in leaves of version 1, and where it names a reason that
    /// shops are not told (CONTRACT section 10).
    package let body: [UInt8]?
    package let kind: String
    package let outcome: String
    package let time: Instant
    /// What the body says; nil together with it.
    package let content: Content?

    /// The fields of a leaf's body.
    package struct Content: Sendable, Hashable {
        package let subject: String
        package let merchant: String?
        package let reason: String?
        /// SHA-256 of the rule set that decided.
        package let ruleSet: [UInt8]?
        package let amountMinor: Int64?
        package let currency: String?
        package let stateBefore: String?
        package let stateAfter: String?
        package let confirmation: String?
        /// Position of the leaf before this one about the same authorization.
        package let previous: Int64?
        /// HMAC-SHA256 of values that are not told, by name.
        package let commitments: [Commitment]
    }

    /// A value that the leaf commits to without holding it.
    package struct Commitment: Sendable, Hashable {
        package let name: String
        package let mac: [UInt8]
    }

    /// Nil when the bytes are no leaf, or one of version 1 that itself names a reason shops are not told.
    init?(_ stored: StoredLeaf) {
        guard let leaf = stored.leaf else { return nil }
        let reason = leaf.reason.flatMap { DeclineReason(rawValue: $0) }
        let isHidden = reason.map { $0.publicReason != $0.rawValue } ?? false
        guard leaf.version > 1 || !isHidden else { return nil }
        index = stored.position
        bytes = stored.bytes
        kind = leaf.kind.rawValue
        outcome = leaf.outcome
        time = leaf.time
        body = isHidden ? nil : stored.body
        content = isHidden ? nil : Content(leaf)
    }
}

extension LoggedLeaf.Content {
    init(_ leaf: Leaf) {
        subject = leaf.subject
        merchant = leaf.merchant
        reason = leaf.reason
        ruleSet = leaf.ruleSet
        amountMinor = leaf.amountMinor
        currency = leaf.currency
        stateBefore = leaf.stateBefore
        stateAfter = leaf.stateAfter
        confirmation = leaf.confirmation
        previous = leaf.previous
        commitments = leaf.commitments.map { LoggedLeaf.Commitment(name: $0.name, mac: $0.mac) }
    }
}
