import Foundation
package import GRDB
package import Lifecycles
package import Vocabulary

/// A pharmacy's look-up as it is stored, with the state of its question.
package struct LookupRow: Sendable, Hashable {
    package let id: LookupID
    package let owner: Owner
    package let confirmation: ConfirmationID
    /// Nil for one that can never succeed.
    package let customer: CustomerID?
    package let keyCard: KeyCardID?
    package let keyNumber: String
    /// The pharmacy's name as it was when it asked.
    package let payee: String
    package let createdAt: Instant
    package let expiresAt: Instant
    package let openUntil: Instant?
    /// As written down; one that is overdue may still read `pending`.
    private let storedStatus: ConfirmationStatus
    /// Grows with each change of the patient's records.
    private let recordTags: Int

    fileprivate init(_ row: Row) throws {
        let text: String = row["id"]
        let status = (row["status"] as String?) ?? row["ended_as"] ?? ConfirmationStatus.pending.rawValue
        guard let id = LookupID(text), let merchant = MerchantID(row["merchant"]),
            let confirmation = ConfirmationID(row["confirmation"]),
            let storedStatus = ConfirmationStatus(rawValue: status)
        else { throw LedgerFault.unreadable(table: "prescription_lookups", id: text) }
        self.id = id
        owner = Owner(merchant: merchant, isLive: row["is_live"])
        self.confirmation = confirmation
        customer = row["customer"]
        keyCard = row["key_card"]
        keyNumber = row["key_number"]
        payee = row["payee"]
        createdAt = row["created_at"]
        expiresAt = row["expires_at"]
        openUntil = row["open_until"]
        self.storedStatus = storedStatus
        recordTags = row["record_tags"]
    }

    /// How the question stands. An expiry that nobody has written down yet reads like one that is written.
    package func status(at time: ServerTime) -> ConfirmationStatus {
        storedStatus == .pending && time.now(for: createdAt) >= expiresAt ? .expired : storedStatus
    }

    /// Differs when the page of the question would show something else.
    package func pageVersion(at time: ServerTime) -> Int { status(at: time) == .pending ? 1 : 2 }

    /// The look-up without its records.
    package func lookup(at time: ServerTime, records: [PrescriptionSummary]? = nil) -> PrescriptionLookup {
        let question = status(at: time)
        let opened = openUntil?.adding(seconds: -PrescriptionLookup.openSeconds)
        let status = LookupStatus(
            question, openUntil: openUntil, at: opened.map { time.now(for: $0) } ?? time.now)
        return PrescriptionLookup(
            id: id,
            confirmation: ConfirmationSummary(id: confirmation, status: question, expiresAt: expiresAt),
            keyNumber: keyNumber, status: status, openUntil: openUntil, records: records,
            version: version(status))
    }

    /// Even numbers from 2 on are taken by the records of an approved look-up.
    private func version(_ status: LookupStatus) -> Int {
        switch status {
        case .pending: 1
        case .declined, .expired: 2
        case .approved: 2 + 2 * recordTags
        case .closed: 3
        }
    }

    private static let selection = """
        SELECT l.*, c.status, (
            SELECT coalesce(sum(p.tag), 0) FROM customers k JOIN prescriptions p
            ON p.patient_hash = k.person_number_hash AND p.is_live = l.is_live AND p.status <> 'invalid'
            WHERE k.id = l.customer) AS record_tags
        FROM prescription_lookups l LEFT JOIN confirmations c ON c.id = l.confirmation
        """

    /// A pharmacy's own look-up; everybody else's do not exist for it.
    package static func find(_ id: LookupID, of owner: Owner, in db: Database) throws -> LookupRow? {
        let statement = try db.cachedStatement(
            sql: selection + " WHERE l.id = ? AND l.merchant = ? AND l.is_live = ?")
        return try Row.fetchOne(statement, arguments: [id, owner.merchant, owner.isLive]).map(LookupRow.init)
    }

    /// The look-up that a question belongs to; nil when it is about something else.
    package static func find(_ confirmation: ConfirmationID, in db: Database) throws -> LookupRow? {
        let statement = try db.cachedStatement(sql: selection + " WHERE l.confirmation = ?")
        return try Row.fetchOne(statement, arguments: [confirmation]).map(LookupRow.init)
    }

    /// Whether a pharmacy has an approved look-up of this patient that is still open.
    package static func isOpen(
        for owner: Owner, patientHash: [UInt8], at time: ServerTime, in db: Database
    ) throws -> Bool {
        let isOver = time.isOver(
            "l.open_until", of: "l.open_until - \(PrescriptionLookup.openSeconds * 1_000)")
        let statement = try db.cachedStatement(
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM customers k JOIN prescription_lookups l ON l.customer = k.id
                    WHERE k.person_number_hash = ? AND l.merchant = ? AND l.is_live = ?
                        AND l.open_until IS NOT NULL AND NOT \(isOver.sql))
                """)
        let arguments: StatementArguments = [Data(patientHash), owner.merchant, owner.isLive]
        return try Bool.fetchOne(statement, arguments: arguments + isOver.arguments) ?? false
    }
}

extension Ledger {
    /// The look-up that a question belongs to; nil when it is about something else.
    package func lookup(askedBy confirmation: ConfirmationID) async throws -> LookupRow? {
        try await read { db in try LookupRow.find(confirmation, in: db) }
    }
}

extension Transaction {
    /// The question of a look-up is over: whoever waits for the look-up is told, and an approval opens the
    /// records for a while, in the transaction that ends the question.
    func lookupEnded(_ confirmation: ConfirmationRecord) throws {
        guard let subject = confirmation.subject else { return }
        noteChange(of: subject)
        guard confirmation.lifecycle.status == .approved else { return }
        try execute(
            "UPDATE prescription_lookups SET open_until = ? WHERE confirmation = ?",
            [now.adding(seconds: PrescriptionLookup.openSeconds), confirmation.id])
        var leaf = LeafDraft(kind: .change, subject: subject, outcome: "lookup_approved")
        leaf.merchant = confirmation.merchant
        leaf.confirmation = confirmation.lifecycle.status.rawValue
        leaf.customer = confirmation.customer
        try appendLeaf(leaf)
    }
}
