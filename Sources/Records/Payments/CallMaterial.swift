import Foundation
package import GRDB
package import Lifecycles
package import Vocabulary

/// What the driver needs, beside the intent, to ask the acquirer.
package struct CallMaterial: Sendable {
    package let intent: IntentRecord
    package let authorization: Authorization
    package let token: CardTokenID
    /// The card number, sealed; opened for the call only.
    package let numberSealed: [UInt8]
    package let confirmation: ConfirmationID?
    package let answerDigest: [UInt8]
    /// The authorize intent that a capture, refund or reversal follows.
    package let original: IntentRecord?

    package static func read(_ id: IntentID, in db: Database) throws -> CallMaterial? {
        guard let intent = try IntentRecord.find(id, in: db),
            let authorization = try AuthorizationReading.find(intent.authorization, of: nil, in: db)
        else { return nil }
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT t.id, t.number_sealed, n.digest FROM authorizations a
                    JOIN card_tokens t ON t.id = a.card_token
                    LEFT JOIN confirmations c ON c.authorization = a.id
                    LEFT JOIN answers n ON n.confirmation = c.id
                    WHERE a.id = ?
                    """),
            arguments: [authorization.id])
        guard let row, let token = CardTokenID(row["id"]) else { return nil }
        return CallMaterial(
            intent: intent, authorization: authorization, token: token,
            numberSealed: [UInt8](row["number_sealed"] as Data),
            confirmation: authorization.confirmation?.id,
            answerDigest: (row["digest"] as Data?).map { [UInt8]($0) } ?? [],
            original: try IntentRecord.original(of: authorization.id, in: db))
    }
}
