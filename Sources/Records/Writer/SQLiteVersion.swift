import GRDBSQLite

/// The SQLite that this program is linked with.
package enum SQLiteVersion {
    /// As in `3.40.1`.
    package static var linked: String { unsafe String(cString: sqlite3_libversion()) }
}
