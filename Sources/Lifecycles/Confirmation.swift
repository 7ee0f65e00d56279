package import Vocabulary

/// The states of a confirmation (SCA-21). All but `pending` are final.
package enum ConfirmationStatus: String, Sendable, Hashable, CaseIterable {
    case pending
    case approved
    case denied
    /// "It was not me".
    case reported
    case expired
    case canceled
    case superseded

    package var isTerminal: Bool { self != .pending }

    package var successors: Set<ConfirmationStatus> {
        self == .pending ? Set(Self.allCases).subtracting([.pending]) : []
    }
}

/// What can end a confirmation.
package enum ConfirmationCommand: Sendable, Hashable {
    /// A device answered; `decline` is what the rules made of it, nil when the payment goes on.
    case answer(Verdict, decline: DeclineReason?)
    /// A factor that may not confirm this was offered (SCA-06).
    case refuseFactor
    /// A factor was blocked, or what was asked is no longer what would be paid (SCA-03).
    case withdraw(DeclineReason)
    case cancel
    case supersede
    case expire
}

/// Why a question cannot be ended this way. A rejection changes nothing.
package enum ConfirmationRejection: Error, Sendable, Hashable {
    case over(ConfirmationStatus)
    case notDue
}

/// The life of a confirmation: how it ended, and for which reason its authorization is declined.
package struct ConfirmationLifecycle: Sendable, Hashable {
    package private(set) var status: ConfirmationStatus
    package private(set) var reason: DeclineReason?
    package let expiresAt: Instant

    package init(status: ConfirmationStatus, reason: DeclineReason?, expiresAt: Instant) {
        self.status = status
        self.reason = reason
        self.expiresAt = expiresAt
    }

    package func isOverdue(at now: Instant) -> Bool { status == .pending && now >= expiresAt }

    /// Carries out one command. Time is checked first: a late answer is refused whether or not anybody has
    /// swept the confirmation yet (SCA-16).
    package mutating func handle(
        _ command: ConfirmationCommand, at now: Instant
    ) throws(ConfirmationRejection) {
        guard status == .pending else { throw .over(status) }
        if command == .expire {
            guard now >= expiresAt else { throw .notDue }
            (status, reason) = (.expired, .confirmationExpired)
            return
        }
        guard now < expiresAt else { throw .over(.expired) }
        (status, reason) = ending(for: command)
    }

    private func ending(for command: ConfirmationCommand) -> (ConfirmationStatus, DeclineReason?) {
        switch command {
        case .answer(.approve, decline: nil): (.approved, nil)
        // One wrong match kills the confirmation (SCA-13).
        case .answer(.approve, decline: .matchCodeWrong): (.denied, .matchCodeWrong)
        case .answer(.approve, decline: .some(let reason)): (.canceled, reason)
        case .answer(.deny, _): (.denied, .confirmationDenied)
        case .answer(.report, _): (.reported, .confirmationReported)
        case .refuseFactor: (.denied, .codeAppRequired)
        case .withdraw(let reason): (.canceled, reason)
        case .cancel: (.canceled, nil)
        case .supersede: (.superseded, nil)
        case .expire: (.expired, .confirmationExpired)
        }
    }
}
