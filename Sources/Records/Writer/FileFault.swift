/// How the files of the database are not ours any more: somebody else changed, moved or removed them.
package enum FileFault: Error, Sendable, Hashable, CaseIterable {
    /// The path of the database names nothing.
    case databaseMissing
    /// It names another file.
    case databaseReplaced
    /// It names our file, but somebody else wrote into it or cut it off.
    case databaseChanged
    /// The write-ahead log's path names nothing.
    case logMissing
    /// It names another file.
    case logReplaced
    /// It names our file, but somebody else cut it off.
    case logCut
    /// The index of the log, which all connections share, was removed or replaced.
    case indexReplaced

    /// Whether this process can go on once the file that it had is back in its place.
    var mayBePutRight: Bool {
        switch self {
        case .databaseMissing, .databaseReplaced, .logMissing, .logReplaced, .indexReplaced: true
        case .databaseChanged, .logCut: false
        }
    }

    /// Whether the database file itself is ours still, so that what only the log holds can be saved into it.
    var leavesDatabase: Bool {
        switch self {
        case .logMissing, .logReplaced, .indexReplaced: true
        case .databaseMissing, .databaseReplaced, .databaseChanged, .logCut: false
        }
    }
}
