package import Lifecycles
package import Vocabulary
import GRDB

extension Transaction {
    /// The device of a customer, or nil.
    func device(_ id: DeviceID, of customer: CustomerID) throws -> DeviceLifecycle? {
        guard let row = try deviceRow(id), row["customer"] == customer else { return nil }
        return try life(of: id, row)
    }

    func deviceRow(_ id: DeviceID) throws -> Row? {
        try row("SELECT customer, status, may_confirm_from, created_at FROM devices WHERE id = ?", [id])
    }

    func life(of id: DeviceID, _ row: Row) throws -> DeviceLifecycle {
        guard let status = DeviceStatus(rawValue: row["status"]) else {
            throw LedgerFault.unreadable(table: "devices", id: id.text)
        }
        return DeviceLifecycle(
            id: id, status: status,
            mayConfirmFrom: time.end(row["may_confirm_from"], of: row["created_at"]))
    }

    /// Writes the end of a device.
    func end(_ life: DeviceLifecycle, of customer: CustomerID) throws {
        try execute(
            "UPDATE devices SET status = ?, ended_at = ? WHERE id = ? AND status = 'active'",
            [life.status.rawValue, now, life.id])
        noteChange(of: customer.text)
    }
}

/// One of a customer's apps turns away a newcomer during its hold (SCA-32).
package struct RefuseDevice: Command {
    /// What became of the refusal.
    package enum Outcome: Sendable, Hashable {
        case refused
        /// There is no such device of the same customer.
        case unknown
        case rejected(DeviceRejection)
    }

    let newcomer: DeviceID
    let device: DeviceID

    package init(_ newcomer: DeviceID, by device: DeviceID) {
        self.newcomer = newcomer
        self.device = device
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        guard let row = try transaction.deviceRow(device) else { return .unknown }
        let customer: CustomerID = row["customer"]
        guard row["status"] == "active" else { throw Rejection.deviceBlocked }
        guard var life = try transaction.device(newcomer, of: customer) else { return .unknown }
        do {
            try life.refuse(by: transaction.life(of: device, row), at: transaction.now)
        } catch let rejection as DeviceRejection {
            return .rejected(rejection)
        }
        try transaction.end(life, of: customer)
        try transaction.alert(customer, kind: .deviceRefused, detail: newcomer.text)
        try transaction.recordKeyEvent(newcomer.text, "device_refused", of: customer)
        return .refused
    }
}
