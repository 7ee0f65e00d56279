import GRDB

/// The file as SQLite sees it: its pages, its rules, its references, and the schema that this program makes.
enum FileCheck {
    /// More is not listed: the first few say enough.
    private static let limit = 20

    static func integrity(in db: Database, _ findings: FindingList) throws {
        for row in try Row.fetchAll(db, sql: "PRAGMA integrity_check(\(limit))") {
            let message = row.exactText(0) ?? "no answer"
            if message != "ok" { findings.add(.damaged(message)) }
        }
        let rows = try Row.fetchCursor(db, sql: "PRAGMA foreign_key_check")
        var tables: Set<String> = []
        while let row = try rows.next() {
            if let table = row.exactText(0), tables.insert(table).inserted {
                findings.add(.danglingReference(table: table))
            }
        }
    }

    static func schema(in db: Database, _ findings: FindingList) throws {
        let applied = try? Row.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY 1")
        guard applied?.map({ $0.exactText(0) }) == Schema.migrator.migrations.sorted() else {
            return findings.add(.otherVersion)
        }
        var expected = try Self.expected.get()
        for (name, sql) in try objects(in: db) where expected.removeValue(forKey: name) != sql {
            findings.add(.schemaDiffers(name: name))
        }
        for name in expected.keys.sorted() { findings.add(.schemaDiffers(name: name)) }
    }

    /// What a new file of this version has, made once.
    private static let expected = Result {
        let queue = try DatabaseQueue()
        try Schema.migrator.migrate(queue)
        return try queue.read { db in Dictionary(uniqueKeysWithValues: try objects(in: db)) }
    }

    /// Every table, index, trigger and view with its text; what SQLite makes for itself has none.
    private static func objects(in db: Database) throws -> [(name: String, sql: String)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                ORDER BY type, name
                """
        ).enumerated().map { index, row in
            let name = [row.exactText(0), row.exactText(1)].compactMap(\.self).joined(separator: " ")
            return (name.isEmpty ? "entry \(index)" : name, row.exactText(2) ?? "")
        }
    }
}
