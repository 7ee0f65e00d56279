import GRDB
import GRDBSQLite

/// The write-ahead log of a database, as a file.
enum WriteAheadLog {
    /// SQLite's layer for Unix takes less than 128 KiB a call.
    private static let pieceLength = 64 * 1_024

    /// Writes every byte of the log again, in its place, and syncs it. Called before a database is opened,
    /// while no connection of ours has it open.
    ///
    /// Why: a sync that failed leaves pages which the system takes for clean, though they never reached the
    /// disk. A later sync has nothing to do, and says yes (PostgreSQL's "fsyncgate", 2018; Rebello et al.,
    /// "Can Applications Recover from fsync Failures?", USENIX ATC 2020). SQLite recovers a log from what it
    /// reads, so it would show, and we would acknowledge, what a power cut takes away. Bytes that are written
    /// again are dirty again; a sync that then succeeds proves that the disk has what recovery will read.
    ///
    /// Written before any checkpoint, because one that copies frames which are not on the disk tears the
    /// database when the power goes in the middle of it.
    ///
    /// A power cut in here is harmless: what was durable is written with the same bytes, and for the rest the
    /// log's own checksums decide.
    ///
    /// - Throws: `DatabaseError`. Nothing may be acknowledged then.
    static func writeAnew(database path: String) throws {
        guard let vfs = unsafe sqlite3_vfs_find(nil),
            let names = unsafe sqlite3_create_filename(path, path + "-journal", path + "-wal", 0, nil)
        else { throw DatabaseError(resultCode: .SQLITE_NOMEM) }
        defer { unsafe sqlite3_free_filename(names) }
        guard let name = unsafe sqlite3_filename_wal(names) else { return }
        var isThere: CInt = 0
        try check(unsafe vfs.pointee.xAccess(vfs, name, SQLITE_ACCESS_EXISTS, &isThere))
        guard isThere != 0 else { return }
        let size = unsafe Int(vfs.pointee.szOsFile)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        defer { unsafe memory.deallocate() }
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        let file = unsafe memory.assumingMemoryBound(to: sqlite3_file.self)
        var flags: CInt = 0
        try check(unsafe vfs.pointee.xOpen(vfs, name, file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL, &flags))
        defer { _ = unsafe file.pointee.pMethods.pointee.xClose(file) }
        try unsafe writeAnew(file)
    }

    private static func writeAnew(_ file: UnsafeMutablePointer<sqlite3_file>) throws {
        let methods = unsafe file.pointee.pMethods.pointee
        var size: Int64 = 0
        try check(unsafe methods.xFileSize(file, &size))
        var piece = [UInt8](repeating: 0, count: pieceLength)
        for start in stride(from: 0, to: size, by: pieceLength) {
            let count = CInt(min(Int64(pieceLength), size - start))
            let code = unsafe piece.withUnsafeMutableBytes { bytes in
                let code = unsafe methods.xRead(file, bytes.baseAddress, count, start)
                return code == SQLITE_OK ? unsafe methods.xWrite(file, bytes.baseAddress, count, start) : code
            }
            try check(code)
        }
        try check(unsafe methods.xSync(file, SQLITE_SYNC_FULL))
    }

    private static func check(_ code: CInt) throws {
        guard code == SQLITE_OK else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: "the write-ahead log cannot be written anew")
        }
    }
}
