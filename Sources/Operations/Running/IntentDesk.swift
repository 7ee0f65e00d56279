import Synchronization
import Vocabulary

/// The intents that wait to be carried to the acquirer, and those that somebody works on: none is worked on
/// twice.
final class IntentDesk: Sendable {
    struct Errand: Sendable {
        let intent: IntentID
        /// True when it may have been sent already.
        let isResumed: Bool
    }

    /// One reader.
    let errands: AsyncStream<Errand>
    private let sink: AsyncStream<Errand>.Continuation
    private let taken = Mutex<Set<IntentID>>([])

    init() { (errands, sink) = AsyncStream.makeStream(of: Errand.self) }

    func put(_ intent: IntentID, isResumed: Bool) {
        sink.yield(Errand(intent: intent, isResumed: isResumed))
    }

    /// False when somebody has it already.
    func take(_ intent: IntentID) -> Bool { taken.withLock { $0.insert(intent).inserted } }

    func isTaken(_ intent: IntentID) -> Bool { taken.withLock { $0.contains(intent) } }

    func leave(_ intent: IntentID) { taken.withLock { _ = $0.remove(intent) } }

    func close() { sink.finish() }
}
