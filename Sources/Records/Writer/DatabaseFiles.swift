import GRDB
import GRDBSQLite
import Synchronization

/// The open database: one writing connection, a few that only read, and the watch over their files.
final class DatabaseFiles: Sendable {
    /// Frames in the log from which on the writer moves them into the database file; SQLite's own default.
    private static let checkpointFrames = 1_000

    let pool: DatabasePool
    private let watch: Mutex<FileWatch>
    private let frames: LogFrames

    init(pool: DatabasePool, watch: FileWatch, frames: LogFrames) {
        self.pool = pool
        self.watch = Mutex(watch)
        self.frames = frames
    }

    var lastWatch: FileWatch { watch.withLock { $0 } }

    /// For readers: whether the paths name our files still.
    func identityFault() -> FileFault? { watch.withLock { $0 }.identityFault() }

    /// For the writer, before a batch and again before its replies.
    func mustBeOurs() throws(FileFault) {
        if let fault = watch.withLock({ $0 }).contentFault() { throw fault }
    }

    /// Remembers the files as the writer's own work left them.
    func renewWatch() { watch.withLock { $0.renew() } }

    /// Commits a change that changes nothing: whether there is room for a page.
    func writeOnePage() throws {
        try mustBeOurs()
        defer { renewWatch() }
        try pool.write { db in
            let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            try db.execute(sql: "PRAGMA user_version = \(version)")
        }
    }

    /// Moves the log into the database file when it is long. The writer does it by itself, after the replies:
    /// SQLite's own way would do it before them and say nothing of a failure.
    ///
    /// - Returns: false when it failed. Nothing is lost then: the log keeps all, and the next try begins
    ///   where the last whole one ended.
    func shortenLog() -> Bool {
        guard frames.count >= Self.checkpointFrames else { return true }
        defer { renewWatch() }
        do {
            _ = try pool.writeWithoutTransaction { db in try db.checkpoint(.passive) }
            return true
        } catch {
            return (error as? DatabaseError)?.resultCode == .SQLITE_BUSY
        }
    }

    /// One try to move all of the log into the database file and to empty it, which keeps the writer waiting
    /// for readers only for a moment.
    func emptyLog() -> Bool {
        defer { renewWatch() }
        let isDone = try? pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA busy_timeout = 100")
            defer { try? db.execute(sql: "PRAGMA busy_timeout = 5000") }
            _ = try db.checkpoint(.truncate)
            return true
        }
        return isDone ?? false
    }
}

/// Counts the frames in the log, as SQLite tells at each commit.
final class LogFrames: Sendable {
    private let latest = Atomic<Int32>(0)

    var count: Int { Int(latest.load(ordering: .relaxed)) }

    /// Hears of each commit of a connection. Must live as long as the connection.
    func follow(_ db: Database) {
        let this = unsafe Unmanaged.passUnretained(self).toOpaque()
        _ = unsafe sqlite3_wal_hook(
            db.sqliteConnection,
            { this, _, _, frames in
                guard let this = unsafe this else { return SQLITE_OK }
                unsafe Unmanaged<LogFrames>.fromOpaque(this).takeUnretainedValue().latest
                    .store(frames, ordering: .relaxed)
                return SQLITE_OK
            }, this)
    }
}
