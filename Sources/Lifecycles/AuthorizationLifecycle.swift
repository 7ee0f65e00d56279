package import Vocabulary

/// What may be asked of an authorization's life.
package enum AuthorizationCommand: Sendable, Hashable {
    case confirm
    case decline(Decline)
    /// The merchant gives up, or a newer request for the same order takes its place.
    case cancel
    case approve(Approval)
    case beginCapture(amountMinor: Int64, isFinal: Bool)
    case endCapture(amountMinor: Int64, isFinal: Bool, accepted: Bool)
    case beginRefund(amountMinor: Int64)
    case endRefund(amountMinor: Int64, accepted: Bool)
    case expire
}

/// What happened; the names are those of the notices that merchants get.
package enum AuthorizationEvent: String, Sendable, Hashable, CaseIterable {
    case created = "authorization.created"
    case processing = "authorization.processing"
    case approved = "authorization.approved"
    case declined = "authorization.declined"
    case canceled = "authorization.canceled"
    case expired = "authorization.expired"
    case captureStarted = "capture.started"
    case captureFailed = "capture.failed"
    /// Money was captured; more may follow.
    case partCaptured = "authorization.part_captured"
    case captured = "authorization.captured"
    case refundStarted = "refund.started"
    case refundFailed = "refund.failed"
    case refunded = "refund.succeeded"
    /// The rest of the amount was given free at the acquirer.
    case released = "authorization.released"
    /// The pharmacy handed over, in full or in part; or took that back.
    case handedOver = "handover.recorded"
    case handoverUndone = "handover.undone"
}

/// Why a command cannot be carried out in the present state. A rejection changes nothing.
package enum AuthorizationRejection: Error, Sendable, Hashable {
    case notAwaitingConfirmation
    case notProcessing
    case notCapturable
    case notRefundable
    case notCancelable
    case notDeclinable
    case notDue
    case captureOpen
    case amountNotPositive
    case captureAboveAuthorized(capturable: Int64)
    case refundAboveCaptured(refundable: Int64)
}

/// The life of an authorization: where it stands and what it may still do. A value; time comes in as an
/// argument.
package struct AuthorizationLifecycle: Sendable, Hashable {
    package private(set) var state: AuthorizationState
    package private(set) var sums: AuthorizationSums
    /// True from the start of a final capture until the authorization closes or that capture fails: nothing
    /// more may be captured.
    package private(set) var isFinalCaptureOpen: Bool

    package init(state: AuthorizationState, sums: AuthorizationSums, isFinalCaptureOpen: Bool = false) {
        self.state = state
        self.sums = sums
        self.isFinalCaptureOpen = isFinalCaptureOpen
    }

    /// Carries out one command, or says why not.
    package mutating func handle(
        _ command: AuthorizationCommand, at now: Instant
    ) throws(AuthorizationRejection) -> [AuthorizationEvent] {
        switch command {
        case .confirm:
            guard case .requiresConfirmation = state else { throw .notAwaitingConfirmation }
            state = .processing(since: now)
            return [.processing]
        case .decline(let decline):
            guard state.status.successors.contains(.declined) else { throw .notDeclinable }
            state = .declined(decline)
            return [.declined]
        case .approve(let approval):
            guard case .processing = state else { throw .notProcessing }
            state = .approved(approval)
            return [.approved]
        case .cancel: return try cancel()
        case .expire: return try expire(at: now)
        case .beginCapture(let amount, let isFinal):
            return try beginCapture(amount, isFinal: isFinal, at: now)
        case .endCapture(let amount, let isFinal, let accepted):
            return try endCapture(amount, isFinal: isFinal, accepted: accepted)
        case .beginRefund(let amount): return try beginRefund(amount)
        case .endRefund(let amount, let accepted): return try endRefund(amount, accepted: accepted)
        }
    }

    private mutating func cancel() throws(AuthorizationRejection) -> [AuthorizationEvent] {
        switch state {
        case .requiresConfirmation:
            state = .canceled
            return [.canceled]
        case .approved(let approval):
            guard sums.capturing == 0 else { throw .captureOpen }
            return close(approval, uncaptured: .canceled, event: .canceled)
        case .processing, .captured, .declined, .canceled, .expired:
            throw .notCancelable
        }
    }

    private mutating func expire(at now: Instant) throws(AuthorizationRejection) -> [AuthorizationEvent] {
        guard case .approved(let approval) = state, now >= approval.captureBefore else { throw .notDue }
        // No timer ends a payment while an acquirer call is open: its result decides first.
        guard sums.capturing == 0 else { throw .captureOpen }
        return close(approval, uncaptured: .expired, event: .expired)
    }

    /// Ends an approved authorization: what was captured stays, the rest is released.
    private mutating func close(
        _ approval: Approval, uncaptured: AuthorizationState, event: AuthorizationEvent
    ) -> [AuthorizationEvent] {
        if sums.captured > 0 {
            state = .captured(approval)
            return sums.captured < sums.authorized ? [.captured, .released] : [.captured]
        }
        state = uncaptured
        return [event, .released]
    }

    private mutating func beginCapture(
        _ amount: Int64, isFinal: Bool, at now: Instant
    ) throws(AuthorizationRejection) -> [AuthorizationEvent] {
        guard case .approved(let approval) = state, now < approval.captureBefore else { throw .notCapturable }
        guard !isFinalCaptureOpen else { throw .captureOpen }
        // "All that is left" of nothing is too much, not a wrong amount.
        guard sums.capturable > 0 else { throw .captureAboveAuthorized(capturable: 0) }
        guard amount > 0 else { throw .amountNotPositive }
        guard amount <= sums.capturable else { throw .captureAboveAuthorized(capturable: sums.capturable) }
        sums.beginCapture(amount)
        isFinalCaptureOpen = isFinal
        return [.captureStarted]
    }

    private mutating func endCapture(
        _ amount: Int64, isFinal: Bool, accepted: Bool
    ) throws(AuthorizationRejection) -> [AuthorizationEvent] {
        guard amount > 0, amount <= sums.capturing, case .approved(let approval) = state else {
            throw .notCapturable
        }
        guard !isFinal || isFinalCaptureOpen else { throw .notCapturable }
        sums.endCapture(amount, accepted: accepted)
        if isFinal && !accepted { isFinalCaptureOpen = false }
        let events: [AuthorizationEvent] = [accepted ? .partCaptured : .captureFailed]
        // A final capture closes once nothing else is under way, whichever ends last; a full one is final
        // whatever was asked.
        guard sums.capturing == 0 else { return events }
        let isOver = sums.captured > 0 && (isFinalCaptureOpen || sums.captured == sums.authorized)
        isFinalCaptureOpen = false
        guard isOver else { return events }
        let ending = close(approval, uncaptured: state, event: .captured)
        return accepted ? ending : events + ending
    }

    private mutating func beginRefund(_ amount: Int64) throws(AuthorizationRejection) -> [AuthorizationEvent]
    {
        guard sums.captured > 0 else { throw .notRefundable }
        guard sums.refundable > 0 else { throw .refundAboveCaptured(refundable: 0) }
        guard amount > 0 else { throw .amountNotPositive }
        guard amount <= sums.refundable else { throw .refundAboveCaptured(refundable: sums.refundable) }
        sums.beginRefund(amount)
        return [.refundStarted]
    }

    private mutating func endRefund(
        _ amount: Int64, accepted: Bool
    ) throws(AuthorizationRejection) -> [AuthorizationEvent] {
        guard amount > 0, amount <= sums.refunding else { throw .notRefundable }
        sums.endRefund(amount, accepted: accepted)
        return [accepted ? .refunded : .refundFailed]
    }
}
