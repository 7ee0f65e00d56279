import Crypto
import Foundation
import GRDB
import Notation
import Vocabulary

/// Compares filings, holds and handovers with their leaves, and evidence with its digests.
struct PrescriptionCheck {
    let db: Database
    let findings: FindingList
    private(set) var filings = 0
    private(set) var evidence = 0

    init(_ db: Database, _ findings: FindingList) {
        self.db = db
        self.findings = findings
    }

    mutating func run() throws {
        try checkFilings()
        try checkHolds()
        try checkHandovers()
        try checkEvidence()
    }

    private func leaf(_ row: Row, _ bytes: Int, _ body: Int) -> Leaf? {
        row.exactBytes(bytes).flatMap { Leaf(bytes: $0, body: row.exactBytes(body)) }
    }

    private func report(
        _ subject: String, _ record: String, _ position: Int64, _ fields: [(String, Bool)]
    ) {
        for (field, isRight) in fields where !isRight {
            findings.add(
                .recordDiffers(subject: subject, record: record, field: field, position: position))
        }
    }

    /// Whether a leaf commits to a value. An erased salt proves nothing.
    private func commits(_ leaf: Leaf, to value: [UInt8]?, as name: String, salt: [UInt8]?) -> Bool {
        guard leaf.commitment(name) != nil else { return true }
        guard let salt, !salt.isEmpty else { return true }
        return value.map { leaf.commits(to: $0, as: name, salt: salt) } ?? false
    }

    // MARK: Filings

    private mutating func checkFilings() throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT f.prescription, f.number, f.rule_set, coalesce(f.record_digest, f.text_digest),
                    f.evidence, f.leaf, l.bytes, l.body, s.salt, p.signer_hash
                FROM prescription_filings f LEFT JOIN leaves l ON l.position = f.leaf
                    LEFT JOIN leaf_salts s ON s.position = f.leaf
                    LEFT JOIN prescriptions p ON p.id = f.prescription
                """)
        while let row = try rows.next() {
            filings += 1
            let (subject, position) = (row.exactText(0) ?? "", row.exactNumber(5) ?? -1)
            let record = "filing \(row.exactNumber(1) ?? -1)"
            guard let leaf = leaf(row, 6, 7) else {
                report(subject, record, position, [("leaf", false)])
                continue
            }
            let salt = row.exactBytes(8)
            report(
                subject, record, position,
                [
                    ("leaf", leaf.kind == .decision && leaf.subject == subject),
                    ("rule set", leaf.ruleSet == row.exactBytes(2)),
                    ("record", commits(leaf, to: row.exactBytes(3), as: "record", salt: salt)),
                    ("signer", commits(leaf, to: row.exactBytes(9), as: "signer", salt: salt)),
                ])
            try checkNames(row.exactText(4) ?? "", of: subject)
        }
        let lost = try Row.fetchCursor(
            db,
            sql: """
                SELECT subject, position FROM leaves l
                WHERE subject >= 'prx_' AND subject < 'prx`' AND kind = 'decision'
                    AND NOT EXISTS (SELECT 1 FROM prescription_filings WHERE leaf = l.position)
                """)
        while let row = try lost.next() {
            report(row.exactText(0) ?? "", "the filing", row.exactNumber(1) ?? -1, [("row", false)])
        }
    }

    /// Each piece of evidence that a verdict rests on is kept.
    private func checkNames(_ text: String, of subject: String) throws {
        for name in text.split(separator: " ") {
            let found = try EvidenceName(name).flatMap { name in
                try Row.fetchOne(
                    db.cachedStatement(sql: "SELECT 1 FROM evidence WHERE digest = ? AND kind = ?"),
                    arguments: [Data(name.digest), name.kind])
            }
            if found == nil { findings.add(.evidenceDiffers("\(name) of \(subject)")) }
        }
    }

    private mutating func checkEvidence() throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT digest, kind, bytes FROM evidence")
        while let row = try rows.next() {
            evidence += 1
            let digest = row.exactBytes(0) ?? []
            if let bytes = row.exactBytes(2), [UInt8](SHA256.hash(data: bytes)) == digest { continue }
            findings.add(.evidenceDiffers("\(row.exactText(1) ?? ""):\(Hex.encode(digest))"))
        }
    }

    // MARK: Holds and handovers

    private func checkHolds() throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT h.id, h.status, h.record_key, l.position, l.bytes, l.body, s.salt
                FROM holds h LEFT JOIN leaves l ON l.position =
                        (SELECT max(position) FROM leaves WHERE subject = h.id AND kind = 'change')
                    LEFT JOIN leaf_salts s ON s.position = l.position
                """)
        while let row = try rows.next() {
            let subject = row.exactText(0) ?? ""
            guard let position = row.exactNumber(3) else {
                findings.add(.neverLogged(subject: subject))
                continue
            }
            guard let leaf = leaf(row, 4, 5) else { continue }
            if leaf.stateAfter != row.exactText(1) {
                findings.add(.fieldDiffers(subject: subject, field: "status", position: position))
            }
            if !commits(leaf, to: row.exactBytes(2), as: "record", salt: row.exactBytes(6)) {
                findings.add(.commitment(position: position, subject: subject, name: "record"))
            }
        }
        let lost = try Row.fetchCursor(
            db,
            sql: """
                SELECT subject, max(position) FROM leaves WHERE subject >= 'hold_' AND subject < 'hold`'
                    AND kind = 'change' AND subject NOT IN (SELECT id FROM holds) GROUP BY subject
                """)
        while let row = try lost.next() {
            findings.add(.rowMissing(subject: row.exactText(0) ?? "", position: row.exactNumber(1) ?? -1))
        }
    }

    private func checkHandovers() throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT v.id, v.authorization, v.leaf, v.handed_over_at, l.bytes, l.body
                FROM handovers v LEFT JOIN leaves l ON l.position = v.leaf
                """)
        while let row = try rows.next() {
            let (subject, position) = (row.exactText(1) ?? "", row.exactNumber(2) ?? -1)
            let leaf = leaf(row, 4, 5)
            report(
                subject, row.exactText(0) ?? "", position,
                [
                    ("leaf", leaf?.subject == subject && leaf?.outcome == "handover.recorded"),
                    ("time", leaf?.time.milliseconds == row.exactNumber(3)),
                ])
        }
    }
}
