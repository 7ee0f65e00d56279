import Decisions
import GRDB
package import Lifecycles
package import Vocabulary

/// A question before it is put to a customer.
package struct NewConfirmation: Sendable {
    package let kind: ConfirmationKind
    package let authorization: AuthorizationID?
    /// The id of what else is confirmed: a sign-in, a look-up.
    package let subject: String?
    package let customer: CustomerID
    package let merchant: MerchantID
    package let payee: DisplayName
    package let seconds: Int

    package init(
        kind: ConfirmationKind, authorization: AuthorizationID?, subject: String?, customer: CustomerID,
        merchant: MerchantID, payee: DisplayName, seconds: Int
    ) {
        self.kind = kind
        self.authorization = authorization
        self.subject = subject
        self.customer = customer
        self.merchant = merchant
        self.payee = payee
        self.seconds = seconds
    }
}

/// A confirmation as the writer sees it.
package struct ConfirmationRecord: Sendable, Hashable {
    package let id: ConfirmationID
    package let kind: ConfirmationKind
    package let authorization: AuthorizationID?
    package let subject: String?
    package let customer: CustomerID
    package let merchant: MerchantID
    package let payee: String
    package let issuedAt: Instant
    package let version: Int
    package var lifecycle: ConfirmationLifecycle

    init(_ row: Row) throws {
        let text: String = row["id"]
        guard let id = ConfirmationID(text), let kind = ConfirmationKind(rawValue: row["kind"]),
            let customer = CustomerID(row["customer"]), let merchant = MerchantID(row["merchant"]),
            let status = ConfirmationStatus(rawValue: row["status"])
        else { throw LedgerFault.unreadable(table: "confirmations", id: text) }
        self.id = id
        self.kind = kind
        authorization = (row["authorization"] as String?).flatMap { AuthorizationID($0) }
        subject = row["subject"]
        self.customer = customer
        self.merchant = merchant
        payee = row["payee"]
        issuedAt = row["issued_at"]
        version = row["version"]
        lifecycle = ConfirmationLifecycle(
            status: status, reason: (row["reason"] as String?).flatMap { DeclineReason(rawValue: $0) },
            expiresAt: row["expires_at"])
    }
}

extension Transaction {
    /// Puts a question. The unique index refuses a second live one for the same customer (SCA-12).
    package func openConfirmation(_ new: NewConfirmation) throws -> ConfirmationSummary {
        let id: ConfirmationID = makeID()
        let expiresAt = now.adding(seconds: new.seconds)
        try execute(
            """
            INSERT INTO confirmations (id, kind, authorization, subject, customer, merchant, payee, status,
                issued_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?)
            """,
            [
                id, new.kind.rawValue, new.authorization, new.subject, new.customer, new.merchant,
                new.payee.text, now, expiresAt,
            ])
        noteChange(of: new.customer.text)
        return ConfirmationSummary(id: id, status: .pending, expiresAt: expiresAt)
    }

    package func confirmation(_ id: ConfirmationID) throws -> ConfirmationRecord? {
        let found = try row("SELECT * FROM confirmations WHERE id = ?", [id]).map(ConfirmationRecord.init)
        if let authorization = found?.authorization { try witness(authorization) }
        return found
    }

    /// The live question of a customer, if there is one.
    package func pendingConfirmation(of customer: CustomerID) throws -> ConfirmationRecord? {
        try row("SELECT * FROM confirmations WHERE customer = ? AND status = 'pending'", [customer])
            .map(ConfirmationRecord.init)
    }

    /// Ends the live question of a customer because something was blocked; its payment is declined.
    package func endPendingConfirmation(of customer: CustomerID, reason: DeclineReason) throws {
        guard var pending = try pendingConfirmation(of: customer) else { return }
        if isOverdue(pending) { return try expire(&pending) }
        try end(&pending, by: .withdraw(reason), facts: endingFacts(pending, withdrawnFor: reason))
    }

    /// Ends a question without an answer, and declines its authorization for the reason that the rules give.
    func end(
        _ confirmation: inout ConfirmationRecord, by command: ConfirmationCommand, facts: EndingFacts
    ) throws {
        try close(&confirmation, by: command)
        guard let id = confirmation.authorization else { return }
        let decision = RuleSet.ending.decide(facts, at: now)
        guard let reason = decision.decline else { return }
        var authorization = try authorization(id)
        let draft = try DecisionDraft(.answer, decision, otherwise: "go_on")
        try apply(.decline(Decline(reason: reason)), to: &authorization, decision: draft)
    }

    /// Moves a confirmation to a final state.
    func close(
        _ confirmation: inout ConfirmationRecord, by command: ConfirmationCommand, device: DeviceID? = nil
    ) throws {
        do throws(ConfirmationRejection) {
            try confirmation.lifecycle.handle(command, at: time.now(for: confirmation.issuedAt))
        } catch {
            if case .over(let status) = error { throw Rejection.confirmationOver(status) }
            throw Rejection.confirmationOver(confirmation.lifecycle.status)
        }
        if let id = confirmation.authorization { try witness(id) }
        let ended = try changesOne(
            """
            UPDATE confirmations SET status = ?, reason = ?, ended_at = ?, device = ?, version = version + 1
            WHERE id = ? AND status = 'pending'
            """,
            [
                confirmation.lifecycle.status.rawValue, confirmation.lifecycle.reason?.rawValue, now, device,
                confirmation.id,
            ])
        guard ended else { throw Rejection.confirmationOver(confirmation.lifecycle.status) }
        noteChange(of: confirmation.id.text)
        if confirmation.kind == .prescriptionLookup { try lookupEnded(confirmation) }
    }

    /// Whether a question's time is over, written down or not.
    func isOverdue(_ confirmation: ConfirmationRecord) -> Bool {
        confirmation.lifecycle.isOverdue(at: time.now(for: confirmation.issuedAt))
    }

    func expire(_ confirmation: inout ConfirmationRecord) throws {
        try end(&confirmation, by: .expire, facts: endingFacts(confirmation))
    }

    func endingFacts(
        _ confirmation: ConfirmationRecord, factorOffered: Factor? = nil, withdrawnFor: DeclineReason? = nil
    ) -> EndingFacts {
        EndingFacts(
            now: time.now(for: confirmation.issuedAt), expiresAt: confirmation.lifecycle.expiresAt,
            kind: confirmation.kind,
            factorOffered: factorOffered, withdrawnFor: withdrawnFor)
    }
}
