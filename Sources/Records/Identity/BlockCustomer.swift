package import Vocabulary
import GRDB
import Lifecycles

/// The issuer blocks a customer on breach of the terms: nothing works any more, at once.
package struct BlockCustomer: Command {
    let customer: CustomerID

    package init(_ customer: CustomerID) { self.customer = customer }

    /// - Returns: false when there is no such customer.
    package func run(in transaction: Transaction) throws -> Bool {
        guard try transaction.customerExists(customer) else { return false }
        let isNew = try transaction.changesOne(
            "UPDATE customers SET blocked_at = ? WHERE id = ? AND blocked_at IS NULL",
            [transaction.now, customer])
        guard isNew else { return true }
        try transaction.endSessions(of: customer)
        try transaction.endOperatorSessions(identity: customer)
        try transaction.endActivationCode(of: customer)
        try transaction.endPendingConfirmation(of: customer, reason: .customerBlocked)
        try transaction.alert(customer, kind: .customerBlocked, detail: "by issuer")
        try transaction.recordIssuerAction(customer.text, "customer_blocked", of: customer)
        return true
    }
}

/// The block of a customer is lifted, and a report that still stands: the effect of a change that two
/// operators agreed on.
package struct UnblockCustomer: Command {
    let customer: CustomerID

    package init(_ customer: CustomerID) { self.customer = customer }

    /// - Returns: false when there is no such customer.
    package func run(in transaction: Transaction) throws -> Bool {
        guard try transaction.customerExists(customer) else { return false }
        let isNew = try transaction.changesOne(
            """
            UPDATE customers SET blocked_at = NULL, reported_until = NULL
            WHERE id = ? AND (blocked_at IS NOT NULL OR reported_until IS NOT NULL)
            """, [customer])
        guard isNew else { return true }
        try transaction.alert(customer, kind: .customerUnblocked, detail: "by issuer")
        try transaction.recordIssuerAction(customer.text, "customer_unblocked", of: customer)
        return true
    }
}

/// The issuer sets the status of a customer's certificate.
package struct SetCertificate: Command {
    let customer: CustomerID
    let isValid: Bool

    package init(of customer: CustomerID, isValid: Bool) {
        self.customer = customer
        self.isValid = isValid
    }

    /// - Returns: false when there is no such customer.
    package func run(in transaction: Transaction) throws -> Bool {
        guard try transaction.customerExists(customer) else { return false }
        let word = isValid ? "valid" : "blocked"
        let isNew = try transaction.changesOne(
            "UPDATE customers SET certificate = ? WHERE id = ? AND certificate <> ?", [word, customer, word])
        guard isNew else { return true }
        if !isValid {
            try transaction.endOperatorSessions(identity: customer)
            try transaction.endPendingConfirmation(of: customer, reason: .certificateBlocked)
        }
        try transaction.alert(customer, kind: .certificateChanged, detail: word)
        try transaction.recordIssuerAction(customer.text, "certificate_\(word)", of: customer)
        return true
    }
}
