import Decisions
import Foundation
import GRDB
package import Lifecycles
package import Proofs
package import Vocabulary

/// T2: a device's signed answer decides the question. It takes a `VerifiedAnswer`, which only the verifier
/// makes, so no other road leads to `processing`.
package struct RecordAnswer: Command {
    package let answer: VerifiedAnswer
    /// The number that the shop's page shows.
    package let matchCode: MatchCode
    /// The shop's name now; nil when the shop is gone.
    package let payeeNow: DisplayName?
    package let terms: AnswerTerms

    package init(answer: VerifiedAnswer, matchCode: MatchCode, payeeNow: DisplayName?, terms: AnswerTerms) {
        self.answer = answer
        self.matchCode = matchCode
        self.payeeNow = payeeNow
        self.terms = terms
    }

    package func run(in transaction: Transaction) throws -> FactorAttempt {
        guard var confirmation = try transaction.confirmation(answer.confirmation) else {
            throw Rejection.notFound
        }
        if let first = try transaction.firstResult(of: answer, for: confirmation) { return first }
        let device = try transaction.answeringDevice(answer, for: confirmation)
        guard confirmation.lifecycle.status == .pending else {
            throw Rejection.confirmationOver(confirmation.lifecycle.status)
        }
        // A late answer is refused whether or not the sweeper has been here (SCA-16).
        guard !transaction.isOverdue(confirmation) else {
            throw Rejection.confirmationOver(.expired)
        }
        guard device.mayConfirmFrom <= transaction.time.now(for: device.enrolledAt) else {
            throw Rejection.deviceOnHold(until: device.mayConfirmFrom)
        }
        try decide(&confirmation, in: transaction)
        return FactorAttempt(
            confirmation: confirmation.id, status: confirmation.lifecycle.status,
            reason: confirmation.lifecycle.reason)
    }

    private func decide(_ confirmation: inout ConfirmationRecord, in transaction: Transaction) throws {
        let facts = AnswerFacts(
            verdict: answer.verdict,
            isMatchCodeRight: answer.matchCode.map { constantTimeEquals($0.text.utf8, matchCode.text.utf8) },
            isPayeeUnchanged: confirmation.kind != .cardPayment || payeeNow?.text == confirmation.payee,
            isCardBlocked: try confirmation.authorization.map(transaction.isCardBlocked) ?? false,
            customer: try transaction.customerFacts(confirmation.customer),
            pharmacy: try confirmation.authorization.flatMap(transaction.pharmacyStanding))
        let decision = RuleSet.answer.decide(facts, at: transaction.now)
        try transaction.close(
            &confirmation, by: .answer(answer.verdict, decline: decision.decline), device: answer.device)
        try transaction.keep(
            answer, of: confirmation, certificate: facts.customer.isCertificateBlocked ? "blocked" : "valid")
        try transaction.countOutcome(decision.decline, of: confirmation, terms: terms)
        guard let id = confirmation.authorization else { return }
        var authorization = try transaction.authorization(id)
        try transaction.tallyAnswer(
            after: transaction.time.now(for: confirmation.issuedAt).milliseconds
                - confirmation.issuedAt.milliseconds,
            of: authorization.merchant)
        let draft = try DecisionDraft(.answer, decision, otherwise: "go_on")
        let secrets = [LeafSecret("answer", answer.digest)]
        if let reason = decision.decline {
            try transaction.apply(
                .decline(.afterTheQuestion(reason)), to: &authorization, decision: draft, secrets: secrets)
        } else {
            try transaction.apply(.confirm, to: &authorization, decision: draft, secrets: secrets)
            try transaction.openIntent(
                .authorize, amountMinor: authorization.money.amountMinor, of: authorization.id)
        }
    }
}

/// What failures and reports lead to.
package struct AnswerTerms: Sendable, Hashable {
    /// Consecutive wrong answers before the app is suspended.
    package let wrongAnswers: Int
    /// How long nothing is asked after "it was not me".
    package let reportBlockSeconds: Int

    package init(wrongAnswers: Int, reportBlockSeconds: Int) {
        self.wrongAnswers = wrongAnswers
        self.reportBlockSeconds = reportBlockSeconds
    }
}

extension Transaction {
    /// The same answer again gets the first result; another one comes too late (SCA-17, SCA-18).
    fileprivate func firstResult(
        of answer: VerifiedAnswer, for confirmation: ConfirmationRecord
    ) throws -> FactorAttempt? {
        let row = try row("SELECT digest FROM answers WHERE confirmation = ?", [confirmation.id])
        guard let digest = row?["digest"] as Data? else { return nil }
        guard constantTimeEquals(digest, answer.digest) else {
            throw Rejection.confirmationOver(confirmation.lifecycle.status)
        }
        return FactorAttempt(
            confirmation: confirmation.id, status: confirmation.lifecycle.status,
            reason: confirmation.lifecycle.reason)
    }

    /// The device, read again here: it must still be the customer's, active, and hold the key that signed.
    fileprivate func answeringDevice(
        _ answer: VerifiedAnswer, for confirmation: ConfirmationRecord
    ) throws -> (mayConfirmFrom: Instant, enrolledAt: Instant, id: DeviceID) {
        let row = try row(
            "SELECT customer, status, thumbprint, may_confirm_from, created_at FROM devices WHERE id = ?",
            [answer.device])
        guard let row else { throw Rejection.deviceUnknown }
        guard row["customer"] == confirmation.customer.text else { throw Rejection.notFound }
        guard row["status"] == "active", row["thumbprint"] == answer.keyThumbprint else {
            throw Rejection.deviceBlocked
        }
        guard let stored = try statement(of: confirmation.id, for: answer.device),
            constantTimeEquals(Digest.sha256(stored), answer.statementDigest)
        else { throw Rejection.statementUnknown }
        return (row["may_confirm_from"], row["created_at"], answer.device)
    }

    fileprivate func keep(
        _ answer: VerifiedAnswer, of confirmation: ConfirmationRecord, certificate: String
    ) throws {
        try execute(
            """
            INSERT INTO answers (confirmation, device, verdict, verified_by, certificate, compact, digest,
                answered_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                confirmation.id, answer.device, answer.verdict.rawValue, answer.verifiedBy.rawValue,
                certificate, answer.compact, Data(answer.digest), now,
            ])
    }

    /// A wrong number counts against the app, a success resets it, a report stops all questions for a while.
    fileprivate func countOutcome(
        _ decline: DeclineReason?, of confirmation: ConfirmationRecord, terms: AnswerTerms
    ) throws {
        let customer = confirmation.customer
        switch decline {
        case nil: try noteSuccess(of: customer, kind: .app, flow: .confirmation)
        case .matchCodeWrong:
            _ = try noteFailure(of: customer, kind: .app, flow: .confirmation, limit: terms.wrongAnswers)
        case .confirmationReported:
            try execute(
                "UPDATE customers SET reported_until = ? WHERE id = ?",
                [now.adding(seconds: terms.reportBlockSeconds), customer])
            try alert(customer, kind: .reported, detail: confirmation.id.text)
        default: break
        }
    }
}
