import Crypto
import Vocabulary

/// A leaf in its two parts. `leaf` is what the tree hashes; `body` is what its last field stands for.
struct EncodedLeaf {
    let leaf: [UInt8]
    let body: [UInt8]
}

/// The canonical bytes of a leaf (LOG-LEAF), version 2.
///
/// A field has its length in two bytes before it (network order); a missing one has length zero; numbers are
/// eight bytes, two's complement.
///
/// - Leaf: the version byte; kind, outcome, time in UTC milliseconds, SHA-256 of the body.
/// - Body: the version byte; subject, merchant, reason, rule-set hash, amount, currency, state before, state
///   after, confirmation, position of the leaf before, actor; then the commitments, as pairs of a name and
///   HMAC-SHA256(salt, name 0x00 value).
///
/// The two parts let an export show leaves outside its filter by kind, outcome and time alone, and the
/// receiver still compute their hashes: that nothing was left out is checked, not believed.
///
/// A reason that its merchant is not told (about a prescription, or what stands against a customer) is no
/// word here but a commitment named `reason`.
enum LeafEncoding {
    static let version: UInt8 = 2
    static let saltLength = 32

    static func encode(
        _ draft: LeafDraft, at now: Instant, salt: [UInt8]
    ) -> EncodedLeaf {
        var secrets = draft.secrets
        var reason = draft.reason?.rawValue
        if let word = reason, draft.reason?.isCommittedOnly == true {
            secrets.append(LeafSecret("reason", Array(word.utf8)))
            reason = nil
        }
        var body = LeafWriter(version: version)
        body.append(draft.subject)
        body.append(draft.merchant?.text)
        body.append(reason)
        body.append(bytes: draft.ruleSet ?? [])
        body.append(draft.money?.amountMinor)
        body.append(draft.money?.currency.code)
        body.append(draft.stateBefore)
        body.append(draft.stateAfter)
        body.append(draft.confirmation)
        body.append(draft.previous)
        body.append(draft.actor)
        for secret in secrets {
            body.append(secret.name)
            body.append(bytes: commitment(secret, salt: salt))
        }
        var leaf = LeafWriter(version: version)
        leaf.append(draft.kind.rawValue)
        leaf.append(draft.outcome)
        leaf.append(now.milliseconds)
        leaf.append(bytes: [UInt8](SHA256.hash(data: body.bytes)))
        return EncodedLeaf(leaf: leaf.bytes, body: body.bytes)
    }

    static func commitment(_ secret: LeafSecret, salt: [UInt8]) -> [UInt8] {
        let bytes = Array(secret.name.utf8) + [0] + secret.value
        return [UInt8](HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: salt)))
    }
}

/// Appends fields with their lengths.
private struct LeafWriter {
    private(set) var bytes: [UInt8]

    init(version: UInt8) { bytes = [version] }

    mutating func append(_ text: String?) {
        append(bytes: text.map { Array($0.utf8) } ?? [])
    }

    mutating func append(_ number: Int64?) {
        guard let number else { return append(bytes: []) }
        append(bytes: (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * Int64($0))) })
    }

    mutating func append(bytes field: [UInt8]) {
        precondition(field.count <= Int(UInt16.max), "a field of a leaf is longer than its length can say")
        bytes.append(UInt8(field.count >> 8))
        bytes.append(UInt8(field.count & 0xFF))
        bytes.append(contentsOf: field)
    }
}

extension DeclineReason {
    /// A leaf commits to this reason without saying it: outsiders get another word for it.
    var isCommittedOnly: Bool { publicReason != rawValue }
}
