import Decisions
import GRDB
import Lifecycles
package import Vocabulary

/// A factor other than the code app is offered for a card payment: the payment is declined with
/// `code_app_required`. There is no code in this command: it is not looked at, not consumed, not stored
/// (SCA-06).
package struct OfferFactor: Command {
    package let confirmation: ConfirmationID
    /// The merchant that asks; nil when the page's own token was shown.
    package let owner: Owner?
    package let factor: Factor
    package let key: RequestKey?

    package init(confirmation: ConfirmationID, owner: Owner?, factor: Factor, key: RequestKey?) {
        self.confirmation = confirmation
        self.owner = owner
        self.factor = factor
        self.key = key
    }

    package func run(in transaction: Transaction) throws -> WrittenAnswer {
        if case .answered(let first) = try transaction.state(of: key) { return first }
        var confirmation = try transaction.cardConfirmation(confirmation, of: owner)
        guard confirmation.lifecycle.status == .pending else {
            throw Rejection.confirmationOver(confirmation.lifecycle.status)
        }
        guard !transaction.isOverdue(confirmation) else {
            throw Rejection.confirmationOver(.expired)
        }
        try transaction.execute(
            "INSERT INTO factor_offers (confirmation, factor, offered_at) VALUES (?, ?, ?)",
            [confirmation.id, factor.rawValue, transaction.now])
        let facts = transaction.endingFacts(confirmation, factorOffered: factor)
        try transaction.end(&confirmation, by: .refuseFactor, facts: facts)
        let attempt = FactorAttempt(
            confirmation: confirmation.id, status: confirmation.lifecycle.status,
            reason: confirmation.lifecycle.reason)
        return try transaction.answer(.attempt(attempt), for: key)
    }
}

/// The shop's customer goes back from the confirmation page.
package struct CancelFromPage: Command {
    package let confirmation: ConfirmationID

    package init(confirmation: ConfirmationID) { self.confirmation = confirmation }

    package func run(in transaction: Transaction) throws {
        let confirmation = try transaction.cardConfirmation(confirmation, of: nil)
        guard let id = confirmation.authorization else { throw Rejection.notFound }
        var authorization = try transaction.authorization(id)
        // What is over is over, whether or not anybody has written it down yet (PAY-EXPIRE).
        guard authorization.status == .requiresConfirmation,
            !transaction.isOverdue(confirmation)
        else { throw Rejection.authorization(.notCancelable) }
        try transaction.cancel(&authorization)
    }
}

extension Transaction {
    /// A confirmation of a card payment, if it is this merchant's; other kinds have routes of their own.
    func cardConfirmation(_ id: ConfirmationID, of owner: Owner?) throws -> ConfirmationRecord {
        guard let found = try confirmation(id), let authorization = found.authorization else {
            throw Rejection.notFound
        }
        if let owner { _ = try self.authorization(authorization, of: owner) }
        return found
    }
}
