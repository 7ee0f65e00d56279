package import GRDB
package import Vocabulary
import Dispatch
import Synchronization

/// The one owner of the database file. All changes go through `submit`, one after the other in batches;
/// everything else reads on connections that cannot write.
///
/// One connection makes all commits and all checkpoints, because SQLite below 3.51.3 can corrupt a
/// write-ahead log when two do (https://www.sqlite.org/wal.html, section 11).
package final class Ledger: Sendable {
    /// Commands in one transaction at most.
    package static let batchLimit = 128
    /// Commands waiting at most; more are refused, so that nobody waits for a reply that comes too late.
    package static let queueLimit = 8_192

    private struct State {
        var waiting: [any Job] = []
        var isDraining = false
        var isClosed = false
        var files: DatabaseFiles?
    }

    package let context: LedgerContext
    private let location: DatabaseLocation
    private let state: Mutex<State>
    private let thread = DispatchQueue(label: "godkend.writer")
    private let clock: MonotoneTime
    private let origin: LedgerOrigin
    package let changes = ChangeHub()

    /// Opens the file, brings the schema up to date and proves that the promised settings are in force.
    package init(path: String, isLive: Bool = false, context: LedgerContext) throws {
        self.context = context
        location = DatabaseLocation(path: path, isLive: isLive)
        let files = try location.open()
        origin = try files.pool.read { db in try LedgerOrigin.read(in: db) }
        state = Mutex(State(files: files))
        clock = MonotoneTime(context.time)
        context.begin(after: origin)
    }

    /// The time of the newest entry of the log when the file was opened; nil where there was none.
    package var newestAtStart: Instant? { origin.newest }

    /// The greatest identifier of each table when the file was opened.
    package var identifiersAtStart: [String] { origin.identifiers }

    /// Runs a command and returns after its commit: a reply never precedes it.
    ///
    /// - Throws: what the command throws (nothing of it is stored), or a `StorageFailure`.
    package func submit<C: Command>(_ command: C) async throws -> C.Outcome {
        try await withCheckedThrowingContinuation { continuation in
            let job = TypedJob(command: command, continuation: continuation, enqueuedAt: .now)
            switch enqueue(job) {
            case nil: break
            case .some(let failure): continuation.resume(throwing: failure)
            }
        }
    }

    /// Reads on a connection that cannot write. The closure sees one consistent state.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        guard let files = state.withLock({ $0.files }) else { throw StorageFailure.unavailable }
        return try await files.pool.read(body)
    }

    /// How long the oldest waiting command has waited; zero when the writer keeps up.
    package var queueAge: Duration {
        state.withLock { state in
            state.waiting.first.map { $0.enqueuedAt.duration(to: .now) } ?? .zero
        }
    }

    /// Commands that wait for the next batch.
    package var queueLength: Int { state.withLock { $0.waiting.count } }

    /// Carries everything from the write-ahead log into the file and empties the log, so that nothing that
    /// was erased is left in it.
    ///
    /// - Returns: false when readers held the log open all the time.
    package func emptyWriteAheadLog(attempts: Int = 50) async -> Bool {
        for attempt in 0..<attempts {
            if attempt > 0 { try? await Task.sleep(for: .milliseconds(100)) }
            let isEmpty = await withCheckedContinuation { continuation in
                thread.async { continuation.resume(returning: self.truncateWriteAheadLog()) }
            }
            if isEmpty { return true }
        }
        return false
    }

    /// One try, which keeps the writer waiting for readers only for a moment.
    private func truncateWriteAheadLog() -> Bool {
        guard let files = usableFiles() else { return false }
        let isDone = try? files.pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA busy_timeout = 100")
            defer { try? db.execute(sql: "PRAGMA busy_timeout = 5000") }
            _ = try db.checkpoint(.truncate)
            return true
        }
        return isDone ?? false
    }

    /// Refuses new commands, finishes the waiting ones and closes the file.
    package func close() async {
        state.withLock { $0.isClosed = true }
        await withCheckedContinuation { continuation in
            thread.async {
                self.drain()
                let files = self.state.withLock { state in
                    defer { state.files = nil }
                    return state.files
                }
                try? files?.pool.close()
                continuation.resume()
            }
        }
    }

    private func enqueue(_ job: some Job) -> StorageFailure? {
        let step: EnqueueStep = state.withLock { state in
            if state.isClosed { return .refused(.closed) }
            if state.waiting.count >= Self.queueLimit { return .refused(.overloaded) }
            state.waiting.append(job)
            if state.isDraining { return .joined }
            state.isDraining = true
            return .start
        }
        switch step {
        case .joined: return nil
        case .refused(let failure): return failure
        case .start:
            thread.async { self.drain() }
            return nil
        }
    }

    /// Works until nobody waits. Commands that arrive during a commit make up the next batch.
    private func drain() {
        while let batch = nextBatch() {
            guard let files = usableFiles() else {
                for job in batch { job.fail(StorageFailure.unavailable) }
                continue
            }
            let commit = BatchCommit(jobs: batch, context: context, time: clock.next())
            let needsReopening = commit.run(on: files.pool)
            if needsReopening {
                state.withLock { $0.files = nil }
                try? files.pool.close()
            }
            commit.finish(telling: changes)
        }
    }

    private func nextBatch() -> [any Job]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let batch = Array(state.waiting.prefix(Self.batchLimit))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }

    /// The open file, opened again after a commit with an unknown outcome.
    private func usableFiles() -> DatabaseFiles? {
        if let files = state.withLock({ $0.files }) { return files }
        guard let files = try? location.open() else { return nil }
        state.withLock { $0.files = files }
        return files
    }
}

/// What became of a command at the queue.
private enum EnqueueStep {
    case start
    case joined
    case refused(StorageFailure)
}
