import GRDB
import Vocabulary

/// Compares an authorization with what its newest leaf says in plain words: state, sums, amount, reason.
struct AuthorizationCheck {
    let db: Database
    let findings: FindingList

    private static let sql = """
        SELECT a.last_leaf, a.status || ':' || a.captured || ':' || a.capturing || ':' || a.refunded || ':'
            || a.refunding, a.merchant, a.amount, a.currency, a.decline_reason, c.status, s.salt
        FROM authorizations a LEFT JOIN confirmations c ON c.authorization = a.id
            LEFT JOIN leaf_salts s ON s.position = ?2
        WHERE a.id = ?1
        """

    func run(_ subject: String) throws {
        guard let (position, leaf) = try LeafChain.last(of: subject, in: db),
            let row = try Row.fetchOne(
                db.cachedStatement(sql: Self.sql), arguments: [subject, position])
        else { return findings.add(.neverLogged(subject: subject)) }
        let reason = StoredReason(row.exactText(5), salt: row.exactBytes(7))
        let fields = [
            ("last_leaf", row.exactNumber(0) == position), ("state", row.exactText(1) == leaf.stateAfter),
            ("merchant", row.exactText(2) == leaf.merchant),
            ("amount", row.exactNumber(3) == leaf.amountMinor),
            ("currency", row.exactText(4) == leaf.currency), ("reason", reason.isThat(of: leaf)),
            ("confirmation", row.exactText(6) == leaf.confirmation),
        ]
        for (field, isRight) in fields where !isRight {
            findings.add(.fieldDiffers(subject: subject, field: field, position: position))
        }
    }
}

/// A reason as a row has it, and the salt of the leaf that should say the same: one about a prescription is
/// a commitment there.
struct StoredReason {
    private let word: String?
    private let salt: [UInt8]?

    init(_ word: String?, salt: [UInt8]?) {
        self.word = word
        self.salt = salt
    }

    func isThat(of leaf: Leaf) -> Bool {
        guard let word, DeclineReason(rawValue: word)?.isCommittedOnly == true else {
            return leaf.reason == word && (word != nil || leaf.commitment("reason") == nil)
        }
        guard leaf.reason == nil, leaf.commitment("reason") != nil else { return false }
        // An erased salt proves nothing, one way or the other.
        guard let salt, !salt.isEmpty else { return true }
        return leaf.commits(to: Array(word.utf8), as: "reason", salt: salt)
    }
}
