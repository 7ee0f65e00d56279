import Foundation
import GRDB
import Lifecycles
package import Vocabulary

/// Lists the patient's records to a pharmacy whose look-up is open. The leaf that says who looked is written
/// with the reading, so that nothing is seen without one (RX-PRIVACY).
package struct ListLookup: Command {
    /// At most so many records.
    package static let maximumRecords = 100

    /// A record with the filing that its own id is read from.
    package struct Record: Sendable, Hashable {
        package let row: PrescriptionRow
        /// Nil where no text is on file.
        package let filing: FilingRow?
    }

    /// The look-up at this moment; `records` is nil when they may not be seen any more.
    package struct Outcome: Sendable, Hashable {
        package let lookup: LookupRow
        package let records: [Record]?
        package let at: ServerTime
    }

    let id: LookupID
    let owner: Owner

    package init(_ id: LookupID, of owner: Owner) {
        self.id = id
        self.owner = owner
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        guard let lookup = try LookupRow.find(id, of: owner, in: transaction.db) else {
            throw Rejection.notFound
        }
        let time = transaction.time
        guard let customer = lookup.customer, lookup.lookup(at: time).status == .approved else {
            return Outcome(lookup: lookup, records: nil, at: time)
        }
        let rows = try transaction.rows(
            """
            SELECT p.* FROM prescriptions p
            WHERE p.patient_hash = (SELECT person_number_hash FROM customers WHERE id = ?)
                AND p.is_live = ? AND p.status <> 'invalid'
            ORDER BY p.id DESC LIMIT ?
            """,
            [customer, owner.isLive, Self.maximumRecords])
        let records = try rows.map { row in
            let record = try PrescriptionRow(row)
            return Record(row: record, filing: try FilingRow.current(of: record.id, in: transaction.db))
        }
        var leaf = LeafDraft(kind: .recordRead, subject: id.text, outcome: "records_listed")
        leaf.merchant = owner.merchant
        leaf.customer = customer
        try transaction.appendLeaf(leaf)
        return Outcome(lookup: lookup, records: records, at: time)
    }
}
