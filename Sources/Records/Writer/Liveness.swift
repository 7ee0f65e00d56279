package import GRDB

/// Proves that the file can be read.
package enum Liveness {
    package static func check(_ db: Database) throws {
        _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM log_edge")
    }
}
