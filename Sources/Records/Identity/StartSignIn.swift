package import Vocabulary
import Decisions
import GRDB
import Lifecycles

/// How sign-ins and sessions are bounded.
package struct SignInTerms: Sendable, Hashable {
    /// Consecutive failures before an authenticator rests.
    package let wrongAnswers: Int
    package let keyCardReorderAt: Int
    package let confirmationSeconds: Int
    package let pushBudget: Int
    package let pushWindowSeconds: Int

    /// How long a sign-in waits for its second element.
    package static let seconds = 300
    package static let sessionSeconds = 1_800

    package init(
        wrongAnswers: Int, keyCardReorderAt: Int, confirmationSeconds: Int, pushBudget: Int,
        pushWindowSeconds: Int
    ) {
        self.wrongAnswers = wrongAnswers
        self.keyCardReorderAt = keyCardReorderAt
        self.confirmationSeconds = confirmationSeconds
        self.pushBudget = pushBudget
        self.pushWindowSeconds = pushWindowSeconds
    }
}

/// What came of checking a password outside the writer.
package struct PasswordCheck: Sendable, Hashable {
    let customer: CustomerID
    /// The stored text it was checked against. Should it be another one by now, the check is worth nothing.
    let stored: [UInt8]
    let isRight: Bool

    package init(customer: CustomerID, stored: [UInt8], isRight: Bool) {
        self.customer = customer
        self.stored = stored
        self.isRight = isRight
    }
}

/// The first element of a sign-in. Whoever it was and whatever was wrong, a sign-in is opened and a key
/// number is named; one that cannot succeed has no customer (SCA-09).
package struct StartSignIn: Command {
    /// The sign-in and the number of the key that is asked for.
    package struct Outcome: Sendable, Hashable {
        package let id: SignInID
        package let keyNumber: String
    }

    /// Nil for an unknown user, or one without a password.
    let check: PasswordCheck?
    /// What is named where there is no key card.
    let decoyNumber: String
    let terms: SignInTerms

    package init(check: PasswordCheck?, decoyNumber: String, terms: SignInTerms) {
        self.check = check
        self.decoyNumber = decoyNumber
        self.terms = terms
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        let id: SignInID = transaction.makeID()
        let question = try check.flatMap { try transaction.drawKeyNumber(of: $0.customer) }
        let number = question?.number ?? decoyNumber
        guard let customer = try customerWithRightPassword(in: transaction) else {
            try transaction.insertSignIn(id, of: nil, card: nil, number: number)
            try transaction.recordFailedSignIn(id, of: check?.customer)
            return Outcome(id: id, keyNumber: number)
        }
        try transaction.endUnansweredSignIns(of: customer, terms: terms)
        if let question { try transaction.noteAsked(question) }
        try transaction.insertSignIn(id, of: customer, card: question?.card, number: number)
        return Outcome(id: id, keyNumber: number)
    }

    private func customerWithRightPassword(in transaction: Transaction) throws -> CustomerID? {
        guard let check else { return nil }
        let standing = try transaction.standing(of: check.customer, kind: .password, flow: .signIn)
        guard standing.isActive else { return nil }
        guard check.isRight, try transaction.isStored(check) else {
            try transaction.noteFailure(
                of: check.customer, kind: .password, flow: .signIn, limit: terms.wrongAnswers)
            return nil
        }
        return try transaction.customerFacts(check.customer).isBlocked ? nil : check.customer
    }
}
