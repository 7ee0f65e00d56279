package import Vocabulary

/// Rules in order of precedence: all are asked, and the first that declines gives the reason.
package struct RuleSet<Facts: Sendable>: Sendable {
    package let rules: [any Rule<Facts>]

    package init(_ rules: [any Rule<Facts>]) { self.rules = rules }

    package func decide(_ facts: Facts, at now: Instant) -> Decision {
        var entries: [TraceEntry] = []
        for rule in rules {
            let judgement = rule.judge(facts)
            entries.append(
                TraceEntry(
                    rule: rule.name, version: rule.version, inputs: judgement.inputs,
                    verdict: judgement.verdict, at: now))
        }
        return Decision(trace: entries)
    }
}

/// What the rules said, one after the other (PAY-TRACE).
package struct Decision: Sendable, Hashable {
    package let trace: [TraceEntry]

    package init(trace: [TraceEntry]) { self.trace = trace }

    /// The reason of the first rule that declines; nil when all let it pass. Recomputed from the trace alone.
    package var decline: DeclineReason? {
        for entry in trace {
            if case .decline(let reason) = entry.verdict { return reason }
        }
        return nil
    }
}

/// One rule's part of a decision.
package struct TraceEntry: Sendable, Hashable {
    package let rule: String
    package let version: Int
    package let inputs: [RuleInput]
    package let verdict: RuleVerdict
    package let at: Instant

    package init(rule: String, version: Int, inputs: [RuleInput], verdict: RuleVerdict, at: Instant) {
        self.rule = rule
        self.version = version
        self.inputs = inputs
        self.verdict = verdict
        self.at = at
    }
}
