import GRDB
import Vocabulary

/// Compares every audited row with the newest leaf about it, and looks for leaves whose row is gone.
struct StateCheck {
    let db: Database
    let findings: FindingList
    private(set) var subjects: [String: Int] = [:]
    private(set) var opened = 0
    private(set) var ofFirstVersion = 0

    init(_ db: Database, _ findings: FindingList) {
        self.db = db
        self.findings = findings
    }

    mutating func run() throws {
        for (prefix, table) in AuditedState.subjects {
            let id = prefix == AuditedState.priceList ? "'\(prefix)' || valid_from" : "id"
            let rows = try Row.fetchCursor(db, sql: "SELECT \(id) FROM \(table)")
            while let row = try rows.next() {
                guard let subject = row.exactText(0), subject.hasPrefix(prefix) else {
                    findings.add(.neverLogged(subject: "a row of \(table)"))
                    continue
                }
                subjects[prefix, default: 0] += 1
                try check(subject)
            }
            try checkLeaves(about: prefix, id, of: table)
        }
    }

    private mutating func check(_ subject: String) throws {
        guard let newest = try VouchingLeaf.newest(of: subject, in: db) else {
            return findings.add(.neverLogged(subject: subject))
        }
        let (leaf, position) = (newest.leaf, newest.position)
        if leaf.version == 1 {
            ofFirstVersion += 1
        } else if let isRight = try newest.agrees(with: db) {
            opened += 1
            if !isRight { findings.add(.stateDiffers(subject: subject, position: position)) }
        } else {
            // An erasure writes a leaf of its own about whatever it takes something from.
            findings.add(.saltMissing(position: position, subject: subject))
        }
        try checkFields(of: subject, newest: leaf, at: position)
    }

    private func checkFields(of subject: String, newest leaf: Leaf, at position: Int64) throws {
        if subject.hasPrefix("auth_") {
            try AuthorizationCheck(db: db, findings: findings).run(subject)
        } else if subject.hasPrefix("prx_") {
            try checkRecord(subject)
        } else if subject.hasPrefix("rel_"), leaf.kind == .operatorAction, leaf.version == 1 {
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT status FROM relations WHERE id = ?"), arguments: [subject])
            if leaf.outcome != "relation_" + (row?.exactText(0) ?? "") {
                findings.add(.fieldDiffers(subject: subject, field: "status", position: position))
            }
        }
    }

    private func checkRecord(_ subject: String) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT status, last_leaf FROM prescriptions WHERE id = ?"),
            arguments: [subject])
        guard let row, let last = try LeafChain.last(of: subject, in: db) else {
            return findings.add(.neverLogged(subject: subject))
        }
        if row.exactNumber(1) != last.position {
            findings.add(.fieldDiffers(subject: subject, field: "last_leaf", position: last.position))
        }
        // A newer filing leaves the state as it was.
        guard let state = last.leaf.stateAfter, state != row.exactText(0) else { return }
        findings.add(.fieldDiffers(subject: subject, field: "status", position: last.position))
    }

    /// Leaves that vouch for a state need its rows.
    private func checkLeaves(about prefix: String, _ id: String, of table: String) throws {
        let lost = try Row.fetchCursor(
            db,
            sql: """
                SELECT l.subject, max(l.position), l.bytes, l.body FROM leaves l
                WHERE l.subject >= ? AND l.subject < ?
                    AND l.subject NOT IN (SELECT \(id) FROM \(table))
                GROUP BY l.subject
                """, arguments: [prefix, Self.end(of: prefix)])
        while let row = try lost.next() {
            guard let subject = row.exactText(0), let position = row.exactNumber(1),
                let leaf = row.exactBytes(2).flatMap({ Leaf(bytes: $0, body: row.exactBytes(3)) }),
                leaf.commitment(AuditedState.commitment) != nil || LeafChain.isLink(leaf)
            else { continue }
            findings.add(.rowMissing(subject: subject, position: position))
        }
    }

    /// What comes after every text with this prefix: its last character is one further on.
    private static func end(of prefix: String) -> String {
        let bytes = Array(prefix.utf8)
        return String(decoding: bytes.dropLast() + [(bytes.last ?? 0) + 1], as: UTF8.self)
    }
}
