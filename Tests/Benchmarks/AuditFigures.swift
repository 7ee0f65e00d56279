/// How long one kind of question took, again and again.
struct AuditFigure {
    let name: String
    let milliseconds: [Double]
    /// What the median may be at most (OPS-FIND, OPS-TRACE); nil where nothing is promised.
    let limit: Double?

    var isKept: Bool { limit.map { median(milliseconds) < $0 } ?? true }

    /// Asks one question a round and takes the time of each.
    static func take(
        _ name: String, rounds: Int, limit: Double? = nil, _ question: (Int) async throws -> Void
    ) async throws -> AuditFigure {
        var times: [Double] = []
        for round in 0..<rounds {
            let began = ContinuousClock.now
            try await question(round)
            times.append(began.duration(to: .now) / .milliseconds(1))
        }
        return AuditFigure(name: name, milliseconds: times, limit: limit)
    }

    static let head = row("question", "median ms", "p99 ms", "first ms", "rounds", "limit ms")

    var line: String {
        Self.row(
            name, fixed(median(milliseconds)), fixed(quantile(milliseconds, 0.99)),
            fixed(milliseconds.first ?? 0), String(milliseconds.count),
            limit.map { "\(Int($0)) \(isKept ? "kept" : "NOT KEPT")" } ?? "")
    }

    private static func row(_ name: String, _ cells: String...) -> String {
        let padded = cells.map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }.joined()
        return name + String(repeating: " ", count: max(0, 44 - name.count)) + padded
    }
}

/// Two decimals, without a locale.
func fixed(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}
