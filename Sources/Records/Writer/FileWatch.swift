/// Knows which files were opened, and finds out when their paths name others (reliability rule 14). Each look
/// costs three calls of stat(2).
///
/// Not a lock: a file that is replaced between the look and the reply takes that reply with it, and no later
/// one.
struct FileWatch: Sendable {
    private let path: String
    private var database: FileStamp
    private var log: FileStamp
    private let index: FileStamp?

    /// Remembers the files as they are now, just opened.
    init(_ path: String) throws(FileFault) {
        guard let database = FileStamp(path) else { throw .databaseMissing }
        guard let log = FileStamp(path + "-wal") else { throw .logMissing }
        self.path = path
        self.database = database
        self.log = log
        index = FileStamp(path + "-shm")
    }

    /// Whether the paths name our files still. For readers: the writer may be in the middle of a change.
    func identityFault() -> FileFault? { Self.fault(now(), self) }

    /// Whether the files are ours still, and as the writer left them. For the writer, which alone changes
    /// the database file, and only by its own checkpoints.
    func contentFault() -> FileFault? {
        let now = now()
        if let fault = Self.fault(now, self) { return fault }
        if now.database != database { return .databaseChanged }
        guard let size = now.log?.size, size >= log.size else { return .logCut }
        return nil
    }

    /// Takes the files as they are now for what the writer left, after it wrote.
    mutating func renew() {
        let now = now()
        if let found = now.database, found.isSameFile(as: database) { database = found }
        if let found = now.log, found.isSameFile(as: log) { log = found }
    }

    /// Whether files that we closed may be opened again.
    ///
    /// - Parameter isEmptied: what the log held is in the database file, so that a new log may be made.
    func reopeningFault(logIsEmptied isEmptied: Bool) -> FileFault? {
        guard let database = FileStamp(path) else { return .databaseMissing }
        guard database.isSameFile(as: self.database) else { return .databaseReplaced }
        guard database.size >= self.database.size else { return .databaseChanged }
        guard let log = FileStamp(path + "-wal") else { return isEmptied ? nil : .logMissing }
        return log.isSameFile(as: self.log) ? nil : .logReplaced
    }

    private typealias Found = (database: FileStamp?, log: FileStamp?, index: FileStamp?)

    private func now() -> Found {
        (FileStamp(path), FileStamp(path + "-wal"), FileStamp(path + "-shm"))
    }

    private static func fault(_ now: Found, _ before: FileWatch) -> FileFault? {
        guard let database = now.database else { return .databaseMissing }
        guard database.isSameFile(as: before.database) else { return .databaseReplaced }
        guard let log = now.log else { return .logMissing }
        guard log.isSameFile(as: before.log) else { return .logReplaced }
        guard let expected = before.index else { return nil }
        guard let index = now.index, index.isSameFile(as: expected) else { return .indexReplaced }
        return nil
    }
}
