import Decisions
import GRDB
import Lifecycles
package import Vocabulary

/// A code of a key card or a code token answers the question of a look-up (CONTRACT section 5). One try: a
/// wrong code ends the question.
package struct AnswerLookup: Command {
    let confirmation: ConfirmationID
    /// The pharmacy that asks; nil when the page's own token was shown.
    let owner: Owner?
    let element: SecondElement
    let terms: SignInTerms
    let key: RequestKey?

    package init(
        confirmation: ConfirmationID, owner: Owner?, element: SecondElement, terms: SignInTerms,
        key: RequestKey?
    ) {
        self.confirmation = confirmation
        self.owner = owner
        self.element = element
        self.terms = terms
        self.key = key
    }

    package func run(in transaction: Transaction) throws -> WrittenAnswer {
        if case .answered(let first) = try transaction.state(of: key) { return first }
        let lookup = try transaction.pendingLookup(confirmation, of: owner)
        guard let customer = lookup.customer, var question = try transaction.confirmation(confirmation) else {
            try transaction.endDecoy(lookup, as: .denied)
            try transaction.recordFailedAnswer(lookup)
            return try answer(.denied, .confirmationDenied, in: transaction)
        }
        let isActive = try transaction.mayAnswerLookup(customer, with: element.kind)
        let isRight = try isActive && consume(for: lookup, of: customer, in: transaction)
        try transaction.close(&question, by: .answer(isRight ? .approve : .deny, decline: nil))
        if isRight {
            try transaction.noteSuccess(of: customer, kind: element.kind, flow: .confirmation)
            if element.kind == .keyCard {
                try transaction.reorderKeyCard(of: customer, whenLeft: terms.keyCardReorderAt)
            }
        } else {
            if isActive {
                try transaction.noteFailure(
                    of: customer, kind: element.kind, flow: .confirmation, limit: terms.wrongAnswers)
            }
            try transaction.recordFailedAnswer(lookup)
        }
        return try answer(question.lifecycle.status, question.lifecycle.reason, in: transaction)
    }

    /// Uses the code up, if it is the right one: one conditional update.
    private func consume(
        for lookup: LookupRow, of customer: CustomerID, in transaction: Transaction
    ) throws -> Bool {
        switch element {
        case .keyCard(let mac):
            guard let card = lookup.keyCard else { return false }
            return try transaction.consumeCode(
                mac, for: KeyCardQuestion(card: card, number: lookup.keyNumber))
        case .codeToken(let step):
            return try step.map { try transaction.consumeStep($0, of: customer) } ?? false
        case .app: return false
        }
    }

    private func answer(
        _ status: ConfirmationStatus, _ reason: DeclineReason?, in transaction: Transaction
    ) throws -> WrittenAnswer {
        let attempt = FactorAttempt(confirmation: confirmation, status: status, reason: reason)
        return try transaction.answer(.attempt(attempt), for: key)
    }
}

/// The pharmacy's customer goes back from the page of a look-up.
package struct CancelLookup: Command {
    let confirmation: ConfirmationID

    package init(confirmation: ConfirmationID) { self.confirmation = confirmation }

    package func run(in transaction: Transaction) throws {
        let lookup = try transaction.pendingLookup(confirmation, of: nil)
        guard lookup.customer != nil, var question = try transaction.confirmation(confirmation) else {
            return try transaction.endDecoy(lookup, as: .canceled)
        }
        try transaction.close(&question, by: .cancel)
    }
}

extension Transaction {
    /// A look-up whose question still waits.
    fileprivate func pendingLookup(_ id: ConfirmationID, of owner: Owner?) throws -> LookupRow {
        guard let found = try LookupRow.find(id, in: db), owner.map({ $0 == found.owner }) ?? true else {
            throw Rejection.notFound
        }
        let status = found.status(at: time)
        guard status == .pending else { throw Rejection.confirmationOver(status) }
        return found
    }

    fileprivate func endDecoy(_ lookup: LookupRow, as status: ConfirmationStatus) throws {
        try execute(
            "UPDATE prescription_lookups SET ended_as = ? WHERE id = ? AND ended_as IS NULL",
            [status.rawValue, lookup.id])
        noteChange(of: lookup.id.text)
        noteChange(of: lookup.confirmation.text)
    }

    /// What was blocked by its owner or the issuer answers nothing, and neither does what rests.
    fileprivate func mayAnswerLookup(_ customer: CustomerID, with kind: AuthenticatorKind) throws -> Bool {
        let facts = try customerFacts(customer)
        guard !facts.isBlocked, !facts.isCertificateBlocked, !facts.isPasswordBlocked else { return false }
        return try standing(of: customer, kind: kind, flow: .confirmation).isActive
    }

    fileprivate func recordFailedAnswer(_ lookup: LookupRow) throws {
        var leaf = LeafDraft(kind: .failedSignIn, subject: lookup.id.text, outcome: "refused")
        leaf.merchant = lookup.owner.merchant
        leaf.customer = lookup.customer
        try appendLeaf(leaf)
    }
}
