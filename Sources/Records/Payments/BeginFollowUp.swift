import GRDB
import Lifecycles
package import Vocabulary

/// How far a capture or refund got: answered before, under way already, or begun now.
package enum FollowUpStart: Sendable, Hashable {
    case replay(WrittenAnswer)
    case underWay(IntentID)
    case begun(IntentID)
}

/// Reserves an amount and records the intent to capture it; the amount counts as used from here on
/// (ACQ-ONCE).
package struct BeginCapture: Command {
    package let id: AuthorizationID
    package let owner: Owner
    /// Minor units; nil for all that is left.
    package let amountMinor: Int64?
    package let isFinal: Bool
    package let key: RequestKey?

    package init(id: AuthorizationID, owner: Owner, amountMinor: Int64?, isFinal: Bool, key: RequestKey?) {
        self.id = id
        self.owner = owner
        self.amountMinor = amountMinor
        self.isFinal = isFinal
        self.key = key
    }

    package func run(in transaction: Transaction) throws -> FollowUpStart {
        if let known = try transaction.start(of: key) { return known }
        var authorization = try transaction.current(id, of: owner)
        try transaction.checkCapturable(id)
        let amount = amountMinor ?? authorization.lifecycle.sums.capturable
        let intent = try transaction.beginCapture(amount, isFinal: isFinal, of: &authorization)
        try transaction.hold(key, for: intent)
        return .begun(intent)
    }
}

/// Reserves an amount and records the intent to give it back.
package struct BeginRefund: Command {
    package let id: AuthorizationID
    package let owner: Owner
    /// Minor units; nil for all that is captured and not refunded.
    package let amountMinor: Int64?
    package let reason: PlainText?
    package let key: RequestKey?

    package init(id: AuthorizationID, owner: Owner, amountMinor: Int64?, reason: PlainText?, key: RequestKey?)
    {
        self.id = id
        self.owner = owner
        self.amountMinor = amountMinor
        self.reason = reason
        self.key = key
    }

    package func run(in transaction: Transaction) throws -> FollowUpStart {
        if let known = try transaction.start(of: key) { return known }
        var authorization = try transaction.current(id, of: owner)
        let amount = amountMinor ?? authorization.lifecycle.sums.refundable
        try transaction.apply(.beginRefund(amountMinor: amount), to: &authorization)
        let refund: RefundID = transaction.makeID()
        try transaction.execute(
            """
            INSERT INTO refunds (id, authorization, amount, reason, status, created_at)
            VALUES (?, ?, ?, ?, 'pending', ?)
            """,
            [refund, id, amount, reason?.text, transaction.now])
        let intent = try transaction.openIntent(.refund, amountMinor: amount, of: id, refund: refund)
        try transaction.hold(key, for: intent)
        return .begun(intent)
    }
}

/// Gives up what is not captured (PAY-CANCEL).
package struct CancelAuthorization: Command {
    package let id: AuthorizationID
    package let owner: Owner
    /// The merchant's own words, kept for the auditor.
    package let reason: PlainText?
    package let key: RequestKey?

    package init(id: AuthorizationID, owner: Owner, reason: PlainText? = nil, key: RequestKey?) {
        self.id = id
        self.owner = owner
        self.reason = reason
        self.key = key
    }

    package func run(in transaction: Transaction) throws -> WrittenAnswer {
        if case .answered(let first) = try transaction.state(of: key) { return first }
        var authorization = try transaction.current(id, of: owner)
        try transaction.cancel(&authorization)
        if let reason {
            try transaction.execute(
                "UPDATE authorizations SET cancel_reason = ? WHERE id = ?", [reason.text, id])
        }
        return try transaction.answer(.authorization(authorization, isNew: false), for: key)
    }
}

extension Transaction {
    func beginCapture(
        _ amount: Int64, isFinal: Bool, of authorization: inout Authorization
    ) throws -> IntentID {
        try apply(.beginCapture(amountMinor: amount, isFinal: isFinal), to: &authorization)
        return try openIntent(.capture, amountMinor: amount, of: authorization.id, isFinal: isFinal)
    }

    /// Cancels, ends the question that waits, and takes back what the bank holds.
    func cancel(_ authorization: inout Authorization) throws {
        if let summary = authorization.confirmation, summary.status == .pending,
            var confirmation = try confirmation(summary.id)
        {
            try close(&confirmation, by: .cancel)
            authorization.confirmation = ConfirmationSummary(
                id: summary.id, status: confirmation.lifecycle.status, expiresAt: summary.expiresAt)
        }
        let events = try apply(.cancel, to: &authorization)
        if events.contains(.released) { try openReversal(of: authorization) }
    }

    fileprivate func start(of key: RequestKey?) throws -> FollowUpStart? {
        switch try state(of: key) {
        case .unused: nil
        case .inFlight(let intent): .underWay(intent)
        case .answered(let first): .replay(first)
        }
    }
}
