package import Vocabulary

/// What one more failure leads to.
package enum FailureEffect: Sendable, Hashable {
    /// The authenticator is suspended already: nothing was checked, so nothing counts.
    case resting(until: Instant)
    /// It counts; so many more are free.
    case counted(left: Int)
    /// Too many: it rests. `isLast` asks for an alert, because the next failure blocks for good.
    case suspended(until: Instant, isLast: Bool)
    /// Blocked for good; the alert was raised at the suspension before.
    case blocked
}

/// Consecutive failures of one authenticator in one flow (SCA-10; RTS 2018/389 Article 4(3)(b)).
///
/// At most `limit` failures within fifteen minutes, then it rests: fifteen minutes, then thirty, then an
/// hour. With the third rest comes an alert, and the first failure after that blocks for good. Only a full
/// success forgets all of it (SCA-11).
package struct AuthenticatorFailures: Sendable, Hashable {
    package static let windowSeconds = 900
    /// How long the first rest is; each one after it is twice as long.
    package static let restSeconds = 900
    /// The rest with which the alert comes.
    package static let lastRest = 3

    package private(set) var failures: Int
    package private(set) var windowStartedAt: Instant
    package private(set) var suspendedUntil: Instant?
    package private(set) var suspensions: Int

    package init(failures: Int, windowStartedAt: Instant, suspendedUntil: Instant?, suspensions: Int) {
        self.failures = failures
        self.windowStartedAt = windowStartedAt
        self.suspendedUntil = suspendedUntil
        self.suspensions = suspensions
    }

    /// No failure yet.
    package static func none(at now: Instant) -> AuthenticatorFailures {
        AuthenticatorFailures(failures: 0, windowStartedAt: now, suspendedUntil: nil, suspensions: 0)
    }

    /// When the rest began that lasts until a moment: the last of so many.
    package static func restBegan(until: Instant, suspensions: Int) -> Instant {
        until.adding(seconds: -(restSeconds << max(0, suspensions - 1)))
    }

    /// When it may be used again, or nil when it may be used now.
    package func restsUntil(at now: Instant) -> Instant? {
        suspendedUntil.flatMap { now < $0 ? $0 : nil }
    }

    /// Counts one failure.
    package mutating func fail(limit: Int, at now: Instant) -> FailureEffect {
        if let until = restsUntil(at: now) { return .resting(until: until) }
        if suspensions >= Self.lastRest { return .blocked }
        if failures == 0 || now >= windowStartedAt.adding(seconds: Self.windowSeconds) {
            (failures, windowStartedAt) = (0, now)
        }
        failures += 1
        guard failures >= limit else { return .counted(left: limit - failures) }
        let until = now.adding(seconds: Self.restSeconds << suspensions)
        suspensions += 1
        (failures, windowStartedAt, suspendedUntil) = (0, until, until)
        return .suspended(until: until, isLast: suspensions == Self.lastRest)
    }
}
