import GRDB

/// The newest leaf that vouches for the rows of its subject; a look at them does not.
struct VouchingLeaf {
    let leaf: Leaf
    let position: Int64
    /// Empty where an erasure took it.
    let salt: [UInt8]

    /// A leaf of version 1 says less than its rows, and is given as well.
    ///
    /// - Returns: nil when nothing vouches for the subject. What is no leaf is passed over.
    static func newest(of subject: String, in db: Database) throws -> VouchingLeaf? {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT l.position, l.bytes, l.body, s.salt
                    FROM leaves l LEFT JOIN leaf_salts s ON s.position = l.position
                    WHERE l.subject = ? ORDER BY l.position DESC
                    """), arguments: [subject])
        while let row = try rows.next() {
            guard let position = row.exactNumber(0),
                let leaf = row.exactBytes(1).flatMap({ Leaf(bytes: $0, body: row.exactBytes(2)) }),
                leaf.version == 1 || leaf.commitment(AuditedState.commitment) != nil
            else { continue }
            return VouchingLeaf(leaf: leaf, position: position, salt: row.exactBytes(3) ?? [])
        }
        return nil
    }

    /// Whether the rows are those that the leaf vouches for; nil when it cannot be told: the salt was
    /// erased, or the leaf is of version 1.
    func agrees(with db: Database) throws -> Bool? {
        guard leaf.version != 1, !salt.isEmpty else { return nil }
        let state = try AuditedState.digest(of: leaf.subject, in: db) ?? []
        return leaf.commits(to: state, as: AuditedState.commitment, salt: salt)
    }
}
