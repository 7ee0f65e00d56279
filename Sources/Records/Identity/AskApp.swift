import Decisions
import GRDB
import Lifecycles
import Vocabulary

extension Transaction {
    /// Signing in by the app: the first call puts the question, later ones look whether it was answered.
    ///
    /// Where the app cannot or must not be asked, the caller still gets the look of a question that nobody
    /// answers, so that a wrong password, a blocked app and an unknown user are all the same from outside
    /// (SCA-09).
    func askApp(
        for signIn: SignInRecord, session: NewSession, terms: SignInTerms, door: SignInDoor
    ) throws -> FinishSignIn.Outcome {
        if let asked = try question(for: signIn) {
            return try goOn(from: asked, signIn: signIn, session: session, door: door)
        }
        let standardEnd = signIn.createdAt.adding(seconds: SignInTerms.seconds)
        // A sign-in whose end was moved has been answered with the look of a question before.
        guard signIn.expiresAt == standardEnd else {
            return .pending(asked: nil, expiresAt: signIn.expiresAt)
        }
        // One millisecond keeps the moved end apart from the standard one.
        var expiresAt = now.adding(seconds: terms.confirmationSeconds)
        if expiresAt == standardEnd { expiresAt = expiresAt.adding(milliseconds: 1) }
        try execute("UPDATE sign_ins SET expires_at = ? WHERE id = ?", [expiresAt, signIn.id])
        guard let customer = signIn.customer, try mayAsk(customer, terms: terms, door: door, for: signIn),
            let merchant = MerchantID(door.merchant)
        else { return .pending(asked: nil, expiresAt: expiresAt) }
        let confirmation = try openConfirmation(
            NewConfirmation(
                kind: .signIn, authorization: nil, subject: signIn.id.text, customer: customer,
                merchant: merchant, payee: try DisplayName(door.payee), seconds: terms.confirmationSeconds))
        return .pending(asked: confirmation.id, expiresAt: expiresAt)
    }

    private func question(for signIn: SignInRecord) throws -> ConfirmationRecord? {
        guard let customer = signIn.customer else { return nil }
        let row = try row(
            "SELECT id FROM confirmations WHERE customer = ? AND subject = ? AND kind = 'sign_in'",
            [customer, signIn.id.text])
        return try (row?["id"] as ConfirmationID?).flatMap { try confirmation($0) }
    }

    private func goOn(
        from asked: ConfirmationRecord, signIn: SignInRecord, session: NewSession, door: SignInDoor
    ) throws -> FinishSignIn.Outcome {
        switch asked.merchant.text == door.merchant ? asked.lifecycle.status : .denied {
        case .pending: return .pending(asked: asked.id, expiresAt: signIn.expiresAt)
        case .approved:
            guard try maySignIn(asked.customer, with: .app) else { break }
            if door == .operatorConsole {
                guard let holder = try activeOperator(identity: asked.customer) else { break }
                return .opened(expiresAt: try openOperatorSession(session, of: holder, for: signIn))
            }
            return .opened(expiresAt: try open(session, of: asked.customer, with: .app, for: signIn))
        case .denied, .reported, .expired, .canceled, .superseded: break
        }
        try closeSignIn(signIn.id, as: "failed")
        try recordFailedSignIn(signIn.id, of: asked.customer)
        return .refused
    }

    /// What stands against a card payment's question stands against this one: blocks, a report, the rest
    /// after failures, a question that is open, and the push budget.
    private func mayAsk(
        _ customer: CustomerID, terms: SignInTerms, door: SignInDoor, for signIn: SignInRecord
    ) throws -> Bool {
        if door == .operatorConsole, try activeOperator(identity: customer) == nil {
            try recordFailedSignIn(signIn.id, of: customer)
            return false
        }
        let facts = try customerFacts(customer)
        guard try maySignIn(customer, with: .app), !facts.isAppBlocked, !facts.isCertificateBlocked,
            facts.readyDevices > 0, facts.appSuspendedUntil.map({ now >= $0 }) ?? true,
            facts.reportedUntil.map({ now >= $0 }) ?? true
        else { return false }
        if var pending = try pendingConfirmation(of: customer) {
            guard isOverdue(pending) else { return false }
            try expire(&pending)
        }
        return try recentRequests(to: customer, within: terms.pushWindowSeconds) < terms.pushBudget
    }
}
