import Foundation
package import GRDB
package import Notation
package import Vocabulary

/// What the file says now of one line of a prescription record. No drug and no person is in it.
package struct AuditRecord: Sendable, Hashable {
    package let id: PrescriptionID
    package let line: String
    package let kind: String
    package let version: Int64?
    package let status: PrescriptionStatus
    /// Why it is not believed.
    package let flaw: DeclineReason?
    package let validTo: String?
    /// Handovers that were recorded on the line, here.
    package let handedOver: Int
    /// The payment whose hold stands on the line.
    package let heldBy: AuthorizationID?
    package let filings: [AuditFiling]
}

/// One filing of a record, with the verdict of each check and the evidence that it rests on.
package struct AuditFiling: Sendable, Hashable {
    package let number: Int
    package let firstSeen: Instant
    package let attestedAt: Instant?
    /// `[{rule, verdict, detail}]`.
    package let verdict: JSON
    /// `kind:digest`, one for each certificate, list and table.
    package let evidence: [String]
    package let leaf: Int64
}

extension AuditRecord {
    /// Filings of one record that are shown at most: the newest.
    private static let mostFilings = 20

    /// Reads a line of a record; nil when there is no such record.
    package static func read(
        _ id: PrescriptionID, line: String, in db: Database
    ) throws -> AuditRecord? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql:
                    "SELECT kind, version, status, flaw, valid_to, record_key FROM prescriptions WHERE id = ?"
            ),
            arguments: [id])
        guard let row else { return nil }
        guard let status = PrescriptionStatus(rawValue: row["status"]) else {
            throw LedgerFault.unreadable(table: "prescriptions", id: id.text)
        }
        let key = row["record_key"] as Data?
        let heldBy = try String.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT authorization FROM holds WHERE record_key = ? AND line = ?
                        AND status IN ('reserved', 'firm', 'owed')
                    """), arguments: [key, line])
        let handedOver = try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT count(*) FROM line_handovers
                    WHERE record_key = ? AND line = ? AND status = 'done'
                    """), arguments: [key, line])
        return AuditRecord(
            id: id, line: line, kind: row["kind"], version: row["version"], status: status,
            flaw: (row["flaw"] as String?).flatMap { DeclineReason(rawValue: $0) }, validTo: row["valid_to"],
            handedOver: handedOver ?? 0, heldBy: heldBy.flatMap { AuthorizationID($0) },
            filings: try filings(of: id, in: db))
    }

    private static func filings(of id: PrescriptionID, in db: Database) throws -> [AuditFiling] {
        let sql = """
            SELECT number, first_seen, attested_at, verdict, evidence, leaf FROM prescription_filings
            WHERE prescription = ? ORDER BY number DESC LIMIT \(mostFilings)
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [id]).map { row in
            AuditFiling(
                number: row["number"], firstSeen: row["first_seen"], attestedAt: row["attested_at"],
                verdict: (try? JSON.parse((row["verdict"] as String).utf8)) ?? .null,
                evidence: (row["evidence"] as String).split(separator: " ").map(String.init),
                leaf: row["leaf"])
        }
    }
}
