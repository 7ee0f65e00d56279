import Lifecycles
import Vocabulary

/// Noon, 22 November 2026, in Greenwich; every test tells its own time from here.
let today = Instant(milliseconds: 1_795_348_800_000)

/// The moment after which nothing may be captured.
let captureBefore = today.adding(days: 7)

let approval = Approval(code: "A1B2C3", at: today, captureBefore: captureBefore)
let decline = Decline(reason: .insufficientFunds, networkCode: .insufficientFunds)

/// An authorization's life of 100 minor units in a state, with what is captured, refunded and under way.
func life(
    _ status: AuthorizationStatus, captured: Int64 = 0, capturing: Int64 = 0, refunded: Int64 = 0,
    refunding: Int64 = 0, isFinalOpen: Bool = false
) -> AuthorizationLifecycle {
    let state: AuthorizationState =
        switch status {
        case .requiresConfirmation: .requiresConfirmation
        case .processing: .processing(since: today)
        case .approved: .approved(approval)
        case .captured: .captured(approval)
        case .declined: .declined(decline)
        case .canceled: .canceled
        case .expired: .expired
        }
    return AuthorizationLifecycle(
        state: state,
        sums: AuthorizationSums(
            authorized: 100, captured: captured, capturing: capturing, refunded: refunded,
            refunding: refunding),
        isFinalCaptureOpen: isFinalOpen)
}

/// A life in a state as it usually stands there: a captured one has 60 of its 100 captured.
func usualLife(_ status: AuthorizationStatus) -> AuthorizationLifecycle {
    status == .captured ? life(.captured, captured: 60) : life(status)
}

/// What a command led to: the state and the events, or the rejection.
enum Outcome: Sendable, Hashable {
    case to(AuthorizationStatus, [AuthorizationEvent])
    case no(AuthorizationRejection)
}

extension AuthorizationLifecycle {
    mutating func outcome(of command: AuthorizationCommand, at now: Instant = today) -> Outcome {
        do {
            let events = try handle(command, at: now)
            return .to(state.status, events)
        } catch {
            return .no(error)
        }
    }

    /// The five sums as one line, to compare at a glance.
    var figures: String {
        "\(sums.captured)+\(sums.capturing)/\(sums.authorized) \(sums.refunded)+\(sums.refunding)"
    }
}
