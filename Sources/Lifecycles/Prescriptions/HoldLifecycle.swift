package import Vocabulary

/// What can happen to a hold.
package enum HoldCommand: Sendable, Hashable, CaseIterable {
    /// The payment is approved.
    case confirm
    /// Money was captured: the pharmacy owes the medicine.
    case owe
    /// The payment ended without money, or all of it was given back before anything was handed over.
    case release
    /// The payment's time was over.
    case expire
    /// Handed over, whole or final.
    case consume
    /// The handover was undone and the medicine is owed again.
    case oweAgain
    /// The handover was undone and nothing is owed any more.
    case giveBack
}

/// Why a hold does not change. A rejection changes nothing.
package enum HoldRejection: Error, Sendable, Hashable {
    /// It is past the state that the command leads from.
    case over(HoldStatus)
    /// Nothing was captured yet, or it was handed over or released.
    case notOwed(HoldStatus)
    /// No handover can be undone.
    case notConsumed(HoldStatus)
}

/// The life of a hold: reserved with the question, firm with the approval, owed with the first capture
/// (RX-HOLD-TTL). No timer of its own ends it; what it belongs to does.
package struct HoldLifecycle: Sendable, Hashable {
    package private(set) var status: HoldStatus

    package init(status: HoldStatus) { self.status = status }

    package mutating func handle(_ command: HoldCommand) throws(HoldRejection) {
        switch command {
        case .confirm:
            guard status == .reserved else { throw .over(status) }
            status = .firm
        case .owe:
            guard status == .firm || status == .owed else { throw .over(status) }
            status = .owed
        case .release:
            guard status.isActive else { throw .over(status) }
            status = .released
        case .expire:
            guard status == .reserved || status == .firm else { throw .over(status) }
            status = .expired
        case .consume:
            guard status == .owed else { throw .notOwed(status) }
            status = .consumed
        case .oweAgain:
            guard status == .consumed || status == .owed else { throw .notConsumed(status) }
            status = .owed
        case .giveBack:
            guard status == .consumed || status == .owed else { throw .notConsumed(status) }
            status = .released
        }
    }
}

extension AuthorizationEvent {
    /// What a change of the payment means for its holds; nil when they stay as they are.
    package var holdCommand: HoldCommand? {
        switch self {
        case .approved: .confirm
        case .partCaptured, .captured: .owe
        case .declined, .canceled: .release
        case .expired: .expire
        case .created, .processing, .captureStarted, .captureFailed, .refundStarted, .refundFailed, .refunded,
            .released, .handedOver, .handoverUndone:
            nil
        }
    }
}

extension HoldStatus {
    /// The one table of allowed changes; the schema carries the same table as a trigger.
    package var successors: Set<HoldStatus> {
        switch self {
        case .reserved: [.firm, .released, .expired]
        case .firm: [.owed, .released, .expired]
        case .owed: [.consumed, .released]
        case .consumed: [.owed, .released]
        case .released, .expired: []
        }
    }
}
