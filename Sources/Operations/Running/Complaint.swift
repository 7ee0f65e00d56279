import Logging
import Records
import Synchronization

/// Tells the log of a trouble that goes on: at once, then once a minute with a count, and when it is over.
/// The words are ours; of the error only its kind is told.
final class Complaint: Sendable {
    private static let interval = Duration.seconds(60)

    private struct State {
        var count = 0
        var told: ContinuousClock.Instant?
    }

    private let what: Logger.Message
    private let logger: Logger
    private let state = Mutex(State())

    /// `what` as in "the sweep failed".
    init(_ what: Logger.Message, logger: Logger) {
        self.what = what
        self.logger = logger
    }

    /// It happened again.
    func tell(_ error: any Error) {
        let now = ContinuousClock.now
        let count: Int? = state.withLock { state in
            state.count += 1
            if let told = state.told, told.duration(to: now) < Self.interval { return nil }
            state.told = now
            return state.count
        }
        guard let count else { return }
        logger.warning(what, metadata: ["fault": "\(Self.word(for: error))", "count": "\(count)"])
    }

    /// It went well.
    func settle() {
        let count = state.withLock { state in
            defer { state = State() }
            return state.count
        }
        guard count > 0 else { return }
        logger.notice("over: \(what)", metadata: ["count": "\(count)"])
    }

    /// A case of our own list, or the error's type; never its text, which may hold what was asked.
    static func word(for error: any Error) -> String {
        (error as? StorageFailure).map { "\($0)" } ?? "\(type(of: error))"
    }
}
