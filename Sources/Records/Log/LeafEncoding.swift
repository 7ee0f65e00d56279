import Crypto
import Vocabulary

/// The canonical bytes of a leaf: a version byte, then every field in one fixed order, each with its length
/// in two bytes before it (network order). A missing field has length zero; numbers are eight bytes, two's
/// complement.
///
/// Fields: kind, subject, time in UTC milliseconds, merchant, outcome, reason, rule-set hash, amount,
/// currency, state before, state after, confirmation, position of the leaf before, and last the commitments
/// as pairs of a name and HMAC-SHA256(salt, name 0x00 value). A reason that says something about a
/// prescription is no word here but a commitment named `reason`.
enum LeafEncoding {
    static let version: UInt8 = 1
    static let saltLength = 32

    static func bytes(of draft: LeafDraft, at now: Instant, salt: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [version]
        var secrets = draft.secrets
        var reason = draft.reason?.rawValue
        if let word = reason, draft.reason?.by == .prescription {
            secrets.append(LeafSecret("reason", Array(word.utf8)))
            reason = nil
        }
        append(draft.kind.rawValue, to: &out)
        append(draft.subject, to: &out)
        append(now.milliseconds, to: &out)
        append(draft.merchant?.text, to: &out)
        append(draft.outcome, to: &out)
        append(reason, to: &out)
        append(bytes: draft.ruleSet ?? [], to: &out)
        append(draft.money?.amountMinor, to: &out)
        append(draft.money?.currency.code, to: &out)
        append(draft.stateBefore, to: &out)
        append(draft.stateAfter, to: &out)
        append(draft.confirmation, to: &out)
        append(draft.previous, to: &out)
        for secret in secrets {
            append(secret.name, to: &out)
            append(bytes: commitment(secret, salt: salt), to: &out)
        }
        return out
    }

    static func commitment(_ secret: LeafSecret, salt: [UInt8]) -> [UInt8] {
        let bytes = Array(secret.name.utf8) + [0] + secret.value
        return [UInt8](HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: salt)))
    }

    private static func append(_ text: String?, to out: inout [UInt8]) {
        append(bytes: text.map { Array($0.utf8) } ?? [], to: &out)
    }

    private static func append(_ number: Int64?, to out: inout [UInt8]) {
        guard let number else { return append(bytes: [], to: &out) }
        append(bytes: (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * Int64($0))) }, to: &out)
    }

    private static func append(bytes: [UInt8], to out: inout [UInt8]) {
        precondition(bytes.count <= Int(UInt16.max), "a field of a leaf is longer than its length can say")
        out.append(UInt8(bytes.count >> 8))
        out.append(UInt8(bytes.count & 0xFF))
        out.append(contentsOf: bytes)
    }
}
