package import Lifecycles
package import Vocabulary
import GRDB

extension Transaction {
    /// Whether an authenticator may be used in a flow now: blocked goes before suspended.
    package func standing(
        of customer: CustomerID, kind: AuthenticatorKind, flow: FailureFlow
    ) throws -> AuthenticatorStanding {
        if let blocker = try blocker(of: customer, kind: kind) { return .blocked(by: blocker) }
        let failures = try failures(of: customer, kind: kind, flow: flow)
        return failures?.restsUntil(at: now).map { .suspended(until: $0) } ?? .active
    }

    /// Counts a failure and says how the authenticator stands after it (SCA-10).
    ///
    /// The alert is written with the suspension before the block, so a block without an alert cannot be.
    @discardableResult
    package func noteFailure(
        of customer: CustomerID, kind: AuthenticatorKind, flow: FailureFlow, limit: Int
    ) throws -> AuthenticatorStanding {
        if let blocker = try blocker(of: customer, kind: kind) { return .blocked(by: blocker) }
        var count = try failures(of: customer, kind: kind, flow: flow) ?? .none(at: now)
        let effect = count.fail(limit: kind.failureLimit(configured: limit), at: now)
        switch effect {
        case .resting(let until): return .suspended(until: until)
        case .counted:
            try save(count, of: customer, kind: kind, flow: flow)
            return .active
        case .suspended(let until, let isLast):
            try save(count, of: customer, kind: kind, flow: flow)
            try alert(
                customer, kind: isLast ? .factorAtRisk : .factorSuspended,
                detail: "\(kind.rawValue) \(flow.rawValue)")
            try recordKeyEvent(customer.text, "factor_suspended", of: customer)
            return .suspended(until: until)
        case .blocked:
            try blockAuthenticator(of: customer, kind: kind, by: .failures)
            return .blocked(by: .failures)
        }
    }

    /// Forgets the failures of an authenticator in a flow; called at a full success only (SCA-11).
    package func noteSuccess(of customer: CustomerID, kind: AuthenticatorKind, flow: FailureFlow) throws {
        try execute(
            "DELETE FROM failure_counts WHERE customer = ? AND kind = ? AND flow = ?",
            [customer, kind.rawValue, flow.rawValue])
    }

    /// Who blocked an authenticator, or nil.
    func blocker(of customer: CustomerID, kind: AuthenticatorKind) throws -> AuthenticatorBlocker? {
        let row = try row(
            "SELECT blocked_by FROM authenticators WHERE customer = ? AND kind = ?",
            [customer, kind.rawValue])
        return (row?["blocked_by"] as String?).flatMap { AuthenticatorBlocker(rawValue: $0) }
    }

    private func failures(
        of customer: CustomerID, kind: AuthenticatorKind, flow: FailureFlow
    ) throws -> AuthenticatorFailures? {
        let row = try row(
            """
            SELECT failures, window_started_at, suspended_until, suspensions FROM failure_counts
            WHERE customer = ? AND kind = ? AND flow = ?
            """,
            [customer, kind.rawValue, flow.rawValue])
        return row.map {
            let suspensions: Int = $0["suspensions"]
            let (window, until) = ($0["window_started_at"] as Instant, $0["suspended_until"] as Instant?)
            return AuthenticatorFailures(
                failures: $0["failures"], windowStartedAt: time.end(window, of: window),
                suspendedUntil: until.map {
                    time.end($0, of: AuthenticatorFailures.restBegan(until: $0, suspensions: suspensions))
                }, suspensions: suspensions)
        }
    }

    private func save(
        _ count: AuthenticatorFailures, of customer: CustomerID, kind: AuthenticatorKind, flow: FailureFlow
    ) throws {
        try execute(
            """
            INSERT INTO failure_counts
                (customer, kind, flow, failures, window_started_at, suspended_until, suspensions)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (customer, kind, flow) DO UPDATE SET failures = excluded.failures,
                window_started_at = excluded.window_started_at, suspended_until = excluded.suspended_until,
                suspensions = excluded.suspensions
            """,
            [
                customer, kind.rawValue, flow.rawValue, count.failures, count.windowStartedAt,
                count.suspendedUntil, count.suspensions,
            ])
    }
}
