package import Decisions
import Foundation
package import GRDB
package import Vocabulary

/// Reads who may act for whom.
package enum RelationReading {
    /// What a customer is to a patient on a day: the relation that counts, and what it makes of the two.
    ///
    /// An approved relation whose days cover this one goes first; among several a power of attorney, which
    /// knows no age, and then the one that lasts longest. Only the named holder has it: nothing follows from
    /// a relation of one's own holder (RX-PROXY: not transferable).
    package static func standing(
        holder: CustomerID, patientHash: [UInt8], on day: LocalDate, in db: Database
    ) throws -> (standing: PatientStanding, relation: RelationID?) {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, kind, \(coversDay) AS is_good FROM relations
                WHERE holder = ?2 AND patient_hash = ?3
                ORDER BY is_good DESC, kind = 'power_of_attorney' DESC, valid_to DESC, id DESC LIMIT 1
                """)
        let row = try Row.fetchOne(statement, arguments: [day.description, holder, Data(patientHash)])
        guard let row else { return (.stranger, nil) }
        guard let id = RelationID(row["id"]), let kind = RelationKind(rawValue: row["kind"]) else {
            throw LedgerFault.unreadable(table: "relations", id: row["id"])
        }
        return (row["is_good"] ? .related(kind) : .notRelatedNow, id)
    }

    /// Whether a relation still stands on a day.
    package static func isGood(_ id: RelationID, on day: LocalDate, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT \(coversDay) FROM relations WHERE id = ?2")
        return try Bool.fetchOne(statement, arguments: [day.description, id]) ?? false
    }

    /// Approved, and its days cover the first argument. Dates in ISO 8601 sort as text.
    private static let coversDay = "(status = 'approved' AND ?1 BETWEEN valid_from AND valid_to)"
}

/// A relation as the issuer sees it. The patient is known by a keyed hash only and is not shown.
package struct RelationRecord: Sendable, Hashable {
    package let id: RelationID
    package let kind: RelationKind
    package let holder: CustomerID
    /// First and last day.
    package let from: LocalDate
    package let to: LocalDate
    package let status: RelationStatus

    fileprivate init(_ row: Row) throws {
        let text: String = row["id"]
        guard let id = RelationID(text), let kind = RelationKind(rawValue: row["kind"]),
            let holder = CustomerID(row["holder"]), let from = LocalDate(row["valid_from"]),
            let to = LocalDate(row["valid_to"]), let status = RelationStatus(rawValue: row["status"])
        else { throw LedgerFault.unreadable(table: "relations", id: text) }
        (self.id, self.kind, self.holder) = (id, kind, holder)
        (self.from, self.to, self.status) = (from, to, status)
    }
}

extension Ledger {
    package func relation(_ id: RelationID) async throws -> RelationRecord? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT * FROM relations WHERE id = ?"), arguments: [id]
            ).map(RelationRecord.init)
        }
    }

    /// All that a customer holds or held, newest first.
    package func relations(of holder: CustomerID) async throws -> [RelationRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: "SELECT * FROM relations WHERE holder = ? ORDER BY id DESC"),
                arguments: [holder]
            ).map(RelationRecord.init)
        }
    }
}
