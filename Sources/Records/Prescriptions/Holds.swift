import Decisions
import Foundation
import GRDB
import Lifecycles
import Vocabulary

/// A hold as the writer sees it.
struct HoldRecord {
    let id: HoldID
    let authorization: AuthorizationID
    let orderLine: Int
    let prescription: PrescriptionID
    let recordKey: [UInt8]
    let line: String
    let handover: Int
    let handovers: Int
    let units: Int64
    let unitsHandedOver: Int64
    let relation: RelationID?
    let version: Int64
    let quantity: Int
    let patientInitials: String
    var lifecycle: HoldLifecycle

    init(_ row: Row) throws {
        let text: String = row["id"]
        guard let id = HoldID(text), let authorization = AuthorizationID(row["authorization"]),
            let prescription = PrescriptionID(row["prescription"]),
            let status = HoldStatus(rawValue: row["status"])
        else { throw LedgerFault.unreadable(table: "holds", id: text) }
        self.id = id
        self.authorization = authorization
        orderLine = row["order_line"]
        self.prescription = prescription
        recordKey = [UInt8](row["record_key"] as Data)
        line = row["line"]
        handover = row["handover"]
        handovers = row["handovers"]
        units = row["units"]
        unitsHandedOver = row["units_handed_over"]
        relation = (row["relation"] as String?).flatMap { RelationID($0) }
        version = row["version"]
        quantity = row["quantity"]
        patientInitials = row["patient_initials"]
        lifecycle = HoldLifecycle(status: status)
    }

    var summary: HoldSummary {
        HoldSummary(
            id: id, prescription: prescription, version: version, line: line, orderLine: orderLine,
            status: lifecycle.status, handover: handover, handovers: handovers, quantity: quantity,
            unitThousandths: units, handedOverThousandths: unitsHandedOver)
    }

    static func all(of authorization: AuthorizationID, in db: Database) throws -> [HoldRecord] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM holds WHERE authorization = ? ORDER BY order_line")
        return try Row.fetchAll(statement, arguments: [authorization]).map(HoldRecord.init)
    }
}

extension Transaction {
    /// Takes the holds of a new authorization. The unique index refuses a second one on a line (RX-LAST).
    func reserve(_ drawn: [DrawnRecord], for authorization: AuthorizationID) throws {
        for record in drawn {
            guard let version = record.row.version,
                let number = try LineUses.nextNumber(of: record.line, recordKey: record.recordKey, in: db)
            else { throw LedgerFault.unreadable(table: "prescriptions", id: record.row.id.text) }
            // Fresh evidence came with this order: what waited for it is open now.
            if record.row.status == .pending { try move(record.row.id, .evidenceFound) }
            let id: HoldID = makeID()
            try execute(
                """
                INSERT INTO holds (id, authorization, order_line, prescription, version, record_key, line,
                    handover, handovers, quantity, units, relation, patient_initials, status, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'reserved', ?)
                """,
                [
                    id, authorization, record.orderLine, record.row.id, version, Data(record.recordKey),
                    record.line.id, number, record.line.handovers, record.quantity, record.units,
                    record.relation, record.patientInitials, now,
                ])
            try leaf(ofHold: id, recordKey: record.recordKey, from: nil, to: .reserved)
            noteChange(of: record.row.id.text)
        }
    }

    /// Holds follow their payment: one hook for every way a payment can change.
    func moveHolds(of authorization: Authorization, by events: [AuthorizationEvent]) throws {
        // Most payments hold nothing, and are not to pay for those that do.
        guard !authorization.holds.isEmpty else { return }
        let commands = events.compactMap(\.holdCommand)
        if !commands.isEmpty {
            for hold in try HoldRecord.all(of: authorization.id, in: db)
            where hold.lifecycle.status.isActive {
                var changing = hold
                for command in commands { try move(&changing, command) }
            }
        }
        if events.contains(.refunded) || events.contains(.captured) {
            try endRefundedHolds(of: authorization)
        }
    }

    func move(_ hold: inout HoldRecord, _ command: HoldCommand) throws {
        let before = hold.lifecycle.status
        do throws(HoldRejection) {
            try hold.lifecycle.handle(command)
        } catch {
            throw Rejection.hold(error)
        }
        let after = hold.lifecycle.status
        guard after != before else { return }
        try execute(
            "UPDATE holds SET status = ?, ended_at = ? WHERE id = ?",
            [after.rawValue, after.isActive ? nil : now, hold.id])
        try leaf(ofHold: hold.id, recordKey: hold.recordKey, from: before, to: after)
        if !after.isActive { try settle(hold.prescription) }
        noteChange(of: hold.prescription.text)
    }

    private func leaf(
        ofHold id: HoldID, recordKey: [UInt8], from before: HoldStatus?, to after: HoldStatus
    ) throws {
        var leaf = LeafDraft(kind: .change, subject: id.text, outcome: after.rawValue)
        leaf.stateBefore = before?.rawValue
        leaf.stateAfter = after.rawValue
        leaf.secrets = [LeafSecret("record", recordKey)]
        try appendLeaf(leaf)
    }

    /// Whether what a pharmacy's payment rests on still stands; nil for a payment without prescriptions.
    func pharmacyStanding(of authorization: AuthorizationID) throws -> PharmacyStanding? {
        let count = try row("SELECT prescription_lines FROM authorizations WHERE id = ?", [authorization])
        let lines: Int = count?["prescription_lines"] ?? 0
        guard lines > 0 else { return nil }
        let active = try HoldRecord.all(of: authorization, in: db).filter(\.lifecycle.status.isActive)
        return PharmacyStanding(
            isRelationGood: try active.compactMap(\.relation).allSatisfy {
                try RelationReading.isGood($0, on: LocalDate(now), in: db)
            },
            areHoldsActive: active.count == lines,
            // Where money was taken already, the medicine is owed whatever comes to light.
            areSignersGood: try active.allSatisfy {
                try $0.lifecycle.status == .owed
                    || !requirePrescription($0.prescription).isSignerRevoked(in: db)
            })
    }

    /// Before money is taken for it: the holds are there, and the relation still stands (RX-PROXY).
    func checkCapturable(_ authorization: AuthorizationID) throws {
        guard let standing = try pharmacyStanding(of: authorization) else { return }
        // After a final handover, what was handed over is still to be paid for.
        let owes = try standing.areHoldsActive || hasUsedHold(authorization)
        guard owes, standing.isRelationGood, standing.areSignersGood else { throw Rejection.holdEnded }
    }

    /// Something is owed or was handed over, whatever became of the other lines.
    private func hasUsedHold(_ authorization: AuthorizationID) throws -> Bool {
        try HoldRecord.all(of: authorization, in: db).contains {
            $0.lifecycle.status == .owed || $0.lifecycle.status == .consumed
        }
    }

    /// All the money was given back: nothing is owed any more. What was handed over in part stays so.
    func endRefundedHolds(of authorization: Authorization) throws {
        let sums = authorization.lifecycle.sums
        guard authorization.status == .captured, sums.captured == sums.refunded else { return }
        for hold in try HoldRecord.all(of: authorization.id, in: db) where hold.lifecycle.status == .owed {
            var changing = hold
            try move(&changing, hold.unitsHandedOver == 0 ? .release : .consume)
        }
    }

    /// Writes down that a hold on a record line is over, if its payment's time is (RX-HOLD-TTL): a swept and
    /// a not yet swept one are the same to the next order.
    func expireDueHold(on recordKey: [UInt8], line: String) throws {
        let held = try row(
            "SELECT authorization FROM holds WHERE record_key = ? AND line = ? AND ended_at IS NULL",
            [Data(recordKey), line])
        guard let id = (held?["authorization"] as String?).flatMap({ AuthorizationID($0) }) else { return }
        _ = try expireIfDue(try authorization(id))
    }
}
