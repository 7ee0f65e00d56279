/// A rule with parameters: one function gives the verdict, of today's facts and of logged inputs.
///
/// What the rule looks at and what a rule set may change are apart, so that a logged decision can be judged
/// again under other parameters.
protocol ParameterRule: Rule {
    associatedtype Inputs: InputValues
    associatedtype Parameters: ParameterValues
    func verdict(_ inputs: Inputs, under parameters: Parameters) -> RuleVerdict
}

/// What a rule looked at, as it stands in a trace.
protocol InputValues: Sendable, Hashable {
    init(_ logged: LoggedInputs) throws(UnreadableTrace)
    var listed: [RuleInput] { get }
}

extension ParameterRule {
    package var forms: [ParameterForm] { Parameters.forms() }
}

/// A rule with parameters about a new authorization.
protocol ParameterCreateRule: ParameterRule where Facts == CreateFacts {
    /// Nil when the rule does not concern these facts.
    func inputs(of facts: CreateFacts) -> Inputs?
    func parameters(_ settings: RuleSettings) -> Parameters
}

extension ParameterCreateRule {
    package func parameters(in facts: CreateFacts) -> RuleParameters { parameters(facts.settings).listed }

    package func parameters(under settings: RuleSettings) -> RuleParameters { parameters(settings).listed }

    package func judge(_ facts: CreateFacts) -> Judgement {
        guard let inputs = inputs(of: facts) else { return Judgement(.notApplicable) }
        return Judgement(verdict(inputs, under: parameters(facts.settings)), inputs.listed)
    }

    package func judge(
        _ logged: LoggedInputs, under parameters: RuleParameters
    ) throws(UnreadableTrace) -> Judgement? {
        let parameters = try Parameters(parameters)
        guard !logged.inputs.isEmpty else { return Judgement(.notApplicable) }
        let inputs = try Inputs(logged)
        return Judgement(verdict(inputs, under: parameters), inputs.listed)
    }
}

/// A rule with parameters that looks at one line of an order after the other.
protocol ParameterLineRule: ParameterRule, LineRule {
    /// Nil when the line does not concern the rule.
    func inputs(of line: OrderLineFacts, in facts: PrescriptionFacts) -> Inputs?
    func parameters(_ settings: PrescriptionSettings) -> Parameters
    /// What follows from the two and a reader of the trace wants to see besides; never read back.
    func findings(_ inputs: Inputs, under parameters: Parameters) -> [RuleInput]
}

extension ParameterLineRule {
    func findings(_ inputs: Inputs, under parameters: Parameters) -> [RuleInput] { [] }

    package func parameters(in facts: PrescriptionFacts) -> RuleParameters {
        parameters(facts.settings).listed
    }

    package func parameters(under settings: RuleSettings) -> RuleParameters {
        parameters(settings.prescriptions).listed
    }

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        inputs(of: line, in: facts).map { judge($0, under: parameters(facts.settings)) }
    }

    package func judge(
        _ logged: LoggedInputs, under parameters: RuleParameters
    ) throws(UnreadableTrace) -> Judgement? {
        let parameters = try Parameters(parameters)
        var lines: [(Int, Judgement)] = []
        for (line, inputs) in try logged.byLine() {
            lines.append((line, judge(try Inputs(inputs), under: parameters)))
        }
        return .ofLines(lines)
    }

    private func judge(_ inputs: Inputs, under parameters: Parameters) -> Judgement {
        Judgement(verdict(inputs, under: parameters), inputs.listed + findings(inputs, under: parameters))
    }
}
