import Foundation
import GRDB
import Lifecycles
package import Vocabulary

/// The pharmacy takes a handover back, with a reason (RX-UNDO). Money goes back by a refund of its own.
package struct UndoHandover: Command {
    package let id: HandoverID
    package let authorization: AuthorizationID
    package let owner: Owner
    package let reason: PlainText
    /// The handover may be used again; else its number stays used up, and other lines stay as they are.
    package let reopen: Bool
    package let key: RequestKey?

    package init(
        id: HandoverID, authorization: AuthorizationID, owner: Owner, reason: PlainText, reopen: Bool,
        key: RequestKey?
    ) {
        self.id = id
        self.authorization = authorization
        self.owner = owner
        self.reason = reason
        self.reopen = reopen
        self.key = key
    }

    package func run(in transaction: Transaction) throws -> WrittenAnswer {
        if case .answered(let first) = try transaction.state(of: key) { return first }
        var found = try transaction.current(authorization, of: owner)
        let known = try transaction.row(
            "SELECT undone_at FROM handovers WHERE id = ? AND authorization = ?", [id, authorization])
        guard let known else { throw Rejection.notFound }
        guard known["undone_at"] as Instant? == nil else { throw Rejection.handover(.undoneAlready) }
        try transaction.note(.handoverUndone, of: &found)
        try transaction.execute(
            "UPDATE handovers SET undone_at = ?, undo_reason = ? WHERE id = ?",
            [transaction.now, reason.text, id])
        let parts = try transaction.rows("SELECT hold, units FROM handover_parts WHERE handover = ?", [id])
        let holds = try HoldRecord.all(of: authorization, in: transaction.db)
        for part in parts {
            guard let hold = holds.first(where: { $0.id.text == part["hold"] }) else { continue }
            try takeBack(hold, units: part["units"], of: found, in: transaction)
        }
        let written = try HandoverReading.find(id, of: authorization, in: transaction.db)
        guard let written else { throw Rejection.notFound }
        return try transaction.answer(.handover(written, isNew: false), for: key)
    }

    private func takeBack(
        _ hold: HoldRecord, units: Int64, of authorization: Authorization, in transaction: Transaction
    ) throws {
        try transaction.execute(
            "UPDATE holds SET units_handed_over = units_handed_over - ? WHERE id = ?", [units, hold.id])
        let isEmpty = hold.unitsHandedOver == units
        if isEmpty, reopen {
            try transaction.execute("UPDATE line_handovers SET status = 'undone' WHERE hold = ?", [hold.id])
        }
        var changing = hold
        if try reopen && mayBeOwed(hold, of: authorization, in: transaction) {
            try transaction.move(&changing, .oweAgain)
        } else if isEmpty {
            try transaction.move(&changing, .giveBack)
        } else if hold.lifecycle.status == .owed {
            // What other parts gave stays given; nothing more comes.
            try transaction.move(&changing, .consume)
        }
        try transaction.settle(hold.prescription)
    }

    /// The customer's money is still here, and the line is not somebody else's by now.
    private func mayBeOwed(
        _ hold: HoldRecord, of authorization: Authorization, in transaction: Transaction
    ) throws -> Bool {
        let sums = authorization.lifecycle.sums
        guard sums.captured > sums.refunded else { return false }
        if hold.lifecycle.status == .owed { return true }
        let record = try transaction.requirePrescription(hold.prescription)
        return try !record.status.isCanceled && isLineFree(hold, in: transaction)
    }

    /// Nobody else holds the line by now; else this order's claim on it is over.
    private func isLineFree(_ hold: HoldRecord, in transaction: Transaction) throws -> Bool {
        try transaction.row(
            """
            SELECT 1 FROM holds WHERE record_key = ? AND line = ? AND ended_at IS NULL AND id <> ?
            """,
            [Data(hold.recordKey), hold.line, hold.id]) == nil
    }
}

extension PrescriptionStatus {
    /// Taken back, or as good as: nothing new is held (RX-CANCEL).
    fileprivate var isCanceled: Bool { self == .canceled || self == .cancelPending }
}
