/// Growing pauses between attempts: a tenth of a second at first, a minute at most.
struct Pause {
    private var milliseconds = 100

    mutating func next(within limit: Duration = .seconds(60)) async {
        try? await Task.sleep(for: min(.milliseconds(milliseconds), limit))
        milliseconds = min(milliseconds * 2, 60_000)
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
