package import GRDB
package import Vocabulary

/// Reads holds for those who ask from outside the writer.
package enum HoldReading {
    /// Whether a merchant has a hold on a record that is active or was handed over on.
    package static func hasOwn(
        of prescription: PrescriptionID, merchant: MerchantID, in db: Database
    ) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT 1 FROM holds h JOIN authorizations a ON a.id = h.authorization
                WHERE h.prescription = ? AND a.merchant = ? AND h.status NOT IN ('released', 'expired')
                """)
        return try Row.fetchOne(statement, arguments: [prescription, merchant]) != nil
    }

    /// Holds that are owed since before a moment: paid for, and not handed over (RX-HANDOVER).
    package static func owed(
        before moment: Instant, in db: Database
    ) throws -> [(hold: HoldID, authorization: AuthorizationID, merchant: MerchantID, since: Instant)] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT h.id, h.authorization, a.merchant, h.created_at FROM holds h
                JOIN authorizations a ON a.id = h.authorization
                WHERE h.status = 'owed' AND h.created_at < ? ORDER BY h.created_at LIMIT 1000
                """)
        return try Row.fetchAll(statement, arguments: [moment]).compactMap { row in
            guard let hold = HoldID(row["id"]), let authorization = AuthorizationID(row["authorization"]),
                let merchant = MerchantID(row["merchant"])
            else { return nil }
            return (hold, authorization, merchant, row["created_at"])
        }
    }
}
