import Metrics
import Synchronization

/// A sum that only grows.
final class PrometheusCounter: PrometheusSeries, CounterHandler, FloatingPointCounterHandler {
    private let value = Mutex(0.0)

    let kind = "counter"

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        guard amount.isFinite, amount >= 0 else { return }
        value.withLock { $0 += amount }
    }

    func reset() { value.withLock { $0 = 0 } }

    func lines(name: String, labels: Labels) -> String {
        "\(name)\(labels.braced()) \(written(value.withLock { $0 }))\n"
    }
}

/// A value that goes up and down.
final class PrometheusGauge: PrometheusSeries, MeterHandler, RecorderHandler {
    private let value = Mutex(0.0)

    let kind = "gauge"

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }

    func lines(name: String, labels: Labels) -> String {
        "\(name)\(labels.braced()) \(written(value.withLock { $0 }))\n"
    }
}

/// How often values fell under each bound. Timers count seconds.
final class PrometheusHistogram: PrometheusSeries, TimerHandler, RecorderHandler {
    /// From half a millisecond to half a minute, for request times in seconds.
    static let secondBounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]
    /// For sizes and counts.
    static let countBounds = [1.0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 4_096, 16_384, 65_536]

    private struct State {
        var counts: [UInt64]
        var sum = 0.0
        var count: UInt64 = 0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    let kind = "histogram"

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = bounds.firstIndex { value <= $0 }
        state.withLock { state in
            if let bucket { state.counts[bucket] += 1 }
            state.sum += value
            state.count += 1
        }
    }

    func lines(name: String, labels: Labels) -> String {
        let state = state.withLock { $0 }
        var text = ""
        var below: UInt64 = 0
        for (bound, count) in zip(bounds, state.counts) {
            below += count
            text += "\(name)_bucket\(labels.braced(adding: "le=\"\(written(bound))\"")) \(below)\n"
        }
        text += "\(name)_bucket\(labels.braced(adding: "le=\"+Inf\"")) \(state.count)\n"
        text += "\(name)_sum\(labels.braced()) \(written(state.sum))\n"
        return text + "\(name)_count\(labels.braced()) \(state.count)\n"
    }
}

/// A number without a needless `.0`.
private func written(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : String(value)
}
