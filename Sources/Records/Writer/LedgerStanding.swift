/// How the writer stands with its disk, for whoever watches the server.
package enum LedgerStanding: Sendable, Hashable {
    case working
    /// The disk is full: reads go on, writes come back by themselves.
    case full
    /// The disk fails: the files are closed, and are opened again by themselves.
    case failing
    /// Commits are durable, but the log cannot be moved into the database file, so it grows.
    case cannotShortenLog
    /// Somebody else moved, replaced or changed the files. Nothing is read or written.
    case foreignFiles(FileFault)
    case closed
}
