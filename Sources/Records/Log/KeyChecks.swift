import Foundation
package import GRDB

/// The check values of the server's keys: what each key sealed when the database was made. No key can be
/// computed from them; a key that does not open its own is another one (reliability rule 14).
package enum KeyChecks {
    /// All of them, by the key's name.
    package static func all(in db: Database) throws -> [String: [UInt8]] {
        let rows = try Row.fetchAll(db, sql: "SELECT name, sealed FROM key_checks")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["name"], [UInt8]($0["sealed"] as Data)) })
    }

    /// The same of a file that a server may have open; nil when it has none yet.
    package static func all(ofFile path: String) throws -> [String: [UInt8]]? {
        let file = try VerifiedFile.open(path)
        defer { try? file.close() }
        return try file.read { db in try db.tableExists("key_checks") ? all(in: db) : nil }
    }
}

/// Writes down the check value of a key, in the place of a former one.
package struct StoreKeyCheck: Command {
    package let name: String
    package let sealed: [UInt8]

    package init(name: String, sealed: [UInt8]) {
        self.name = name
        self.sealed = sealed
    }

    package func run(in transaction: Transaction) throws {
        try transaction.execute(
            "INSERT INTO key_checks (name, sealed) VALUES (?, ?) "
                + "ON CONFLICT (name) DO UPDATE SET sealed = ?2",
            [name, Data(sealed)])
    }
}
