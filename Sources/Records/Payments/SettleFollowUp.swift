import GRDB
import Lifecycles
package import Vocabulary

/// The acquirer's result of a capture, refund or reversal.
package struct SettleFollowUp: Command {
    package let intent: IntentID
    package let isAccepted: Bool
    package let networkCode: NetworkCode?

    package init(intent: IntentID, isAccepted: Bool, networkCode: NetworkCode? = nil) {
        self.intent = intent
        self.isAccepted = isAccepted
        self.networkCode = networkCode
    }

    package func run(in transaction: Transaction) throws {
        let intent = try transaction.intent(intent)
        let status: IntentRecord.Status = isAccepted ? .accepted : .refused
        guard try transaction.endIntent(intent.id, as: status, networkCode: networkCode) else { return }
        var authorization = try transaction.authorization(intent.authorization)
        switch intent.kind {
        case .capture: try settleCapture(intent, of: &authorization, in: transaction)
        case .refund: try settleRefund(intent, of: &authorization, in: transaction)
        case .reversal:
            try transaction.recordNote(isAccepted ? "reversed" : "reversal_refused", of: authorization)
        case .authorize: throw Rejection.authorization(.notProcessing)
        }
    }

    private func settleCapture(
        _ intent: IntentRecord, of authorization: inout Authorization, in transaction: Transaction
    ) throws {
        let events = try transaction.apply(
            .endCapture(amountMinor: intent.amountMinor, isFinal: intent.isFinal, accepted: isAccepted),
            to: &authorization)
        if events.contains(.released) { try transaction.openReversal(of: authorization) }
        guard isAccepted else { return try transaction.release(intent.id) }
        try transaction.complete(intent.id, with: .authorization(authorization, isNew: false))
    }

    private func settleRefund(
        _ intent: IntentRecord, of authorization: inout Authorization, in transaction: Transaction
    ) throws {
        guard let id = intent.refund else {
            throw LedgerFault.unreadable(table: "intents", id: intent.id.text)
        }
        try transaction.apply(
            .endRefund(amountMinor: intent.amountMinor, accepted: isAccepted), to: &authorization)
        let status: RefundStatus = isAccepted ? .succeeded : .failed
        try transaction.execute("UPDATE refunds SET status = ? WHERE id = ?", [status.rawValue, id])
        guard let refund = try RefundReading.find(id, in: transaction.db) else { throw Rejection.notFound }
        try transaction.complete(intent.id, with: .refund(refund))
    }
}
