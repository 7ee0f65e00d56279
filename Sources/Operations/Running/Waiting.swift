/// Growing pauses between attempts: a tenth of a second at first, then doubled up to the longest. Chance
/// takes off up to a half, so that many who wait do not come back at once.
struct Pause {
    private var milliseconds: Int64
    private let longest: Int64

    init(milliseconds: Int64 = 100, longestMilliseconds: Int64 = 60_000) {
        self.milliseconds = milliseconds
        longest = longestMilliseconds
    }

    mutating func next(within limit: Duration = .seconds(3_600)) async {
        let length = step(chance: Double.random(in: 0...1))
        try? await Task.sleep(for: min(.milliseconds(length), limit))
    }

    /// The length of the next pause in milliseconds; `chance` is 0 to 1.
    mutating func step(chance: Double) -> Int64 {
        defer { milliseconds = min(milliseconds * 2, longest) }
        return milliseconds - Int64(Double(milliseconds / 2) * min(max(chance, 0), 1))
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
