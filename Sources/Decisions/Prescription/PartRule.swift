/// A rule about a part of larger facts; it does not apply where they lack that part.
///
/// It keeps all that the rule it asks says of itself.
package struct PartRule<Whole: Sendable, Part: Sendable>: Rule {
    private let rule: any Rule<Part>
    private let part: @Sendable (Whole) -> Part?

    package init(_ rule: any Rule<Part>, of part: @escaping @Sendable (Whole) -> Part?) {
        self.rule = rule
        self.part = part
    }

    package var name: String { rule.name }
    package var version: Int { rule.version }
    package var citation: String { rule.citation }
    package var isPersonal: Bool { rule.isPersonal }
    package var forms: [ParameterForm] { rule.forms }

    package func parameters(in facts: Whole) -> RuleParameters {
        part(facts).map(rule.parameters(in:)) ?? .none
    }

    package func parameters(under settings: RuleSettings) -> RuleParameters {
        rule.parameters(under: settings)
    }

    package func judge(_ facts: Whole) -> Judgement {
        part(facts).map { rule.judge($0) } ?? Judgement(.notApplicable)
    }

    package func judge(
        _ logged: LoggedInputs, under parameters: RuleParameters
    ) throws(UnreadableTrace) -> Judgement? {
        try rule.judge(logged, under: parameters)
    }
}
