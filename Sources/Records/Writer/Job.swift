import Synchronization

/// A command on its way through the writer, with whoever waits for it.
protocol Job: Sendable {
    var enqueuedAt: ContinuousClock.Instant { get }
    func run(in transaction: Transaction) throws
    func fail(_ error: any Error)
    /// Resumes the caller with what `run` or `fail` left; after the commit.
    func reply()
}

final class TypedJob<C: Command>: Job {
    let command: C
    let continuation: CheckedContinuation<C.Outcome, any Error>
    let enqueuedAt: ContinuousClock.Instant
    private let result = Mutex<Result<C.Outcome, any Error>?>(nil)

    init(
        command: C, continuation: CheckedContinuation<C.Outcome, any Error>,
        enqueuedAt: ContinuousClock.Instant
    ) {
        self.command = command
        self.continuation = continuation
        self.enqueuedAt = enqueuedAt
    }

    func run(in transaction: Transaction) throws {
        let outcome = try command.run(in: transaction)
        result.withLock { $0 = .success(outcome) }
    }

    func fail(_ error: any Error) {
        result.withLock { $0 = .failure(error) }
    }

    func reply() {
        let result = result.withLock { $0 } ?? .failure(StorageFailure.unavailable)
        continuation.resume(with: result)
    }
}
