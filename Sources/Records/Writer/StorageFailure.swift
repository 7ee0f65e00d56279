import GRDB

/// Why nothing was recorded. None of these is ever an acknowledgement.
package enum StorageFailure: Error, Sendable, Hashable {
    /// The disk is full: reads go on; writes go on by themselves once there is space again.
    case full
    /// Reading or writing failed before the commit: nothing was stored.
    case unavailable
    /// The commit itself failed: whether it was stored is known only after the file is opened again
    /// (reliability rule 3). The caller asks again with the same key.
    case outcomeUnknown
    /// The database's files were moved, replaced or changed by somebody else: what was written may be in a
    /// file that nobody will open again.
    case foreignFiles
    /// The gateway is going down.
    case closed
    /// The queue in front of the writer is full.
    case overloaded

    init(_ error: DatabaseError, during commit: Bool) {
        switch error.resultCode {
        case .SQLITE_FULL: self = .full
        default: self = commit ? .outcomeUnknown : .unavailable
        }
    }
}
