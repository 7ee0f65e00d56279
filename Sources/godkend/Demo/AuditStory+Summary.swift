import Operations
import Vocabulary

extension AuditStory {
    /// Each decision in a few lines: the rules that declined and what they looked at; those that passed are
    /// counted, or named.
    func summary(namingAll: Bool) -> [String] {
        decisions.flatMap { Self.summary(of: $0, namingAll: namingAll) }
    }

    private static func summary(of step: Step, namingAll: Bool) -> [String] {
        let passed = step.rules.filter { $0.verdict == .pass }.map(\.name)
        let count = "\(passed.count) rule\(passed.count == 1 ? "" : "s") passed"
        var lines = ["\(step.stage): \(step.outcome), \(count) (\(step.id.text))"]
        if namingAll { lines.append("  " + passed.joined(separator: ", ")) }
        for (index, rule) in step.rules.filter({ $0.verdict == .decline }).enumerated() {
            let verb = index == 0 ? "declines" : "would decline too"
            lines.append("  \(rule.name) \(verb): \(rule.reason?.rawValue ?? "?")")
            let seen = text(of: rule.parameters + rule.inputs)
            if !seen.isEmpty { lines.append("    " + seen) }
        }
        return lines
    }

    /// `lines[0]: last_handover=2026-11-22, interval=3`: the place is said once for all that is about it.
    private static func text(of facts: [Fact]) -> String {
        var place = ""
        let parts = facts.map { fact in
            guard let end = fact.name.firstIndex(of: "]") else { return "\(fact.name)=\(fact.value)" }
            let here = String(fact.name[...end])
            let label = here == place ? "" : "\(here): "
            place = here
            return "\(label)\(fact.name[end...].dropFirst(2))=\(fact.value)"
        }
        return parts.joined(separator: ", ")
    }
}
