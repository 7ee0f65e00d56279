import GRDB
import Proofs
import Vocabulary

/// Reads the leaves in order: each by its bytes, its columns, its salt and the leaf before it, and all of
/// them as the tree that the checkpoints were signed for.
struct LeafCheck {
    private static let sql = """
        SELECT l.position, l.kind, l.subject, l.bytes, l.hash, l.body, s.salt, s.customer
        FROM leaves l LEFT JOIN leaf_salts s ON s.position = l.position ORDER BY l.position
        """

    private let db: Database
    private let findings: FindingList
    private var tree = TreeCheck()
    private var lastTime: Instant?
    private(set) var firstTimeBack: Int64?

    init(_ db: Database, _ findings: FindingList) {
        self.db = db
        self.findings = findings
    }

    var size: Int64 { tree.size }
    var root: [UInt8] { tree.root }

    mutating func run(_ checkpoints: inout CheckpointCheck) throws {
        checkpoints.compare(size: 0, root: { tree.root }, findings)
        let rows = try Row.fetchCursor(db, sql: Self.sql)
        var expected: Int64 = 0
        while let row = try rows.next() {
            let position = row.exactNumber(0) ?? -1
            if position != expected { findings.add(.leafMissing(position: expected)) }
            expected = position + 1
            try check(row, at: position)
            try tree.add(MerkleHash.leaf(row.exactBytes(3) ?? []), in: db, findings)
            checkpoints.compare(size: tree.size, root: { tree.root }, findings)
        }
        checkpoints.finish(leaves: tree.size, findings)
        try tree.finish(in: db, findings)
    }

    private mutating func check(_ row: Row, at position: Int64) throws {
        guard let bytes = row.exactBytes(3), let leaf = Leaf(bytes: bytes, body: row.exactBytes(5)) else {
            return findings.add(.leafMalformed(position: position))
        }
        let columns = [
            ("kind", row.exactText(1) == leaf.kind.rawValue), ("subject", row.exactText(2) == leaf.subject),
            ("hash", row.exactBytes(4) == MerkleHash.leaf(bytes)),
        ]
        for (name, isRight) in columns where !isRight {
            findings.add(.leafColumn(position: position, subject: leaf.subject, column: name))
        }
        if try !hasGoodSalt(leaf, at: position, salt: row.exactBytes(6), of: row.exactText(7)) {
            findings.add(.saltMissing(position: position, subject: leaf.subject))
        }
        if try !isChained(leaf, at: position) {
            findings.add(.chainBroken(position: position, subject: leaf.subject))
        }
        if leaf.outcome == Transaction.rowsDiffered {
            findings.add(.rowsDiffered(position: position, subject: leaf.subject))
        }
        if let lastTime, leaf.time < lastTime, firstTimeBack == nil { firstTimeBack = position }
        lastTime = leaf.time
    }

    // MARK: Salts

    /// A salt is whole, or was erased with its customer, of which a later leaf tells.
    private func hasGoodSalt(
        _ leaf: Leaf, at position: Int64, salt: [UInt8]?, of customer: String?
    ) throws -> Bool {
        guard let salt else { return false }
        if salt.count == LeafEncoding.saltLength { return true }
        guard salt.isEmpty else { return false }
        if try wasErased(leaf.subject, after: position) { return true }
        guard let customer else { return false }
        let erasure = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT max(position) FROM leaves WHERE subject = ? AND kind = 'erasure'"),
            arguments: [customer])
        guard let erasedAt = erasure?.exactNumber(0), erasedAt >= position else { return false }
        let erased = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM customers WHERE id = ? AND erased_at NOT NULL"),
            arguments: [customer])
        return try erased != nil && isAbout(leaf.subject, customer)
    }

    /// What an erasure took something from has a later leaf, which vouches for what is left of it.
    private func wasErased(_ subject: String, after position: Int64) throws -> Bool {
        let later = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT bytes, body FROM leaves WHERE subject = ? AND position > ?"),
            arguments: [subject, position])
        while let row = try later.next() {
            let leaf = row.exactBytes(0).flatMap { Leaf(bytes: $0, body: row.exactBytes(1)) }
            if leaf?.outcome == "erased" { return true }
        }
        return false
    }

    /// Where a subject's own row names a customer, it is this one. Records have a leaf of their erasure, and
    /// operators, changes and price lists are not erased.
    private func isAbout(_ subject: String, _ customer: String) throws -> Bool {
        let sql: String
        if subject.hasPrefix("auth_") {
            sql = "SELECT customer FROM authorizations WHERE id = ?"
        } else if subject.hasPrefix("rel_") {
            sql = "SELECT holder FROM relations WHERE id = ?"
        } else {
            return !AuditedState.tables.keys.contains { subject.hasPrefix($0) }
        }
        let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [subject])
        return row.map { $0.exactText(0) == customer } ?? true
    }

    // MARK: The chain of a subject

    /// A leaf about a payment or record names the one before it that changed the same; others may.
    private func isChained(_ leaf: Leaf, at position: Int64) throws -> Bool {
        let isChanging = LeafChain.isLink(leaf)
        guard isChanging || leaf.previous != nil else { return true }
        let before = try LeafChain.last(of: leaf.subject, below: position, in: db)
        if leaf.previous == before?.position { return true }
        // Filings of leaves of version 1 name none.
        return leaf.previous == nil && (leaf.version == 1 && leaf.subject.hasPrefix("prx_"))
    }
}

/// Leaves about one subject that follow each other: each names the one before.
enum LeafChain {
    /// The kinds of subject whose rows keep the position of their last leaf.
    private static let chained = ["auth_", "prx_"]
    /// A conflicting filing is told of but changes nothing.
    private static let conflict = "conflict"

    /// Whether a leaf changes a subject that is chained.
    static func isLink(_ leaf: Leaf) -> Bool {
        chained.contains { leaf.subject.hasPrefix($0) } && (leaf.kind == .decision || leaf.kind == .change)
            && leaf.outcome != conflict
    }

    /// The newest link about a subject, below a position if one is given.
    static func last(
        of subject: String, below position: Int64 = .max, in db: Database
    ) throws -> (position: Int64, leaf: Leaf)? {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT position, bytes, body FROM leaves
                    WHERE subject = ? AND position < ? AND kind IN ('decision', 'change')
                    ORDER BY position DESC
                    """), arguments: [subject, position])
        while let row = try rows.next() {
            guard let position = row.exactNumber(0), let bytes = row.exactBytes(1),
                let leaf = Leaf(bytes: bytes, body: row.exactBytes(2))
            else { return nil }
            if isLink(leaf) { return (position, leaf) }
        }
        return nil
    }
}
