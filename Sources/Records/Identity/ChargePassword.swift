package import Lifecycles
package import Vocabulary
import GRDB

/// Notes what came of a password that was asked for again, outside a sign-in.
package struct ChargePassword: Command {
    let check: PasswordCheck
    let flow: FailureFlow
    let limit: Int

    package init(check: PasswordCheck, flow: FailureFlow, limit: Int) {
        self.check = check
        self.flow = flow
        self.limit = limit
    }

    /// - Returns: whether the password is right and may be used.
    package func run(in transaction: Transaction) throws -> Bool {
        let customer = check.customer
        guard try transaction.standing(of: customer, kind: .password, flow: flow).isActive else {
            return false
        }
        guard check.isRight, try transaction.isStored(check) else {
            try transaction.noteFailure(of: customer, kind: .password, flow: flow, limit: limit)
            return false
        }
        return true
    }
}

/// Uses up a code of the code token outside a sign-in.
package struct UseCodeToken: Command {
    let customer: CustomerID
    /// Nil when the code fits no step.
    let step: Int64?
    let flow: FailureFlow
    let limit: Int

    package init(customer: CustomerID, step: Int64?, flow: FailureFlow, limit: Int) {
        self.customer = customer
        self.step = step
        self.flow = flow
        self.limit = limit
    }

    /// - Returns: whether the code was right and not used before. The full success is noted by what follows.
    package func run(in transaction: Transaction) throws -> Bool {
        guard try transaction.standing(of: customer, kind: .codeToken, flow: flow).isActive else {
            return false
        }
        if let step, try transaction.consumeStep(step, of: customer) { return true }
        try transaction.noteFailure(of: customer, kind: .codeToken, flow: flow, limit: limit)
        return false
    }
}
