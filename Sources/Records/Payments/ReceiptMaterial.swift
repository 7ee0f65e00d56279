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
    /// SHA-256 of what was signed, once for each record that the order draws on, in the order's order.
    package let recordDigests: [[UInt8]]

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
            decidedAt: row["decided_at"], leaf: row["leaf"], recordDigests: try recordDigests(of: id, in: db))
    }

    /// The texts that counted when the holds were taken: a later attestation changes no receipt.
    private static func recordDigests(of id: AuthorizationID, in db: Database) throws -> [[UInt8]] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT (SELECT f.record_digest FROM prescription_filings f
                    WHERE f.prescription = h.prescription AND f.first_seen <= h.created_at
                        AND f.record_digest IS NOT NULL
                    ORDER BY coalesce(f.attested_at, 0) DESC, f.number DESC LIMIT 1) AS digest
                FROM holds h WHERE h.authorization = ? ORDER BY h.order_line
                """)
        var seen: Set<[UInt8]> = []
        return try Row.fetchAll(statement, arguments: [id]).compactMap { row in
            (row["digest"] as Data?).map { [UInt8]($0) }
        }.filter { seen.insert($0).inserted }
    }
}
