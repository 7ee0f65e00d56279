import Vocabulary

/// The inputs of a rule as a trace has them, read back by name.
package struct LoggedInputs: Sendable, Hashable {
    package let inputs: [RuleInput]

    package init(_ inputs: [RuleInput]) { self.inputs = inputs }

    /// Inputs of the order's lines, called `lines[2].used`, by line; the lines in the order of the trace.
    func byLine() throws(UnreadableTrace) -> [(line: Int, inputs: LoggedInputs)] {
        var lines: [(line: Int, inputs: [RuleInput])] = []
        for input in inputs {
            let parts = input.name.split(separator: ".", maxSplits: 1)
            guard parts.count == 2, parts[0].hasPrefix("lines["), parts[0].hasSuffix("]"),
                let line = Int(parts[0].dropFirst(6).dropLast())
            else { throw UnreadableTrace(name: input.name) }
            let named = RuleInput(String(parts[1]), input.value)
            if let index = lines.firstIndex(where: { $0.line == line }) {
                lines[index].inputs.append(named)
            } else {
                lines.append((line, [named]))
            }
        }
        return lines.map { ($0.line, LoggedInputs($0.inputs)) }
    }

    func number(_ name: String) throws(UnreadableTrace) -> Int64 {
        try required(name, optionalNumber(name))
    }

    func count(_ name: String) throws(UnreadableTrace) -> Int {
        try required(name, Int(exactly: number(name)))
    }

    func text(_ name: String) throws(UnreadableTrace) -> String { try required(name, optionalText(name)) }

    func time(_ name: String) throws(UnreadableTrace) -> Instant { try required(name, optionalTime(name)) }

    func day(_ name: String) throws(UnreadableTrace) -> LocalDate { try required(name, optionalDay(name)) }

    func word<Word: RawRepresentable<String>>(
        _ name: String, as type: Word.Type = Word.self
    ) throws(UnreadableTrace) -> Word {
        try required(name, optionalWord(name))
    }

    // MARK: What may be missing

    func optionalNumber(_ name: String) throws(UnreadableTrace) -> Int64? {
        switch try value(name) {
        case .number(let number): number
        case .missing: nil
        default: throw UnreadableTrace(name: name)
        }
    }

    func optionalCount(_ name: String) throws(UnreadableTrace) -> Int? {
        guard let number = try optionalNumber(name) else { return nil }
        return try required(name, Int(exactly: number))
    }

    /// A stored trace has times as words (RFC 3339, milliseconds).
    func optionalTime(_ name: String) throws(UnreadableTrace) -> Instant? {
        switch try value(name) {
        case .time(let time): time
        case .word(let text): try required(name, Instant(rfc3339: text))
        case .missing: nil
        default: throw UnreadableTrace(name: name)
        }
    }

    func optionalDay(_ name: String) throws(UnreadableTrace) -> LocalDate? {
        guard let text = try optionalText(name) else { return nil }
        return try required(name, LocalDate(text))
    }

    func optionalWord<Word: RawRepresentable<String>>(
        _ name: String, as type: Word.Type = Word.self
    ) throws(UnreadableTrace) -> Word? {
        guard let text = try optionalText(name) else { return nil }
        return try required(name, Word(rawValue: text))
    }

    func optionalText(_ name: String) throws(UnreadableTrace) -> String? {
        switch try value(name) {
        case .word(let text): text
        case .missing: nil
        default: throw UnreadableTrace(name: name)
        }
    }

    private func value(_ name: String) throws(UnreadableTrace) -> RuleValue {
        try required(name, inputs.first { $0.name == name }?.value)
    }

    private func required<Value>(_ name: String, _ value: Value?) throws(UnreadableTrace) -> Value {
        guard let value else { throw UnreadableTrace(name: name) }
        return value
    }
}
