import Synchronization

/// A command on its way through the writer, with whoever waits for it.
///
/// Whoever waits is answered once, on every path: what run or fail left is told only with the proof of a
/// commit, a failure of the disk is told at once, and a job that is dropped tells so by itself.
protocol Job: Sendable {
    var enqueuedAt: ContinuousClock.Instant { get }
    func run(in transaction: Transaction) throws
    /// The command itself failed; its batch goes on.
    func fail(_ error: any Error)
    /// Resumes the caller with what `run` or `fail` left.
    func answer(after commit: DurableCommit)
    /// Resumes the caller with a failure: nothing was acknowledged.
    func refuse(_ failure: StorageFailure)
}

final class TypedJob<C: Command>: Job {
    private struct State {
        var caller: CheckedContinuation<C.Outcome, any Error>?
        var result: Result<C.Outcome, any Error>?
    }

    let enqueuedAt: ContinuousClock.Instant
    private let command: C
    private let state: Mutex<State>

    init(
        command: C, caller: CheckedContinuation<C.Outcome, any Error>, enqueuedAt: ContinuousClock.Instant
    ) {
        self.command = command
        self.enqueuedAt = enqueuedAt
        state = Mutex(State(caller: caller))
    }

    deinit { refuse(.unavailable) }

    func run(in transaction: Transaction) throws {
        let outcome = try command.run(in: transaction)
        state.withLock { $0.result = .success(outcome) }
    }

    func fail(_ error: any Error) {
        state.withLock { $0.result = .failure(error) }
    }

    func answer(after commit: DurableCommit) {
        let (caller, result) = take()
        caller?.resume(with: result ?? .failure(StorageFailure.unavailable))
    }

    func refuse(_ failure: StorageFailure) {
        take().caller?.resume(throwing: failure)
    }

    /// The caller, for whoever answers first.
    private func take() -> (
        caller: CheckedContinuation<C.Outcome, any Error>?, result: Result<C.Outcome, any Error>?
    ) {
        state.withLock { state in
            defer { state.caller = nil }
            return (state.caller, state.result)
        }
    }
}
