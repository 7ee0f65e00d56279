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
                    rule: rule.name, version: rule.version, parameters: rule.parameters(in: facts),
                    isPersonal: rule.isPersonal, inputs: judgement.inputs, verdict: judgement.verdict,
                    line: judgement.line, at: now))
        }
        return Decision(trace: entries)
    }
}

/// What the rules said, one after the other (PAY-TRACE).
package struct Decision: Sendable, Hashable {
    package let trace: [TraceEntry]

    package init(trace: [TraceEntry]) { self.trace = trace }

    /// The reason of the first rule that declines; nil when all let it pass. Recomputed from the trace alone.
    package var decline: DeclineReason? { refusal?.reason }

    /// The order line that the decline is about, from 0; nil when it is about all of it or there is none.
    package var declinedLine: Int? { refusal?.line }

    private var refusal: (reason: DeclineReason, line: Int?)? {
        for entry in trace {
            if case .decline(let reason) = entry.verdict { return (reason, entry.line) }
        }
        return nil
    }

    /// The day that the declining rule names as the first on which it would pass; nil when it names none.
    package var nextDay: LocalDate? {
        let refusing = trace.first { entry in
            if case .decline = entry.verdict { true } else { false }
        }
        guard let refusing, let line = refusing.line,
            case .word(let day)? = refusing.inputs.first(where: { $0.name == "lines[\(line)].next_from" })?
                .value
        else { return nil }
        return LocalDate(day)
    }

    /// Whether a rule of this name was asked and let it pass.
    package func passed(_ rule: String) -> Bool {
        trace.contains { $0.rule == rule && $0.verdict == .pass }
    }
}

/// One rule's part of a decision.
package struct TraceEntry: Sendable, Hashable {
    package let rule: String
    package let version: Int
    /// The parameters that the rule judged with.
    package let parameters: RuleParameters
    /// The inputs tell something about a person.
    package let isPersonal: Bool
    package let inputs: [RuleInput]
    package let verdict: RuleVerdict
    /// The order line that a decline is about, from 0.
    package let line: Int?
    package let at: Instant

    package init(
        rule: String, version: Int, parameters: RuleParameters = .none, isPersonal: Bool = false,
        inputs: [RuleInput], verdict: RuleVerdict, line: Int? = nil, at: Instant
    ) {
        self.rule = rule
        self.version = version
        self.parameters = parameters
        self.isPersonal = isPersonal
        self.inputs = inputs
        self.verdict = verdict
        self.line = line
        self.at = at
    }
}
