package import Vocabulary
import Foundation
import GRDB

/// The issuer registers a customer. Personal data comes sealed; the CPR number is found again by its keyed
/// hash.
package struct AddCustomer: Command {
    /// What became of the new customer.
    package enum Outcome: Sendable, Hashable {
        case added, userIDTaken, personNumberTaken
    }

    let id: CustomerID
    let userID: UserID
    let nameSealed: [UInt8]
    /// Both nil for an operator, of whom no CPR number is kept.
    let personNumberSealed: [UInt8]?
    let personNumberHash: [UInt8]?
    /// `PasswordHash.encoded`; nil where the customer gets a password later.
    let password: String?

    package init(
        id: CustomerID, userID: UserID, nameSealed: [UInt8], personNumberSealed: [UInt8]?,
        personNumberHash: [UInt8]?, password: String?
    ) {
        self.id = id
        self.userID = userID
        self.nameSealed = nameSealed
        self.personNumberSealed = personNumberSealed
        self.personNumberHash = personNumberHash
        self.password = password
    }

    package func run(in transaction: Transaction) throws -> Outcome {
        guard try transaction.row("SELECT 1 FROM customers WHERE user_id = ?", [userID.text]) == nil else {
            return .userIDTaken
        }
        let hash = personNumberHash.map { Data($0) }
        // NULL equals nothing, so nobody without a CPR number is in the way.
        guard try transaction.row("SELECT 1 FROM customers WHERE person_number_hash = ?", [hash]) == nil
        else {
            return .personNumberTaken
        }
        try transaction.execute(
            """
            INSERT INTO customers
                (id, user_id, name_sealed, person_number_sealed, person_number_hash, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [id, userID.text, Data(nameSealed), personNumberSealed.map { Data($0) }, hash, transaction.now])
        if let password { try transaction.storePassword(password, of: id) }
        try transaction.recordIssuerAction(id.text, "customer_added", of: id)
        return .added
    }
}
