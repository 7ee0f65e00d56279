package import Vocabulary

/// What can happen to a record after it was filed.
package enum PrescriptionCommand: Sendable, Hashable {
    /// Fresh evidence says that the certificate is good.
    case evidenceFound
    /// A register attested anew that it is open: what was closed or over by the older word is open again.
    case attest
    /// Its prescriber or register took it back, or filed a newer version.
    case cancel(isHeld: Bool)
    /// The last hold on it ended.
    case holdsEnded
    /// Handovers changed: how many lines have begun one, and whether every line is used up.
    case handoversChanged(begun: Int, isUsedUp: Bool)
    /// The last day of its last line is over.
    case expire
}

/// Why a record does not change.
package enum PrescriptionRejection: Error, Sendable, Hashable {
    case over(PrescriptionStatus)
}

/// The life of a prescription record.
package struct PrescriptionLifecycle: Sendable, Hashable {
    package private(set) var status: PrescriptionStatus

    package init(status: PrescriptionStatus) { self.status = status }

    /// How a record begins.
    package init(isAuthentic: Bool, isRevocationKnown: Bool) {
        status = isAuthentic ? (isRevocationKnown ? .open : .pending) : .invalid
    }

    /// Carries out a command; what changes nothing is no error.
    package mutating func handle(_ command: PrescriptionCommand) throws(PrescriptionRejection) {
        switch command {
        case .evidenceFound:
            if status == .pending { status = .open }
        case .attest:
            if status == .closed || status == .expired { status = .open }
        case .cancel(let isHeld):
            guard !status.isTerminal else { throw .over(status) }
            status = isHeld ? .cancelPending : .canceled
        case .holdsEnded:
            if status == .cancelPending { status = .canceled }
        case .handoversChanged(let begun, let isUsedUp):
            guard [.open, .partHandedOver, .closed].contains(status) else { return }
            status = isUsedUp ? .closed : begun > 0 ? .partHandedOver : .open
        case .expire:
            if [.pending, .open, .partHandedOver].contains(status) { status = .expired }
        }
    }
}

extension PrescriptionStatus {
    /// The one table of allowed changes; the schema carries the same table as a trigger.
    package var successors: Set<PrescriptionStatus> {
        switch self {
        case .pending: [.open, .canceled, .cancelPending, .expired]
        case .open, .partHandedOver:
            Set([.open, .partHandedOver, .closed, .cancelPending, .canceled, .expired]).subtracting([self])
        case .closed: [.open, .partHandedOver, .cancelPending, .canceled]
        case .cancelPending: [.canceled]
        case .expired: [.open, .cancelPending, .canceled]
        case .canceled, .invalid: []
        }
    }
}
