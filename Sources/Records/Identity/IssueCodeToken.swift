package import Vocabulary
import Foundation
import GRDB
import Lifecycles

/// The issuer hands out a code token (RFC 6238); its secret comes sealed. It replaces the one before.
package struct IssueCodeToken: Command {
    let customer: CustomerID
    let secretSealed: [UInt8]

    package init(customer: CustomerID, secretSealed: [UInt8]) {
        self.customer = customer
        self.secretSealed = secretSealed
    }

    /// - Returns: false when there is no such customer.
    package func run(in transaction: Transaction) throws -> Bool {
        guard try transaction.customerExists(customer) else { return false }
        try transaction.reactivate(.codeToken, of: customer)
        try transaction.storeSecret(secretSealed, kind: .codeToken, of: customer)
        try transaction.recordIssuerAction(customer.text, "code_token_issued", of: customer)
        return true
    }
}

extension Transaction {
    /// The secret of an authenticator that has no row elsewhere; a block stays.
    func storeSecret(_ secret: [UInt8], kind: AuthenticatorKind, of customer: CustomerID) throws {
        try execute(
            """
            INSERT INTO authenticators (customer, kind, secret, updated_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (customer, kind) DO UPDATE SET secret = excluded.secret, last_step = NULL,
                updated_at = excluded.updated_at
            """,
            [customer, kind.rawValue, Data(secret), now])
    }

    /// Consumes one time step of a code token: an earlier or equal one is never taken again (RFC 6238, 5.2).
    func consumeStep(_ step: Int64, of customer: CustomerID) throws -> Bool {
        try changesOne(
            """
            UPDATE authenticators SET last_step = ?
            WHERE customer = ? AND kind = 'code_token' AND status = 'active'
                AND (last_step IS NULL OR last_step < ?)
            """,
            [step, customer, step])
    }
}
