import Foundation
import GRDB
import Lifecycles
import Notation
import Proofs
package import Vocabulary

/// Hands a device the questions that wait for its customer, each as the exact text that this device will
/// sign. The text is stored when it is first fetched (CONTRACT section 5).
package struct FetchStatements: Command {
    package let device: DeviceID

    package init(device: DeviceID) { self.device = device }

    /// One question that waits, with the text that this device will sign.
    package struct Pending: Sendable, Hashable {
        package let id: ConfirmationID
        package let statement: [UInt8]
        package let expiresAt: Instant
    }

    package func run(in transaction: Transaction) throws -> [Pending] {
        let row = try transaction.row("SELECT customer, status FROM devices WHERE id = ?", [device])
        guard let row, let customer = CustomerID(row["customer"]) else { throw Rejection.deviceUnknown }
        guard row["status"] == "active" else { throw Rejection.deviceBlocked }
        guard var pending = try transaction.pendingConfirmation(of: customer) else { return [] }
        if transaction.isOverdue(pending) {
            try transaction.expire(&pending)
            return []
        }
        let statement =
            try transaction.statement(of: pending.id, for: device)
            ?? transaction.storeStatement(of: pending, for: device)
        return [Pending(id: pending.id, statement: statement, expiresAt: pending.lifecycle.expiresAt)]
    }
}

extension Transaction {
    func statement(of confirmation: ConfirmationID, for device: DeviceID) throws -> [UInt8]? {
        let row = try row(
            "SELECT statement FROM statements WHERE confirmation = ? AND device = ?", [confirmation, device])
        return (row?["statement"] as Data?).map { [UInt8]($0) }
    }

    func storeStatement(of confirmation: ConfirmationRecord, for device: DeviceID) throws -> [UInt8] {
        let bytes = try statementBytes(of: confirmation, for: device)
        try execute(
            "INSERT INTO statements (confirmation, device, statement, fetched_at) VALUES (?, ?, ?, ?)",
            [confirmation.id, device, Data(bytes), now])
        return bytes
    }

    private func statementBytes(of confirmation: ConfirmationRecord, for device: DeviceID) throws -> [UInt8] {
        let authorization = try confirmation.authorization.map { try self.authorization($0) }
        let digest = try confirmation.authorization.flatMap { id in
            try row("SELECT order_digest FROM authorizations WHERE id = ?", [id])?["order_digest"] as String?
        }
        let holds = try confirmation.authorization.map { try HoldRecord.all(of: $0, in: db) } ?? []
        return Statement(
            amount: authorization?.money.amountMinor, authorization: authorization?.id,
            card: authorization?.card.short, confirmation: confirmation.id,
            currency: authorization?.money.currency, customer: confirmation.customer, device: device,
            effect: confirmation.signInEffect
                + holds.map { "Bruger udlevering \($0.handover) af \($0.handovers)" },
            expiresAt: confirmation.lifecycle.expiresAt, issuedAt: confirmation.issuedAt,
            kind: confirmation.kind, merchant: confirmation.merchant,
            nonce: Base64URL.encode(context.randomBytes(16)), order: authorization?.order.reference.text,
            orderDigest: digest, patientInitials: patientInitials(in: holds),
            payee: authorization == nil ? nil : confirmation.payee,
            prescriptions: holds.map {
                Statement.PrescriptionUse(
                    record: $0.prescription, version: $0.version, line: $0.line, handover: Int64($0.handover))
            }
        ).canonical()
    }

    /// Whose medicine it is when it is not the payer's; several patients' initials with a space between.
    private func patientInitials(in holds: [HoldRecord]) -> String {
        Set(holds.map(\.patientInitials).filter { !$0.isEmpty }).sorted().joined(separator: " ")
    }
}
