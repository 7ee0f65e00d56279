import Foundation
package import GRDB
package import Vocabulary

/// Whose card a token stands for, before the writer decides. A card belongs to one customer for good, so
/// what is read here stays right.
package struct PayerReading: Sendable {
    package let customer: CustomerID
    package let personNumberSealed: [UInt8]
    package let personNumberHash: [UInt8]

    /// Nil when the token or the card is unknown.
    package static func find(
        token: CardTokenID, of owner: Owner, in db: Database
    ) throws -> PayerReading? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT u.id, u.person_number_sealed, u.person_number_hash FROM card_tokens t
                    JOIN cards c ON c.fingerprint = t.fingerprint JOIN customers u ON u.id = c.customer
                    WHERE t.id = ? AND t.merchant = ? AND t.is_live = ?
                    """),
            arguments: [token, owner.merchant, owner.isLive])
        guard let row, let customer = CustomerID(row["id"]),
            let sealed = row["person_number_sealed"] as Data?, let hash = row["person_number_hash"] as Data?
        else { return nil }
        return PayerReading(
            customer: customer, personNumberSealed: [UInt8](sealed), personNumberHash: [UInt8](hash))
    }
}
