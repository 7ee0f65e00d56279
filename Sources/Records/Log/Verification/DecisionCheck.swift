import Crypto
import Foundation
import GRDB
import Notation
import Vocabulary

/// Compares every decision with its leaf, and with its own trace: the reason and the rule set are computed
/// again from what the rules wrote down.
struct DecisionCheck {
    let db: Database
    let findings: FindingList
    let vault: (any RecordVault)?
    private(set) var count = 0
    private(set) var openedInputs = 0

    private static let sql = """
        SELECT d.id, d.authorization, d.outcome, d.reason, d.trace, d.rule_set, d.leaf, d.decided_at,
            l.bytes, l.body, s.salt, i.sealed, x.digest
        FROM decisions d LEFT JOIN leaves l ON l.position = d.leaf
            LEFT JOIN leaf_salts s ON s.position = d.leaf LEFT JOIN decision_inputs i ON i.decision = d.id
            LEFT JOIN confirmations c ON c.authorization = d.authorization
            LEFT JOIN answers x ON x.confirmation = c.id
        ORDER BY d.leaf
        """

    init(_ db: Database, _ findings: FindingList, vault: (any RecordVault)?) {
        self.db = db
        self.findings = findings
        self.vault = vault
    }

    mutating func run() throws {
        let rows = try Row.fetchCursor(db, sql: Self.sql)
        while let row = try rows.next() {
            count += 1
            try check(row)
        }
        let lost = try Row.fetchCursor(
            db,
            sql: """
                SELECT subject, position FROM leaves l
                WHERE subject >= 'auth_' AND subject < 'auth`' AND kind = 'decision'
                    AND NOT EXISTS (SELECT 1 FROM decisions WHERE leaf = l.position)
                """)
        while let row = try lost.next() {
            findings.add(
                .recordDiffers(
                    subject: row.exactText(0) ?? "", record: "the decision", field: "row",
                    position: row.exactNumber(1) ?? -1))
        }
    }

    private mutating func check(_ row: Row) throws {
        let (id, subject) = (row.exactText(0) ?? "", row.exactText(1) ?? "")
        let position = row.exactNumber(6) ?? -1
        guard let leaf = row.exactBytes(8).flatMap({ Leaf(bytes: $0, body: row.exactBytes(9)) }) else {
            return findings.add(
                .recordDiffers(subject: subject, record: id, field: "leaf", position: position))
        }
        let salt = row.exactBytes(10)
        let trace = row.exactText(4).flatMap { try? TraceDocument.read($0) }
        let ruleSet = trace.flatMap { try? TraceDocument.ruleSet(in: $0).canonical() }
        let fields = [
            ("leaf", leaf.kind == .decision && leaf.subject == subject),
            ("outcome", leaf.outcome == row.exactText(2)),
            ("reason", StoredReason(row.exactText(3), salt: salt).isThat(of: leaf)),
            ("rule set", leaf.ruleSet == row.exactBytes(5)),
            ("time", leaf.time.milliseconds == row.exactNumber(7)),
            ("trace", trace.map { TraceDocument.reason(in: $0) == row.exactText(3) } ?? false),
            (
                "rules of the trace",
                ruleSet.map { [UInt8](SHA256.hash(data: $0)) == row.exactBytes(5) } ?? false
            ),
            ("answer", isAnswered(leaf, row.exactBytes(12), salt: salt)),
            ("inputs", try hasInputs(leaf, of: id, row.exactBytes(11), salt: salt)),
        ]
        for (field, isRight) in fields where !isRight {
            findings.add(.recordDiffers(subject: subject, record: id, field: field, position: position))
        }
    }

    /// The leaf of an answer commits to its digest.
    private func isAnswered(_ leaf: Leaf, _ digest: [UInt8]?, salt: [UInt8]?) -> Bool {
        guard leaf.commitment("answer") != nil else { return true }
        guard let digest else { return false }
        guard let salt, !salt.isEmpty else { return true }
        return leaf.commits(to: digest, as: "answer", salt: salt)
    }

    /// What the rules looked at of a person lies sealed in a row of its own, until they are erased.
    private mutating func hasInputs(
        _ leaf: Leaf, of decision: String, _ sealed: [UInt8]?, salt: [UInt8]?
    ) throws -> Bool {
        guard leaf.commitment("inputs") != nil else { return sealed == nil }
        guard let salt, !salt.isEmpty else { return true }
        guard let sealed else { return false }
        guard let vault else { return true }
        guard let id = DecisionID(decision), let inputs = try? vault.open(inputs: sealed, of: id) else {
            return false
        }
        openedInputs += 1
        return leaf.commits(to: [UInt8](SHA256.hash(data: inputs)), as: "inputs", salt: salt)
    }
}
