import GRDB
import Vocabulary

/// Where a run goes on from: the newest time in the log, and the newest identifiers.
///
/// Neither a time in the log nor an identifier goes back across a restart, even when the machine's clock did.
struct LedgerOrigin: Sendable {
    /// The time of the last leaf; nil in an empty log.
    let newest: Instant?
    /// The greatest identifier of each table that has any.
    let identifiers: [String]

    static func read(in db: Database) throws -> LedgerOrigin {
        let size = try LogReading.size(in: db)
        let last = size == 0 ? nil : try LogReading.leaf(at: size - 1, in: db)?.leaf
        let tables = try String.fetchAll(
            db,
            sql: """
                SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND c.name = 'id' AND c.pk = 1 AND c.type = 'TEXT'
                """)
        let greatest = try tables.compactMap { table in
            try String.fetchOne(db, sql: "SELECT max(id) FROM \(table.quotedDatabaseIdentifier)")
        }
        return LedgerOrigin(newest: last?.time, identifiers: greatest)
    }
}
