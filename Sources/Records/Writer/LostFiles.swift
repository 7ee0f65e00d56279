import Dispatch
import GRDB
import Vocabulary

/// The time between losing the files and having them again.
struct LostFiles: Sendable {
    var former: FormerFiles
    /// Why; nil when the disk failed.
    var fault: FileFault?
    /// Kept open because only they hold what was acknowledged, or because closing them would write into a
    /// file that is not ours any more.
    var stranded: DatabaseFiles?
    private var backoff = Backoff(first: 50, longest: 1_000)

    init(_ files: DatabaseFiles, because fault: FileFault?) {
        former = FormerFiles(watch: files.lastWatch, isLogEmptied: false)
        self.fault = fault
        stranded = files
    }

    var standing: LedgerStanding { fault.map { .foreignFiles($0) } ?? .failing }

    /// The pause before the next try; it grows to a second.
    mutating func nextPause() -> DispatchTimeInterval {
        backoff.fail()
        return .milliseconds(Int(backoff.pause(chance: 0)))
    }

    /// Closes what is open, after saving what only the old log holds.
    ///
    /// - Returns: false when it must stay open.
    mutating func letGo() -> Bool {
        guard let files = stranded else { return true }
        if let fault {
            guard fault.mayBePutRight else { return false }
            if fault.leavesDatabase {
                guard files.emptyLog() else { return false }
                former = FormerFiles(watch: files.lastWatch, isLogEmptied: true)
            }
        }
        try? files.pool.close()
        stranded = nil
        return true
    }
}
