import Vocabulary

extension Backoff {
    /// Of what runs by itself and waits for another: a tenth of a second at first, a minute at most.
    static var patient: Backoff { Backoff(first: 100, longest: 60_000) }

    /// Of tries on a disk that fails: a second at most, since who waits is waited for.
    static var disk: Backoff { Backoff(first: 100, longest: 1_000) }

    /// Counts one failure more and waits its pause, at most so long.
    mutating func wait(within limit: Duration = .seconds(3_600)) async {
        fail()
        try? await Task.sleep(for: min(.milliseconds(pause(chance: Double.random(in: 0...1))), limit))
    }
}

/// Runs something at most so long; nil when the time was over first. The work is cancelled then.
func withLimit<Value: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () async -> Value
) async -> Value? {
    await withTaskGroup(of: Value?.self) { group in
        group.addTask { await body() }
        group.addTask {
            try? await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        return await group.next() ?? nil
    }
}
