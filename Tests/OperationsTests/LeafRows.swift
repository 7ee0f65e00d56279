import Foundation
import GRDB
import Records

/// Leaves as they lie in the file.
enum LeafRows {
    struct Entry {
        let position: Int64
        let kind: String
        let outcome: String
        let actor: String?
        let merchant: String?
    }

    static func all(of subject: String, in db: Database) throws -> [Entry] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM leaves WHERE subject = ? ORDER BY position", arguments: [subject]
        ).compactMap { row in
            let body = (row["body"] as Data?).map { [UInt8]($0) }
            guard let leaf = Leaf(bytes: [UInt8](row["bytes"] as Data), body: body) else { return nil }
            return Entry(
                position: row["position"], kind: leaf.kind.rawValue, outcome: leaf.outcome, actor: leaf.actor,
                merchant: leaf.merchant)
        }
    }
}
