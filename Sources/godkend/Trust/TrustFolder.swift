import Logging
import Operations
import Synchronization
import Vocabulary

/// The trust folder of a running server. A file that was copied in counts within a second.
///
/// A folder that is not there trusts nobody. When a changed folder cannot be read, the last good snapshot
/// stays, and the log says so once for each change.
final class TrustFolder: TrustSource {
    private let files: TrustFiles
    private let clock: any Operations.Clock
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var lookedAt: Instant?
        var entries: [TrustFiles.Entry]?
        var good: TrustSnapshot?
    }

    init(path: String, clock: any Operations.Clock, logger: Logger) {
        files = TrustFiles(path: path)
        self.clock = clock
        self.logger = logger
    }

    /// The folder as it is; the last good one when it is broken. Throws only when there never was a good one.
    func current() throws -> TrustSnapshot {
        try state.withLock { state in
            let now = clock.now()
            if let good = state.good, let last = state.lookedAt, last <= now, now < last.adding(seconds: 1) {
                return good
            }
            state.lookedAt = now
            // Looked at before they are read: what changes meanwhile is read at the next look.
            let entries = files.entries()
            if let good = state.good, entries == state.entries { return good }
            state.entries = entries
            return try read(entries, &state)
        }
    }

    private func read(_ entries: [TrustFiles.Entry], _ state: inout State) throws -> TrustSnapshot {
        do {
            let snapshot = try TrustSnapshot(evidence: entries.map(files.evidence))
            if state.good != nil {
                logger.notice("trust folder read again", metadata: ["count": "\(entries.count)"])
            }
            state.good = snapshot
            return snapshot
        } catch {
            guard let good = state.good else { throw error }
            logger.error(
                "trust folder refused, the old trust stays: run `godkend trust list`",
                metadata: ["problems": "\(Explanation.sentence(for: error))"])
            return good
        }
    }
}
