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
        /// While there are no files.
        var lost: LostFiles?
        var standing = LedgerStanding.working
    }

    package let context: LedgerContext
    private let location: DatabaseLocation
    private let state: Mutex<State>
    private let thread = DispatchQueue(label: "godkend.writer")
    private let clock: MonotoneTime
    private let origin: LedgerOrigin
    package let changes = ChangeHub()

    /// Opens the file, brings the schema up to date and proves that the promised settings are in force.
    ///
    /// - Parameter syncFolder: makes the names in a folder durable; a test has one that fails.
    package init(
        path: String, isLive: Bool = false, context: LedgerContext,
        syncFolder: @escaping @Sendable (String) throws -> Void = { try Records.syncFolder($0) }
    ) throws {
        self.context = context
        location = DatabaseLocation(path: path, isLive: isLive, syncFolder: syncFolder)
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
            let job = TypedJob(command: command, caller: continuation, enqueuedAt: .now)
            if let failure = enqueue(job) { job.refuse(failure) }
        }
    }

    /// Reads on a connection that cannot write. The closure sees one consistent state, all of it durable.
    ///
    /// - Throws: what the closure throws, or `StorageFailure.unavailable` when the file cannot be read now.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        guard let files = state.withLock({ $0.files }) else { throw StorageFailure.unavailable }
        if let fault = files.identityFault() {
            thread.async { self.lose(files, because: fault) }
            throw StorageFailure.unavailable
        }
        do {
            return try await files.pool.read(body)
        } catch let error as DatabaseError where error.isReadFailure {
            if error.asksForReopening { thread.async { self.lose(files, because: nil) } }
            throw StorageFailure.unavailable
        }
    }

    /// How the writer stands with its disk.
    package var standing: LedgerStanding {
        state.withLock { $0.isClosed ? .closed : $0.lost?.standing ?? $0.standing }
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
        state.withLock { $0.files }?.emptyLog() ?? false
    }

    /// Refuses new commands, finishes the waiting ones and closes the file.
    package func close() async {
        state.withLock { $0.isClosed = true }
        await withCheckedContinuation { continuation in
            thread.async {
                self.drain()
                self.letGo()
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
            if let files = state.withLock({ $0.files }) {
                perform(batch, on: files)
            } else {
                for job in batch { job.refuse(.unavailable) }
            }
        }
    }

    private func perform(_ batch: [any Job], on files: DatabaseFiles) {
        let commit = BatchCommit(jobs: batch, context: context, time: clock.next())
        switch commit.run(on: files) {
        case .durable(let proof):
            commit.finish(proof, telling: changes)
            let isShort = files.shortenLog()
            if !isShort { note(.cannotShortenLog) } else if standing != .full { note(.working) }
        case .failed(let failure, let isSound):
            // What stands is told before the replies, so that whoever is refused finds the reason.
            if failure == .full { waitForSpace(files) }
            let isLost = !isSound && giveUp(files, because: nil)
            for job in batch { job.refuse(failure) }
            if isLost { recover() }
        case .foreign(let fault):
            let isLost = giveUp(files, because: fault)
            for job in batch { job.refuse(.foreignFiles) }
            if isLost { recover() }
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

    private func note(_ standing: LedgerStanding) { state.withLock { $0.standing = standing } }
}

// Losing the files and having them again. All of it on the writer's thread.
extension Ledger {
    /// Stops using files that cannot be trusted any more, and tries at once to have them again. Whoever else
    /// noticed the same comes too late and does nothing.
    private func lose(_ files: DatabaseFiles, because fault: FileFault?) {
        if giveUp(files, because: fault) { recover() }
    }

    /// Uses the files no more. False when somebody else said so before.
    private func giveUp(_ files: DatabaseFiles, because fault: FileFault?) -> Bool {
        state.withLock { state in
            guard state.files === files else { return false }
            state.files = nil
            state.lost = LostFiles(files, because: fault)
            return true
        }
    }

    /// Closes the files and opens them again, or comes back after a pause, for as long as it takes.
    private func recover() {
        guard var lost = state.withLock({ $0.isClosed ? nil : $0.lost }) else { return }
        do {
            if lost.letGo() {
                let files = try location.open(after: lost.former)
                state.withLock { state in
                    state.files = files
                    state.lost = nil
                    state.standing = .working
                }
                return
            }
        } catch let fault as FileFault {
            lost.fault = fault
        } catch {
            // The disk fails still.
            lost.fault = nil
        }
        let pause = lost.nextPause()
        state.withLock { $0.lost = lost }
        thread.asyncAfter(deadline: .now() + pause) { [weak self] in self?.recover() }
    }

    /// The disk is full. Tries each second whether there is room again, so that nobody else has to.
    private func waitForSpace(_ files: DatabaseFiles) {
        let isNew = state.withLock { state in
            defer { state.standing = .full }
            return state.standing != .full
        }
        if isNew { lookForSpaceLater(files) }
    }

    private func lookForSpaceLater(_ files: DatabaseFiles) {
        thread.asyncAfter(deadline: .now() + .milliseconds(500)) { [weak self] in
            guard let self, self.state.withLock({ $0.files === files && !$0.isClosed }) else { return }
            do {
                try files.writeOnePage()
                self.note(.working)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
                self.lookForSpaceLater(files)
            } catch {
                self.lose(files, because: error as? FileFault)
            }
        }
    }

    /// Closes what is open, for good.
    private func letGo() {
        let (files, lost) = state.withLock { state in
            defer { (state.files, state.lost) = (nil, nil) }
            return (state.files, state.lost)
        }
        try? files?.pool.close()
        if var lost { _ = lost.letGo() }
    }
}

/// What became of a command at the queue.
private enum EnqueueStep {
    case start
    case joined
    case refused(StorageFailure)
}
