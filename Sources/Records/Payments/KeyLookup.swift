import Foundation
package import GRDB

/// What a key knows, read outside the writer: for a request that waits for the first one's end.
package enum KeyLookup {
    /// The sealed answer under a key; nil while it is under way or when the key is free again.
    package static func answer(
        _ key: StoredAnswerKey, in db: Database
    ) throws -> (status: Int, sealed: [UInt8])? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT status, body_sealed FROM stored_answers
                    WHERE merchant = ? AND is_live = ? AND route = ? AND key = ?
                    """),
            arguments: [key.owner.merchant, key.owner.isLive, key.route, key.key])
        guard let row, let status = row["status"] as Int?, let sealed = row["body_sealed"] as Data? else {
            return nil
        }
        return (status, [UInt8](sealed))
    }
}
