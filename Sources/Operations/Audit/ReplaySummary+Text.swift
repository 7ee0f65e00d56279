import Vocabulary

extension ReplaySummary {
    /// What an operator reads, a line each; numbers first, then the examples.
    package var lines: [String] {
        var lines = ["\(examined) decisions examined, \(unchanged) unchanged"]
        lines += Self.counted(newlyDeclined) { "newly declined: \($0.rawValue)" }
        lines += Self.counted(newlyPassed) { "no longer declined: \($0.rawValue)" }
        lines += Self.counted(changedReason) { "other reason: \($0.from.rawValue) → \($0.to.rawValue)" }
        lines += Self.counted(skipped) { "skipped: \($0.explanation)" }
        lines += examples.map { example in
            let from = example.change.from?.rawValue ?? "no decline"
            let to = example.change.to?.rawValue ?? "no decline"
            return "\(example.decision) \(example.authorization) \(example.stage): \(from) → \(to)"
                + " by \(example.change.rule)"
        }
        return lines
    }

    /// The most frequent first, then by the text.
    private static func counted<Key>(_ counts: [Key: Int], _ text: (Key) -> String) -> [String] {
        counts.map { (text($0.key), $0.value) }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
            .map { "\($0.1) \($0.0)" }
    }
}

extension ReplaySkip {
    package var explanation: String {
        switch self {
        case .erased: "what the rule looked at was erased"
        case .sealed: "what the rule looked at is sealed, and no key here opens it"
        case .otherVersion: "decided by another version of the rule"
        case .notLogged: "a rule of the set was not asked then"
        case .contradicted: "the trace does not lead to its reason"
        case .unreadable: "the trace cannot be read"
        }
    }
}
