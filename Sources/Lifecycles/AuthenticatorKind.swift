package import Vocabulary

/// The kinds of authenticator whose failures are counted apart (SCA-10).
package enum AuthenticatorKind: String, Sendable, Hashable, CaseIterable {
    case password
    case keyCard = "key_card"
    case codeToken = "code_token"
    case app

    /// The kind behind a factor that a customer names.
    package init(_ factor: Factor) {
        self =
            switch factor {
            case .app: .app
            case .keyCard: .keyCard
            case .codeToken: .codeToken
            case .password: .password
            }
    }

    /// The word for it on the wire.
    package var factor: Factor {
        switch self {
        case .app: .app
        case .keyCard: .keyCard
        case .codeToken: .codeToken
        case .password: .password
        }
    }

    /// Failures that suspend it, when the configuration allows so many: a code token rests after three wrong
    /// codes in a row whatever is configured.
    package func failureLimit(configured: Int) -> Int {
        self == .codeToken ? min(3, max(1, configured)) : max(1, configured)
    }
}

/// What the customer was doing when it failed. Each flow counts for itself, so that what one flow is flooded
/// with never closes another (SCA-10).
package enum FailureFlow: String, Sendable, Hashable, CaseIterable {
    case signIn = "sign_in"
    case confirmation
    case enrolment
    case order
}

/// Who put an authenticator out of use for good.
package enum AuthenticatorBlocker: String, Sendable, Hashable, CaseIterable {
    case customer
    case issuer
    /// Too many failures, after an alert.
    case failures
    /// A new password was ordered: the old one ends at once.
    case order
}

/// Whether an authenticator may be used now.
package enum AuthenticatorStanding: Sendable, Hashable {
    case active
    case suspended(until: Instant)
    case blocked(by: AuthenticatorBlocker)

    package var isActive: Bool { self == .active }
}
