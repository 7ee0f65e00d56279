import Synchronization
import Vocabulary

/// The writer's time, never running backwards within one run of the process, whoever tells it (REL-15).
final class MonotoneTime: Sendable {
    private let source: @Sendable () -> ServerTime
    private let latest = Mutex<ServerTime?>(nil)

    init(_ source: @escaping @Sendable () -> ServerTime) { self.source = source }

    func next() -> ServerTime {
        let time = source()
        return latest.withLock { latest in
            if let latest, time.now < latest.now { return latest }
            latest = time
            return time
        }
    }
}
