package import GRDB
package import Lifecycles
package import Vocabulary

/// A card payment's confirmation with its authorization, for the page that shows it.
package struct PageMaterial: Sendable {
    package let confirmation: ConfirmationRecord
    package let authorization: Authorization

    package static func read(_ id: ConfirmationID, in db: Database) throws -> PageMaterial? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM confirmations WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
        let confirmation = try ConfirmationRecord(row)
        guard let owner = confirmation.authorization,
            let authorization = try AuthorizationReading.find(owner, of: nil, in: db)
        else { return nil }
        return PageMaterial(confirmation: confirmation, authorization: authorization)
    }
}
