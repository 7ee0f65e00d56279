/// Why the decision log is not signed any more (LOG-ATOMIC, LOG-TAMPER). The gateway goes on; nobody is told
/// a new checkpoint until the operator has looked.
package enum LogRefusal: Error, Sendable, Hashable {
    /// The last checkpoint covers more leaves than there are: an older database was put back.
    case olderDatabase(signed: Int64, found: Int64)
    /// The leaves that the last checkpoint covers are not those that were signed.
    case fork(size: Int64)
    /// The kept hashes of the tree do not belong together.
    case brokenTree
    /// The last checkpoint is not by this server's key.
    case otherKey
    /// The file of checkpoints cannot be read or does not end with a checkpoint.
    case unreadableCheckpoints

    /// One sentence with what to do.
    package var explanation: String {
        switch self {
        case .olderDatabase(let signed, let found):
            """
            The decision log is not signed: the last checkpoint covers \(signed) leaves and the database has \
            \(found). An older database was put back; put the newest one in its place.
            """
        case .fork(let size):
            """
            The decision log is not signed: its first \(size) leaves are not those of the last checkpoint. \
            Run `godkend audit verify` and put the right database back.
            """
        case .brokenTree:
            """
            The decision log is not signed: the hashes of its tree do not belong together. Run `godkend audit \
            verify` and put the right database back.
            """
        case .otherKey:
            """
            The decision log is not signed: the last checkpoint is by another key. Put the right log.key back.
            """
        case .unreadableCheckpoints:
            """
            The decision log is not signed: checkpoints.log cannot be read, or does not end with a checkpoint. \
            Put the right file back.
            """
        }
    }
}
