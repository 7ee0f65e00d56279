/// All rules there are, by the sets that ask them.
package enum RuleBook {
    /// In order of precedence within a set: a new authorization, an answer, an ending without one, a result.
    package static let sets: [[KnownRule]] = [
        RuleSet.create.rules.map { KnownRule($0) }, RuleSet.answer.rules.map { KnownRule($0) },
        RuleSet.ending.rules.map { KnownRule($0) }, RuleSet.result.rules.map { KnownRule($0) },
    ]

    /// The rules of all sets; a name is there once.
    package static let rules = sets.flatMap(\.self)

    package static func rule(named name: String) -> KnownRule? { byName[name] }

    /// The set that asks a rule of this name.
    package static func set(asking name: String) -> [KnownRule]? {
        sets.first { $0.contains { $0.name == name } }
    }

    private static let byName = Dictionary(rules.map { ($0.name, $0) }) { first, _ in first }
}

/// A rule as a rule set names it, whatever its facts.
package struct KnownRule: Sendable {
    package let name: String
    package let version: Int
    package let citation: String
    package let isPersonal: Bool
    package let forms: [ParameterForm]
    private let settled: @Sendable (RuleSettings) -> RuleParameters
    private let judged: @Sendable (LoggedInputs, RuleParameters) throws(UnreadableTrace) -> Judgement?

    init<Facts>(_ rule: any Rule<Facts>) {
        name = rule.name
        version = rule.version
        citation = rule.citation
        isPersonal = rule.isPersonal
        forms = rule.forms
        settled = { rule.parameters(under: $0) }
        judged = { (logged, parameters) throws(UnreadableTrace) in try rule.judge(logged, under: parameters) }
    }

    /// The parameters that a configuration leads to.
    package func parameters(under settings: RuleSettings) -> RuleParameters { settled(settings) }

    /// The judgement on logged inputs; nil for a rule without parameters, whose logged judgement stands.
    package func judge(
        _ logged: LoggedInputs, under parameters: RuleParameters
    ) throws(UnreadableTrace) -> Judgement? {
        try judged(logged, parameters)
    }
}
