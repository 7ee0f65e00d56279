import Foundation
import GRDB
package import Vocabulary

/// Files that somebody may act for another: a guardian, or the holder of a power of attorney (RX-MINOR,
/// RX-PROXY). The holder is a customer; the patient need not be one.
package struct AddRelation: Command {
    /// What became of it.
    package enum Outcome: Sendable, Hashable {
        case added
        case holderUnknown
        /// Nobody needs a relation to themselves.
        case holderIsPatient
    }

    let id: RelationID
    let kind: RelationKind
    /// The patient's CPR number under its key; the number itself is kept nowhere.
    let patientHash: [UInt8]
    let holder: CustomerID
    /// First and last day.
    let days: ClosedRange<LocalDate>
    let isApproved: Bool

    package init(
        id: RelationID, kind: RelationKind, patientHash: [UInt8], holder: CustomerID,
        days: ClosedRange<LocalDate>, isApproved: Bool
    ) {
        self.id = id
        self.kind = kind
        self.patientHash = patientHash
        self.holder = holder
        self.days = days
        self.isApproved = isApproved
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        let found = try transaction.row("SELECT person_number_hash FROM customers WHERE id = ?", [holder])
        guard let found else { return .holderUnknown }
        let own = (found["person_number_hash"] as Data?).map { [UInt8]($0) } ?? []
        guard !constantTimeEquals(own, patientHash) else { return .holderIsPatient }
        let status: RelationStatus = isApproved ? .approved : .requested
        try transaction.execute(
            """
            INSERT INTO relations (id, kind, patient_hash, holder, scope, valid_from, valid_to, status,
                created_at)
            VALUES (?, ?, ?, ?, 'prescriptions', ?, ?, ?, ?)
            """,
            [
                id, kind.rawValue, Data(patientHash), holder, days.lowerBound.description,
                days.upperBound.description, status.rawValue, transaction.now,
            ])
        try transaction.recordRelation(id, status, patientHash: patientHash, holder: holder)
        return .added
    }
}

/// What became of a change of a relation.
package enum RelationChange: Sendable, Hashable {
    /// It is as asked for, from now on or since before.
    case done
    case unknown
    /// It was revoked: it never comes back.
    case over
}

/// A requested relation is approved.
package struct ApproveRelation: Command {
    let id: RelationID

    package init(_ id: RelationID) { self.id = id }

    package func run(in transaction: Transaction) throws -> RelationChange {
        guard let found = try transaction.relationRow(id) else { return .unknown }
        guard found.status != .revoked else { return .over }
        let isNew = try transaction.changesOne(
            "UPDATE relations SET status = 'approved' WHERE id = ? AND status = 'requested'", [id])
        guard isNew else { return .done }
        try transaction.recordRelation(id, .approved, patientHash: found.patientHash, holder: found.holder)
        return .done
    }
}

/// A relation ends at once; what was asked and not yet paid under it is declined (RX-PROXY).
package struct RevokeRelation: Command {
    let id: RelationID

    package init(_ id: RelationID) { self.id = id }

    package func run(in transaction: Transaction) throws -> RelationChange {
        guard let found = try transaction.relationRow(id) else { return .unknown }
        let isNew = try transaction.changesOne(
            "UPDATE relations SET status = 'revoked', ended_at = ? WHERE id = ? AND status <> 'revoked'",
            [transaction.now, id])
        guard isNew else { return .done }
        try transaction.recordRelation(id, .revoked, patientHash: found.patientHash, holder: found.holder)
        return .done
    }
}

extension Transaction {
    fileprivate func relationRow(
        _ id: RelationID
    ) throws -> (patientHash: [UInt8], holder: CustomerID, status: RelationStatus)? {
        let row = try row("SELECT patient_hash, holder, status FROM relations WHERE id = ?", [id])
        guard let row else { return nil }
        guard let holder = CustomerID(row["holder"]), let status = RelationStatus(rawValue: row["status"])
        else { throw LedgerFault.unreadable(table: "relations", id: id.text) }
        return ([UInt8](row["patient_hash"] as Data), holder, status)
    }

    /// The leaf names the relation; who it is between is committed to and can be erased.
    fileprivate func recordRelation(
        _ id: RelationID, _ status: RelationStatus, patientHash: [UInt8], holder: CustomerID
    ) throws {
        var leaf = LeafDraft(
            kind: .operatorAction, subject: id.text, outcome: "relation_\(status.rawValue)")
        leaf.secrets = [
            LeafSecret("patient", patientHash), LeafSecret("holder", Array(holder.text.utf8)),
        ]
        leaf.customer = holder
        try appendLeaf(leaf)
    }
}
