import Synchronization
import Vocabulary

/// The server's time, never running backwards within one run of the process (REL-15).
final class MonotoneTime: Sendable {
    private let source: @Sendable () -> Instant
    private let latest = Mutex(Instant(milliseconds: 0))

    init(_ source: @escaping @Sendable () -> Instant) { self.source = source }

    func next() -> Instant {
        let now = source()
        return latest.withLock { latest in
            latest = max(latest, now)
            return latest
        }
    }
}
