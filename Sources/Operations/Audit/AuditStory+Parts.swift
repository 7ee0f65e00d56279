import Lifecycles
import Notation
import Records
import Vocabulary

/// The longer parts of the story's text: rules, prescriptions, leaves.
extension AuditStory {
    static func text(of step: Step) -> [String] {
        let head = StoryText.pairs([
            ("when", step.decidedAt.rfc3339), ("reason", step.reason?.rawValue),
            ("rule set", Hex.encode(step.ruleSet)),
            ("proof", "leaf \(step.entry.position), " + proof(of: step.entry)),
        ])
        let width = step.rules.map(\.name.count).max() ?? 0
        // The rule that decided stands first, then all in the order in which they were asked.
        let declining = step.rules.first { $0.verdict == .decline }.map {
            ["declining rule:"] + text(of: $0, width)
        }
        return head + (declining ?? []) + ["rules in order:"] + step.rules.flatMap { text(of: $0, width) }
    }

    private static func text(of rule: RuleStep, _ width: Int) -> [String] {
        let name = rule.name.padded(to: width)
        let reason = rule.reason.map { " \($0.rawValue)" } ?? ""
        let line = rule.line.map { " on line \($0)" } ?? ""
        let head = "\(name)  v\(rule.version)  \(rule.verdict.rawValue)\(reason)\(line)"
        let facts = (rule.parameters + rule.inputs).map { "\($0.name)=\($0.value)" }.joined(separator: " ")
        let seen =
            rule.areInputsErased
            ? "inputs about the person, erased"
            : rule.areInputsSealed ? "inputs about the person, sealed under a key that is not here" : facts
        // What a rule could have looked at tells nothing where it had nothing to look at.
        return seen.isEmpty || rule.verdict == .notApplicable ? ["  " + head] : ["  " + head, "    " + seen]
    }

    static func text(of cover: Cover) -> [String] {
        var lines = ["line \(cover.position)  \(cover.record.text), its line \(cover.line)"]
        if let then = cover.then { lines.append("  at the decision  " + text(of: then)) }
        if let next = cover.nextFrom, next != "none" { lines.append("  next from        \(next)") }
        if let now = cover.now { lines.append("  now              " + text(of: now)) }
        guard let evidence = cover.evidence else { return lines + ["  no such record"] }
        let version = evidence.version.map { " version \($0)" } ?? ""
        let flaw = evidence.flaw.map { ", not believed: \($0.rawValue)" } ?? ""
        let valid = evidence.validTo.map { ", valid to \($0)" } ?? ""
        lines.append(
            "  record           \(evidence.kind)\(version), \(evidence.status.rawValue)\(valid)\(flaw)")
        if let holder = evidence.heldBy { lines.append("  held by          \(holder.text)") }
        for filing in evidence.filings {
            lines.append("  filing \(filing.number)         \(filing.firstSeen.rfc3339), leaf \(filing.leaf)")
            lines += checks(filing.verdict).map { "    " + $0 }
            lines += filing.evidence.map { "    evidence \($0)" }
        }
        return lines
    }

    private static func text(of count: Count) -> String {
        "prescribed \(count.prescribed), handed over \(count.handedOver), held \(count.held), left \(count.left)"
    }

    private static func checks(_ verdict: JSON) -> [String] {
        (verdict.array ?? []).compactMap(\.object).map { check in
            let words = ["rule", "verdict", "detail"].compactMap { check[$0] }.map(Fact.text(of:))
            return words.joined(separator: "  ")
        }
    }

    var holdsText: [String] {
        holds.map { hold in
            "\(hold.id.text)  line \(hold.orderLine), handover \(hold.handover) of \(hold.handovers): "
                + hold.status.rawValue
        }
            + handovers.map { handover in
                let parts = handover.parts.map { "line \($0.orderLine): \($0.quantity)" }
                let undone = handover.undoneAt.map { ", undone \($0.rfc3339)" } ?? ""
                return "\(handover.id.text)  \(handover.handedOverAt.rfc3339)  "
                    + parts.joined(separator: ", ") + (handover.isFinal ? ", final" : "") + undone
            }
    }

    static func text(of entry: Entry) -> String {
        let reason = entry.reason.map { " \($0)" } ?? ""
        let actor = entry.actor.map { " by \($0)" } ?? ""
        return "\(entry.position)  \(entry.time.rfc3339)  \(entry.kind) \(entry.outcome)\(reason)\(actor)  "
            + proof(of: entry)
    }

    private static func proof(of entry: Entry) -> String {
        entry.isProvable ? "in the checkpoint" : "not yet in a checkpoint"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
