package import Proofs
import Synchronization
import Vocabulary

/// What everybody may know of the decision log: the last checkpoint that is synced, and how the log stands.
package final class PublishedLog: Sendable {
    private struct State {
        var last: SignedCheckpoint?
        var signedAt: Instant?
        var size: Int64 = 0
        var refusal: LogRefusal?
    }

    package let key: LogVerificationKey
    private let state: Mutex<State>

    init(key: LogVerificationKey, last: Result<SignedCheckpoint?, LogRefusal>) {
        self.key = key
        switch last {
        case .success(let last): state = Mutex(State(last: last, size: last?.size ?? 0))
        case .failure(let refusal): state = Mutex(State(refusal: refusal))
        }
    }

    /// The last checkpoint under this log's present name; nil before the first.
    package var latest: SignedCheckpoint? { Self.current(last, name: key.name) }

    /// The checkpoint that the next one must continue, under whatever name it was signed.
    var last: SignedCheckpoint? { state.withLock { $0.last } }

    /// When this process signed the last one; nil before it signed any.
    var signedAt: Instant? { state.withLock { $0.signedAt } }

    package var refusal: LogRefusal? { state.withLock { $0.refusal } }

    package var status: LogStatus {
        let state = state.withLock { $0 }
        return LogStatus(
            origin: key.name, verificationKey: key.description, size: state.size,
            latest: Self.current(state.last, name: key.name), signedAt: state.signedAt,
            refusal: state.refusal)
    }

    func publish(_ checkpoint: SignedCheckpoint, at now: Instant) {
        state.withLock { state in
            state.last = checkpoint
            state.signedAt = now
        }
    }

    func saw(size: Int64) { state.withLock { $0.size = size } }

    /// From now on nothing is signed by this process.
    func refuse(_ refusal: LogRefusal) { state.withLock { $0.refusal = refusal } }

    private static func current(_ last: SignedCheckpoint?, name: String) -> SignedCheckpoint? {
        last?.checkpoint.origin == name ? last : nil
    }
}
