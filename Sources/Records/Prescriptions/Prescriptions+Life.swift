import GRDB
import Lifecycles
import Notation
package import Vocabulary

extension Transaction {
    /// Carries out a command on a record and writes the change with its leaf; nothing when nothing changes.
    @discardableResult
    func move(
        _ id: PrescriptionID, _ command: PrescriptionCommand, outcome: String? = nil,
        secrets: [LeafSecret] = []
    ) throws -> PrescriptionStatus {
        let found = try requirePrescription(id)
        var life = PrescriptionLifecycle(status: found.status)
        do throws(PrescriptionRejection) {
            try life.handle(command)
        } catch {
            throw Rejection.prescription(error)
        }
        guard life.status != found.status else { return found.status }
        let position = try appendLeaf(
            of: found, outcome ?? life.status.rawValue, after: life.status, secrets: secrets)
        try execute(
            """
            UPDATE prescriptions SET status = ?, last_leaf = ?, tag = tag + 1, updated_at = ? WHERE id = ?
            """,
            [life.status.rawValue, position, now, id])
        noteChange(of: id.text)
        return life.status
    }

    /// Writes the leaf of something that happened to a record and left it as it was.
    func recordNote(_ outcome: String, of record: PrescriptionRow) throws {
        let position = try appendLeaf(of: record, outcome, after: record.status)
        try execute("UPDATE prescriptions SET last_leaf = ? WHERE id = ?", [position, record.id])
    }

    private func appendLeaf(
        of record: PrescriptionRow, _ outcome: String, after status: PrescriptionStatus,
        secrets: [LeafSecret] = []
    ) throws -> Int64 {
        let books = try row("SELECT last_leaf FROM prescriptions WHERE id = ?", [record.id])
        var leaf = LeafDraft(kind: .change, subject: record.id.text, outcome: outcome)
        leaf.merchant = record.owner.merchant
        leaf.stateBefore = record.status.rawValue
        leaf.stateAfter = status.rawValue
        leaf.previous = books?["last_leaf"]
        leaf.secrets = secrets
        return try appendLeaf(leaf)
    }

    /// Takes a record back: at once, or when the order that holds it is done with it (RX-CANCEL).
    func withdraw(_ found: PrescriptionRow, outcome: String, secrets: [LeafSecret] = []) throws {
        guard !found.status.isTerminal, found.status != .cancelPending else { return }
        let held = try row(
            "SELECT 1 FROM holds WHERE prescription = ? AND ended_at IS NULL LIMIT 1", [found.id])
        try move(found.id, .cancel(isHeld: held != nil), outcome: outcome, secrets: secrets)
    }

    /// Writes down which records have run out; reads see it without that (RX-VALID).
    func expirePrescriptions(limit: Int) throws -> Int {
        let over = try rows(
            """
            SELECT id FROM prescriptions
            WHERE status IN ('pending', 'open', 'part_handed_over') AND valid_to < ? LIMIT ?
            """,
            [LocalDate(time.cautiousNow).description, limit])
        for row in over {
            if let id = PrescriptionID(row["id"]) { try move(id, .expire) }
        }
        return over.count
    }

    /// What follows for a record when a hold on it ended or a handover of it changed.
    func settle(_ id: PrescriptionID) throws {
        let found = try requirePrescription(id)
        if found.status == .cancelPending {
            let held = try row(
                "SELECT 1 FROM holds WHERE prescription = ? AND ended_at IS NULL LIMIT 1", [id])
            if held == nil { try move(id, .holdsEnded) }
            return
        }
        // Another version may have other lines: only those that this one was drawn on count here, with all
        // that any version gave of them.
        let count = try row(
            """
            SELECT count(*) AS begun, coalesce(sum(used >= handovers), 0) AS used_up, p.lines FROM (
                SELECT count(*) + CASE p.kind WHEN 'registry' THEN min(l.handover) - 1 ELSE 0 END AS used,
                    own.handovers
                FROM (SELECT line, max(handovers) AS handovers FROM holds
                        WHERE prescription = ?1 GROUP BY line) own
                    JOIN prescriptions p ON p.id = ?1
                    JOIN line_handovers l ON l.record_key = p.record_key AND l.line = own.line
                WHERE l.status = 'done' GROUP BY own.line)
            JOIN prescriptions p ON p.id = ?1
            """, [id])
        let (begun, usedUp, lines): (Int, Int, Int) =
            (count?["begun"] ?? 0, count?["used_up"] ?? 0, count?["lines"] ?? 0)
        try move(id, .handoversChanged(begun: begun, isUsedUp: usedUp > 0 && usedUp >= lines))
    }
}

/// Takes a record back for its prescriber or register, who has signed for it (RX-CANCEL).
package struct CancelPrescription: Command {
    package let id: PrescriptionID
    package let owner: Owner
    /// Keyed hash of who signed the cancellation; must be who signed the record.
    package let signerHash: [UInt8]
    package let recordKey: [UInt8]
    package let version: Int64
    /// SHA-256 of the signed cancellation; goes into the leaf as a commitment.
    package let digest: [UInt8]
    package let key: RequestKey?
    /// For the answer.
    package let recordText: String

    package init(
        id: PrescriptionID, owner: Owner, signerHash: [UInt8], recordKey: [UInt8], version: Int64,
        digest: [UInt8], key: RequestKey?, recordText: String
    ) {
        self.id = id
        self.owner = owner
        self.signerHash = signerHash
        self.recordKey = recordKey
        self.version = version
        self.digest = digest
        self.key = key
        self.recordText = recordText
    }

    package func run(in transaction: Transaction) throws -> WrittenAnswer {
        if case .answered(let first) = try transaction.state(of: key) { return first }
        let found = try transaction.requirePrescription(id)
        guard found.owner.isLive == owner.isLive, found.signerHash == signerHash,
            found.recordKey == recordKey, found.version == version
        else {
            // Without the signer's word another's record is not there.
            throw found.owner == owner ? Rejection.cancellationNotByTheSigner : .notFound
        }
        try transaction.withdraw(
            found, outcome: "canceled_by_signer", secrets: [LeafSecret("cancellation", digest)])
        let now = try transaction.requirePrescription(id)
        let summary = FiledPrescription(
            id: id, record: recordText, version: now.version, kind: now.kind, status: now.status, checks: [])
        return try transaction.answer(.prescription(summary, isNew: false), for: key)
    }
}
