import Metrics
import Synchronization

/// Counts requests and their times by method, route template and status. Never by path, so that the number of
/// series stays small.
final class RequestMeters: Sendable {
    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Pair: Sendable {
        let counter: Counter
        let timer: Metrics.Timer
    }

    private let factory: any MetricsFactory
    private let pairs = Mutex<[Key: Pair]>([:])
    private let active: Meter

    init(factory: any MetricsFactory) {
        self.factory = factory
        active = Meter(label: "http_requests_active", dimensions: [], factory: factory)
    }

    func begin() { active.increment() }

    func end(method: String, route: String, status: Int, nanoseconds: Int64) {
        active.decrement()
        let pair = pair(for: Key(method: method, route: route, status: status))
        pair.counter.increment()
        pair.timer.recordNanoseconds(nanoseconds)
    }

    private func pair(for key: Key) -> Pair {
        pairs.withLock { pairs in
            if let known = pairs[key] { return known }
            let dimensions = [("method", key.method), ("route", key.route), ("status", String(key.status))]
            let fresh = Pair(
                counter: Counter(label: "http_requests_total", dimensions: dimensions, factory: factory),
                timer: Metrics.Timer(
                    label: "http_request_seconds", dimensions: Array(dimensions.dropLast()), factory: factory)
            )
            pairs[key] = fresh
            return fresh
        }
    }
}
