import Decisions
import Vocabulary

/// What a rule of a dry run looked at, in words: a pharmacist reads the arithmetic.
enum RuleSentence {
    /// `The interval since the last handover is not over. Line 0: last handover 2026-09-01, interval 3, …`
    static func text(of entry: TraceEntry) -> String {
        var sentences: [String] = []
        switch entry.verdict {
        case .pass: break
        case .notApplicable: sentences.append("Nothing to look at.")
        case .decline(let reason): sentences.append(reason.detail)
        }
        for (place, inputs) in byLine(entry.inputs) {
            let facts = facts(inputs).joined(separator: ", ")
            sentences.append(place.map { "Line \($0): \(facts)." } ?? "\(facts).")
        }
        return sentences.isEmpty ? "Nothing against it." : sentences.joined(separator: " ")
    }

    /// Inputs of the line in place 2 are called `lines[2].used`; they stand together here, in their order.
    private static func byLine(_ inputs: [RuleInput]) -> [(place: String?, inputs: [RuleInput])] {
        var groups: [(place: String?, inputs: [RuleInput])] = []
        for input in inputs {
            let parts = input.name.split(separator: ".", maxSplits: 1)
            let isOfLine = parts.count == 2 && parts[0].hasPrefix("lines[")
            let place = isOfLine ? String(parts[0].dropFirst(6).dropLast()) : nil
            let named = RuleInput(isOfLine ? String(parts[1]) : input.name, input.value)
            if let index = groups.firstIndex(where: { $0.place == place }) {
                groups[index].inputs.append(named)
            } else {
                groups.append((place, [named]))
            }
        }
        return groups
    }

    private static func facts(_ inputs: [RuleInput]) -> [String] {
        let used = inputs.first { $0.name == "used" }
        return inputs.compactMap { input in
            if input.name == "used", inputs.contains(where: { $0.name == "handovers" }) { return nil }
            if input.name == "handovers", let used {
                return "used \(text(used.value)) of \(text(input.value))"
            }
            return "\(input.name.replacing("_", with: " ")) \(text(input.value))"
        }
    }

    private static func text(_ value: RuleValue) -> String {
        switch value {
        case .number(let number): String(number)
        case .word(let word): word
        case .flag(let flag): flag ? "yes" : "no"
        case .time(let moment): moment.rfc3339
        case .missing: "none"
        }
    }
}
