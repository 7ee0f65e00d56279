import GRDB
import Lifecycles
import Vocabulary

extension Transaction {
    /// Puts one authenticator out of use at once, whoever asks for it.
    ///
    /// Blocking the app ends every device: should the app be taken into use again, a lost telephone stays
    /// out. A question that is still open ends with it.
    func blockAuthenticator(
        of customer: CustomerID, kind: AuthenticatorKind, by blocker: AuthenticatorBlocker
    ) throws {
        try execute(
            """
            INSERT INTO authenticators (customer, kind, status, blocked_by, updated_at)
            VALUES (?, ?, 'blocked', ?, ?)
            ON CONFLICT (customer, kind) DO UPDATE SET status = 'blocked', blocked_by = excluded.blocked_by,
                updated_at = excluded.updated_at
            WHERE status = 'active' OR blocked_by = 'failures' OR excluded.blocked_by = 'issuer'
            """,
            [customer, kind.rawValue, blocker.rawValue, now])
        switch kind {
        case .keyCard:
            try execute(
                "UPDATE key_cards SET status = 'blocked' WHERE customer = ? AND status = 'active'", [customer]
            )
        case .app:
            try execute(
                """
                UPDATE devices SET status = 'revoked', ended_at = ? WHERE customer = ? AND status = 'active'
                """,
                [now, customer])
        case .password, .codeToken: break
        }
        // What an operator signs in with; wrong guesses take nothing from whoever is signed in.
        if kind == .password || kind == .app, blocker != .failures {
            try endOperatorSessions(identity: customer)
        }
        try alert(customer, kind: .factorBlocked, detail: "\(kind.rawValue) by \(blocker.rawValue)")
        try recordKeyEvent(customer.text, "\(kind.rawValue)_blocked_by_\(blocker.rawValue)", of: customer)
    }

    /// Takes an authenticator into use again after its customer registered anew. What the issuer blocked
    /// stays so.
    ///
    /// One that was not blocked keeps its count of failures (SCA-11). The sessions that it opened end: it may
    /// have been stolen before it was blocked. Wrong guesses are somebody else's doing and end none.
    func reactivate(_ kind: AuthenticatorKind, of customer: CustomerID) throws {
        let blocker = try blocker(of: customer, kind: kind)
        let wasBlocked = try changesOne(
            """
            UPDATE authenticators SET status = 'active', blocked_by = NULL, updated_at = ?
            WHERE customer = ? AND kind = ? AND status = 'blocked' AND blocked_by <> 'issuer'
            """,
            [now, customer, kind.rawValue])
        guard wasBlocked else { return }
        if blocker != .failures { try endSessions(of: customer, openedWith: kind) }
        try execute(
            "DELETE FROM failure_counts WHERE customer = ? AND kind = ?", [customer, kind.rawValue])
    }
}
