package import Decisions
package import Vocabulary
import GRDB
import Lifecycles

extension Transaction {
    /// What is known of a customer's means to confirm, as it stands now.
    ///
    /// A password that was blocked by wrong guesses is not counted as blocked: wrong passwords, which anybody
    /// can type, must never keep a customer from paying (SCA-10).
    package func customerFacts(_ id: CustomerID) throws -> CustomerFacts {
        let customer = try row(
            """
            SELECT blocked_at, certificate, reported_until,
                (SELECT blocked_by FROM authenticators WHERE customer = customers.id AND kind = 'password')
                    AS password_blocked_by,
                (SELECT status FROM authenticators WHERE customer = customers.id AND kind = 'app') AS app,
                (SELECT suspended_until FROM failure_counts
                    WHERE customer = customers.id AND kind = 'app' AND flow = 'confirmation')
                    AS app_rests_until,
                (SELECT suspensions FROM failure_counts
                    WHERE customer = customers.id AND kind = 'app' AND flow = 'confirmation') AS app_rests,
                CASE WHEN reported_until IS NOT NULL THEN (SELECT max(created_at) FROM alerts
                    WHERE customer = customers.id AND kind = 'confirmation_reported') END AS reported_at
            FROM customers WHERE id = ?
            """, [id])
        guard let customer else { throw LedgerFault.unreadable(table: "customers", id: id.text) }
        let isReady = time.isOver("may_confirm_from", of: "created_at")
        let devices = try row(
            """
            SELECT coalesce(sum(\(isReady.sql)), 0) AS ready,
                coalesce(sum(NOT \(isReady.sql)), 0) AS held
            FROM devices WHERE customer = ? AND status = 'active'
            """, [id] + isReady.arguments)
        let passwordBlocker = (customer["password_blocked_by"] as String?).flatMap {
            AuthenticatorBlocker(rawValue: $0)
        }
        return CustomerFacts(
            isBlocked: customer["blocked_at"] != nil,
            isPasswordBlocked: passwordBlocker.map { $0 != .failures } ?? false,
            isCertificateBlocked: customer["certificate"] as String? == "blocked",
            isAppBlocked: customer["app"] as String? == "blocked",
            appSuspendedUntil: (customer["app_rests_until"] as Instant?).map { until in
                let rests = customer["app_rests"] as Int? ?? 1
                return time.end(until, of: AuthenticatorFailures.restBegan(until: until, suspensions: rests))
            },
            reportedUntil: (customer["reported_until"] as Instant?).map {
                time.end($0, of: customer["reported_at"] ?? $0)
            },
            readyDevices: devices?["ready"] ?? 0,
            devicesOnHold: devices?["held"] ?? 0)
    }
}
