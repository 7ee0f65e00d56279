import Synchronization

/// What one workload did in a few seconds at one number of connections.
struct Measurement: Sendable {
    let perSecond: Double
    let p50Milliseconds: Double
    let p99Milliseconds: Double
    /// Processor time of the server for each one.
    let cpuMilliseconds: Double

    /// Runs the workload on so many connections for so long, or until no customer is free.
    static func take(
        _ workload: Workload, connections: Int, seconds: Int, buyers: [Buyer], reuses: Bool
    ) async throws -> Measurement {
        let queue = Queue(buyers)
        let cpu = Machine.cpuMilliseconds(of: workload.process)
        let start = ContinuousClock.now
        let end = start.advanced(by: .seconds(seconds))
        let times = try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<connections {
                group.addTask {
                    var times: [Double] = []
                    while ContinuousClock.now < end, let buyer = queue.take() {
                        let began = ContinuousClock.now
                        try await workload.one(buyer)
                        times.append(began.duration(to: .now) / .milliseconds(1))
                        if reuses { queue.putBack(buyer) }
                    }
                    return times
                }
            }
            return try await group.reduce(into: [Double]()) { $0 += $1 }
        }
        let took = start.duration(to: .now) / .seconds(1)
        let count = Double(max(times.count, 1))
        return Measurement(
            perSecond: Double(times.count) / took, p50Milliseconds: quantile(times, 0.5),
            p99Milliseconds: quantile(times, 0.99),
            cpuMilliseconds: (Machine.cpuMilliseconds(of: workload.process) - cpu) / count)
    }

    /// The median of each figure.
    static func median(of all: [Measurement]) -> Measurement {
        func middle(_ path: KeyPath<Measurement, Double>) -> Double {
            quantile(all.map { $0[keyPath: path] }, 0.5)
        }
        return Measurement(
            perSecond: middle(\.perSecond), p50Milliseconds: middle(\.p50Milliseconds),
            p99Milliseconds: middle(\.p99Milliseconds), cpuMilliseconds: middle(\.cpuMilliseconds))
    }
}
