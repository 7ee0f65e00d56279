import Foundation
package import GRDB
package import Lifecycles
package import Vocabulary

/// What a receipt says beside the authorization (CONTRACT section 8).
package struct ReceiptMaterial: Sendable {
    package let authorization: Authorization
    package let orderDigest: String
    package let verifiedBy: VerifiedBy?
    package let answerDigest: [UInt8]?
    package let device: DeviceID?
    /// The customer's certificate when the answer was given: `valid` or `blocked` (SCA-30).
    package let certificate: String?
    package let decidedAt: Instant?
    package let leaf: Int64?

    package static func read(
        _ id: AuthorizationID, of owner: Owner, in db: Database
    ) throws -> ReceiptMaterial? {
        guard let authorization = try AuthorizationReading.find(id, of: owner, in: db) else { return nil }
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT a.order_digest, n.verified_by, n.digest, n.device, n.certificate,
                        (SELECT max(decided_at) FROM decisions WHERE authorization = a.id) AS decided_at,
                        (SELECT max(leaf) FROM decisions WHERE authorization = a.id) AS leaf
                    FROM authorizations a
                    LEFT JOIN confirmations c ON c.authorization = a.id
                    LEFT JOIN answers n ON n.confirmation = c.id
                    WHERE a.id = ?
                    """),
            arguments: [id])
        guard let row else { return nil }
        return ReceiptMaterial(
            authorization: authorization, orderDigest: row["order_digest"],
            verifiedBy: (row["verified_by"] as String?).flatMap { VerifiedBy(rawValue: $0) },
            answerDigest: (row["digest"] as Data?).map { [UInt8]($0) },
            device: (row["device"] as String?).flatMap { DeviceID($0) }, certificate: row["certificate"],
            decidedAt: row["decided_at"], leaf: row["leaf"])
    }
}
