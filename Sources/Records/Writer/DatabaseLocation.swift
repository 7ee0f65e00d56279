import Foundation
import GRDB
import GRDBSQLite

/// Where the database lies, and how it is opened so that the promises hold.
struct DatabaseLocation: Sendable {
    let path: String
    /// The mode that the file is opened in; a new file takes it for good.
    let isLive: Bool
    /// Makes the names in a folder durable.
    let syncFolder: @Sendable (String) throws -> Void

    /// Opens, proves the settings, migrates, and syncs the folder so that the files' names survive a power
    /// cut.
    ///
    /// What the log holds is made durable first, so that nothing is shown or acknowledged that a failed sync
    /// of this process, or of one before it, left in the system's memory only (reliability rule 13).
    ///
    /// - Parameter former: what was open before; another file in its place is a `FileFault`.
    func open(after former: FormerFiles? = nil) throws -> DatabaseFiles {
        if let former, let fault = former.watch.reopeningFault(logIsEmptied: former.isLogEmptied) {
            throw fault
        }
        try WriteAheadLog.writeAnew(database: path)
        let pool = try DatabasePool(path: path, configuration: configuration)
        do {
            return try prepare(pool)
        } catch {
            try? pool.close()
            throw error
        }
    }

    private func prepare(_ pool: DatabasePool) throws -> DatabaseFiles {
        let frames = LogFrames()
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // A batch of 128 commands stays in memory until its commit.
            try db.execute(sql: "PRAGMA cache_size = -32768")
            try prove(db)
            frames.follow(db)
        }
        try Schema.migrator.migrate(pool)
        try pool.write { db in try claimMode(db) }
        try syncFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
        let watch = try FileWatch(path)
        // The writer's own connection says whether the path names its file.
        try pool.writeWithoutTransaction { db in try proveItsPlace(db) }
        return DatabaseFiles(pool: pool, watch: watch, frames: frames)
    }

    private var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "godkend"
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        // A reader must never hold the log back for long; the writer is alone, so it never waits.
        configuration.busyMode = .timeout(5)
        configuration.persistentReadOnlyConnections = true
        // A transaction that cannot even be taken back, for want of memory, must not end the process: the
        // batch notices it and the files are opened anew.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            // First of all: a start that fails must not take the log with it either.
            try keepWriteAheadLog(db)
            // The writer moves the log into the file by itself (`DatabaseFiles.shortenLog`).
            _ = try Int.fetchOne(db, sql: "PRAGMA wal_autocheckpoint = 0")
            try db.execute(sql: "PRAGMA mmap_size = 0")
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            // What is sorted or taken back is in no file beside this one.
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            // What is erased is overwritten with zeros, not only forgotten (LOG-ERASE).
            _ = try Int.fetchOne(db, sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }

    /// The log file stays when the last connection closes, so its folder entry needs no second sync.
    private func keepWriteAheadLog(_ db: Database) throws {
        var on: CInt = 1
        let code = unsafe sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_PERSIST_WAL, &on)
        guard code == SQLITE_OK else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: "the log file cannot be kept")
        }
    }

    private func prove(_ db: Database) throws {
        let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
        let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode")
        let foreignKeys = try Bool.fetchOne(db, sql: "PRAGMA foreign_keys")
        guard synchronous == 2, journal == "wal", foreignKeys == true else {
            throw DatabaseError(message: "the database does not keep its promised settings")
        }
    }

    private func claimMode(_ db: Database) throws {
        try db.execute(
            sql: "INSERT OR IGNORE INTO gateway_mode (only, is_live) VALUES (1, ?)", arguments: [isLive])
        guard try Bool.fetchOne(db, sql: "SELECT is_live FROM gateway_mode") == isLive else {
            throw LedgerFault.otherMode(fileIsLive: !isLive)
        }
    }

    private func proveItsPlace(_ db: Database) throws {
        var hasMoved: CInt = 0
        let code = unsafe sqlite3_file_control(
            db.sqliteConnection, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        guard code == SQLITE_OK else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: "the database's place cannot be read")
        }
        guard hasMoved == 0 else { throw FileFault.databaseReplaced }
    }
}

/// Makes the names of new files in a folder durable.
package func syncFolder(_ path: String) throws {
    let descriptor = unsafe Foundation.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DatabaseError(message: "the state folder cannot be opened") }
    defer { _ = Foundation.close(descriptor) }
    guard fsync(descriptor) == 0 else {
        throw DatabaseError(message: "the state folder cannot be synced")
    }
}

/// Files that were open and were closed after a failure.
struct FormerFiles: Sendable {
    let watch: FileWatch
    /// What the log held was moved into the database file.
    let isLogEmptied: Bool
}
