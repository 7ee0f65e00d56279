import GRDB
import Lifecycles
package import Vocabulary

/// What became of a capture, refund or reversal.
package enum FollowUpResult: Sendable, Hashable {
    case accepted
    /// A yes that may be to less than was asked; the books count the whole, and an operator looks.
    case acceptedInPart(NetworkCode)
    /// No, for good; without a code when it could not even be written.
    case refused(NetworkCode?)
    /// Nobody knows, and it is not asked any more. A capture's or refund's amount stays reserved: only the
    /// bank's books can tell.
    case givenUp

    package var networkCode: NetworkCode? {
        switch self {
        case .accepted, .givenUp: nil
        case .acceptedInPart(let code): code
        case .refused(let code): code
        }
    }

    fileprivate var isAccepted: Bool {
        switch self {
        case .accepted, .acceptedInPart: true
        case .refused, .givenUp: false
        }
    }
}

/// The acquirer's result of a capture, refund or reversal.
package struct SettleFollowUp: Command {
    package let intent: IntentID
    package let result: FollowUpResult

    package init(intent: IntentID, result: FollowUpResult) {
        self.intent = intent
        self.result = result
    }

    package init(intent: IntentID, isAccepted: Bool, networkCode: NetworkCode? = nil) {
        self.init(intent: intent, result: isAccepted ? .accepted : .refused(networkCode))
    }

    private var isAccepted: Bool { result.isAccepted }

    package func run(in transaction: Transaction) throws {
        let intent = try transaction.intent(intent)
        guard try transaction.endIntent(intent.id, as: status, networkCode: result.networkCode) else {
            return
        }
        var authorization = try transaction.authorization(intent.authorization)
        switch intent.kind {
        case _ where result == .givenUp: break
        case .capture: try settleCapture(intent, of: &authorization, in: transaction)
        case .refund: try settleRefund(intent, of: &authorization, in: transaction)
        case .reversal: break
        case .authorize: throw Rejection.authorization(.notProcessing)
        }
        if let note = note(of: intent.kind) { try transaction.recordNote(note, of: authorization) }
    }

    private var status: IntentRecord.Status {
        switch result {
        case .accepted, .acceptedInPart: .accepted
        case .refused: .refused
        case .givenUp: .givenUp
        }
    }

    /// The leaf's word for an end that no state of the authorization tells.
    private func note(of kind: AcquirerCallKind) -> String? {
        switch (result, kind) {
        case (.accepted, .reversal): "reversed"
        case (.refused, .reversal): "reversal_refused"
        case (.acceptedInPart, _): "\(kind.rawValue)_accepted_in_part"
        case (.givenUp, _): "\(kind.rawValue)_given_up"
        case (.accepted, _), (.refused, _): nil
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
