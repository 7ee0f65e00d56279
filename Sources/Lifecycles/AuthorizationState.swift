package import Vocabulary

/// The states of an authorization; each carries exactly what it knows (CONTRACT section 4).
package enum AuthorizationState: Sendable, Hashable {
    case requiresConfirmation
    /// The app approved; the acquirer is being asked.
    case processing(since: Instant)
    case approved(Approval)
    /// Finally captured; whatever was not captured is released.
    case captured(Approval)
    case declined(Decline)
    case canceled
    case expired

    package var status: AuthorizationStatus {
        switch self {
        case .requiresConfirmation: .requiresConfirmation
        case .processing: .processing
        case .approved: .approved
        case .captured: .captured
        case .declined: .declined
        case .canceled: .canceled
        case .expired: .expired
        }
    }
}

/// The word for a state, as it stands on the wire and in the database.
package enum AuthorizationStatus: String, Sendable, Hashable, CaseIterable {
    case requiresConfirmation = "requires_confirmation"
    case processing
    case approved
    case captured
    case declined
    case canceled
    case expired

    /// The states that are never left. `captured` may still change its refunded sum.
    package var isTerminal: Bool {
        switch self {
        case .requiresConfirmation, .processing, .approved: false
        case .captured, .declined, .canceled, .expired: true
        }
    }

    /// The one table of allowed changes of state (PAY-STATE). The schema carries the same table as a trigger.
    package var successors: Set<AuthorizationStatus> {
        switch self {
        case .requiresConfirmation: [.processing, .declined, .canceled]
        case .processing: [.approved, .declined]
        case .approved: [.captured, .canceled, .expired]
        case .captured, .declined, .canceled, .expired: []
        }
    }
}
