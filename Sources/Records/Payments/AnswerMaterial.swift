import Foundation
package import GRDB
package import Vocabulary

/// What an answer is checked with: the text this device was shown, and its key. Read outside the writer; the
/// writer looks again at what may have changed.
package struct AnswerMaterial: Sendable {
    package let statement: [UInt8]
    /// X and Y, 32 bytes each.
    package let publicKey: [UInt8]
    package let merchant: MerchantID

    /// Nil when this device never fetched this confirmation.
    package static func read(
        confirmation: ConfirmationID, device: DeviceID, in db: Database
    ) throws -> AnswerMaterial? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT s.statement, d.public_key, c.merchant FROM statements s
                    JOIN devices d ON d.id = s.device JOIN confirmations c ON c.id = s.confirmation
                    WHERE s.confirmation = ? AND s.device = ?
                    """),
            arguments: [confirmation, device])
        guard let row, let merchant = MerchantID(row["merchant"]) else { return nil }
        return AnswerMaterial(
            statement: [UInt8](row["statement"] as Data), publicKey: [UInt8](row["public_key"] as Data),
            merchant: merchant)
    }
}
