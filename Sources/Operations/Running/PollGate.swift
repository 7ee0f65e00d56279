import Synchronization
import Vocabulary

/// Slows down those who ask for the same object more than once a second without `wait`. Whoever comes too
/// early waits longer the next time; whoever keeps the interval starts again at one second (SCA-20).
final class PollGate: Sendable {
    private struct Visit {
        var last: Instant
        var intervalSeconds: Int
    }

    private static let limit = 50_000
    private static let longestSeconds = 16

    private let visits = Mutex<[String: Visit]>([:])

    /// - Returns: nil when the visit is welcome; else the seconds to wait.
    func secondsToWait(_ visitor: String, at now: Instant) -> Int? {
        visits.withLock { visits in
            guard var visit = visits[visitor] else {
                if visits.count >= Self.limit { visits.removeAll() }
                visits[visitor] = Visit(last: now, intervalSeconds: 1)
                return nil
            }
            let due = visit.last.adding(seconds: visit.intervalSeconds)
            visit.last = now
            guard now < due else {
                visit.intervalSeconds = 1
                visits[visitor] = visit
                return nil
            }
            visit.intervalSeconds = min(visit.intervalSeconds * 2, Self.longestSeconds)
            visits[visitor] = visit
            return visit.intervalSeconds
        }
    }
}
