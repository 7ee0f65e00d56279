package import Vocabulary
import Foundation
import GRDB
import Lifecycles

/// A new password, at first registration or after the old one was blocked. The old one ends at once.
package struct SetPassword: Command {
    let customer: CustomerID
    /// `PasswordHash.encoded`.
    let password: String

    package init(customer: CustomerID, password: String) {
        self.customer = customer
        self.password = password
    }

    /// - Returns: false when there is no such customer.
    package func run(in transaction: Transaction) throws -> Bool {
        guard try transaction.customerExists(customer) else { return false }
        try transaction.reactivate(.password, of: customer)
        try transaction.storePassword(password, of: customer)
        try transaction.alert(customer, kind: .passwordChanged, detail: "by issuer")
        try transaction.recordIssuerAction(customer.text, "password_set", of: customer)
        return true
    }
}

extension Transaction {
    func storePassword(_ password: String, of customer: CustomerID) throws {
        try storeSecret(Array(password.utf8), kind: .password, of: customer)
    }

    /// Whether there is such a customer, and not only what an erasure left of one.
    func customerExists(_ id: CustomerID) throws -> Bool {
        try row("SELECT 1 FROM customers WHERE id = ? AND erased_at IS NULL", [id]) != nil
    }
}
