import Logging
package import Records
import Synchronization

/// Tells the log how the writer stands with its disk, once for each change.
final class DiskWatch: Sendable {
    private let last = Mutex(LedgerStanding.working)

    func look(_ standing: LedgerStanding, logger: Logger) {
        let before = last.withLock { last in
            defer { last = standing }
            return last
        }
        guard before != standing, standing != .closed else { return }
        if let problem = standing.problem {
            logger.error("the disk does not do its part", metadata: ["problems": "\(problem)"])
        } else {
            logger.notice("the disk does its part again")
        }
    }
}

extension LedgerStanding {
    /// What is wrong and what to do, for the operator; nil when all is well.
    package var problem: String? {
        switch self {
        case .working, .closed: nil
        case .full: "The disk is full: make room. Nothing is written meanwhile; reading goes on."
        case .failing:
            "The database cannot be used: the disk fails. It is opened again by itself; see the system's log."
        case .cannotShortenLog:
            "The write-ahead log cannot be moved into the database file and grows: see the system's log."
        case .foreignFiles(let fault): fault.problem
        }
    }
}

extension FileFault {
    /// What is wrong and what to do, for the operator.
    package var problem: String {
        switch self {
        case .databaseMissing: "The database file is gone: \(Self.putBack)"
        case .databaseReplaced: "Another file was put in the database's place: \(Self.putBack)"
        case .databaseChanged:
            """
            Somebody else wrote into the database file, or cut it off. Nothing is acknowledged any more: stop the \
            server, put the right files in their place and start again.
            """
        case .logMissing: "The write-ahead log (-wal) is gone: \(Self.putBack)"
        case .logReplaced: "Another file was put in the place of the write-ahead log (-wal): \(Self.putBack)"
        case .logCut:
            """
            Somebody else cut off the write-ahead log (-wal). Nothing is acknowledged any more: stop the server, \
            put the right files in their place and start again.
            """
        case .indexReplaced: "The index of the write-ahead log (-shm) was removed or replaced."
        }
    }

    private static let putBack = """
        nothing is acknowledged until the file that was there is back, or the server is started again with the \
        right one.
        """
}
