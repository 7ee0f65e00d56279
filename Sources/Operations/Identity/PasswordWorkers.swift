package import Proofs
package import Vocabulary
import Dispatch
import Synchronization

/// Computes scrypt hashes: so many at once and no more, with a bounded queue before them.
///
/// A hash takes a tenth of a second and 32 MiB. It never runs on the threads that serve requests, and when
/// the queue is full, the next one is refused instead of waiting for longer than anybody would.
package final class PasswordWorkers: Sendable {
    private struct State {
        var running = 0
        var waiting: [@Sendable () -> Void] = []
        var next = 0

        var waitingCount: Int { waiting.count - next }
    }

    private let atOnce: Int
    private let queueLimit: Int
    private let parameters: ScryptParameters
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "godkend.passwords", attributes: .concurrent)

    package init(atOnce: Int = 2, queueLimit: Int = 64, parameters: ScryptParameters = .standard) {
        self.atOnce = atOnce
        self.queueLimit = queueLimit
        self.parameters = parameters
    }

    /// How many wait now.
    package var waiting: Int { state.withLock { $0.waitingCount } }

    /// Hashes a new password with a fresh salt of at least 8 bytes.
    package func hash(_ password: Redacted<String>, salt: [UInt8]) async throws(Refusal) -> PasswordHash {
        let parameters = parameters
        return try await compute {
            try PasswordHash.make(password.exposed(), salt: salt, parameters: parameters)
        }
    }

    /// Whether a password is the stored one. For nobody's password the same work is done, and the answer is
    /// no: the time says nothing about whether a customer exists (SCA-09).
    package func matches(_ password: Redacted<String>, _ stored: PasswordHash?) async throws(Refusal) -> Bool
    {
        let parameters = parameters
        return try await compute {
            let text = password.exposed()
            guard let stored, !text.isEmpty else {
                let salt = [UInt8](repeating: 0x47, count: 16)
                _ = try PasswordHash.make(text.isEmpty ? "-" : text, salt: salt, parameters: parameters)
                return false
            }
            return try stored.matches(text)
        }
    }

    /// Runs a piece of work when its turn comes, or refuses it when the queue is full.
    func compute<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws(Refusal) -> Value {
        let result: Result<Value, Refusal> = await withCheckedContinuation { continuation in
            let job: @Sendable () -> Void = {
                continuation.resume(
                    returning: Result { try work() }.mapError { _ in Refusal(.internalError) })
            }
            if !enqueue(job) { continuation.resume(returning: .failure(Refusal(.overloaded))) }
        }
        return try result.get()
    }

    private func enqueue(_ job: @escaping @Sendable () -> Void) -> Bool {
        enum Step { case start, wait, refuse }
        let step: Step = state.withLock { state in
            if state.running < atOnce {
                state.running += 1
                return .start
            }
            guard state.waitingCount < queueLimit else { return .refuse }
            state.waiting.append(job)
            return .wait
        }
        if step == .start { queue.async { self.work(from: job) } }
        return step != .refuse
    }

    /// Runs a job, then whatever waits, until nothing does.
    private func work(from first: @Sendable () -> Void) {
        first()
        while let job = takeNext() { job() }
    }

    private func takeNext() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.next < state.waiting.count else {
                (state.waiting, state.next) = ([], 0)
                state.running -= 1
                return nil
            }
            state.next += 1
            let job = state.waiting[state.next - 1]
            if state.next >= 64 {
                state.waiting.removeFirst(state.next)
                state.next = 0
            }
            return job
        }
    }
}
