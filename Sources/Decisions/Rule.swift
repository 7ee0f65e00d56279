package import Vocabulary

/// One rule: a name that never changes, a version, the text it follows, and a pure judgement.
///
/// A rule reads no clock, draws no number and waits for nothing: the time is among its facts.
package protocol Rule<Facts>: Sendable {
    associatedtype Facts: Sendable
    /// Stable name, as it stands in traces and rule sets.
    var name: String { get }
    var version: Int { get }
    /// The clause or requirement that the rule follows.
    var citation: String { get }
    /// The inputs tell something about a person, so they are kept where an erasure finds them.
    var isPersonal: Bool { get }
    /// What the rule set may set of this rule; empty for a rule that has no parameters.
    var forms: [ParameterForm] { get }
    /// The parameters that the facts were judged with.
    func parameters(in facts: Facts) -> RuleParameters
    /// The parameters that a configuration leads to.
    func parameters(under settings: RuleSettings) -> RuleParameters
    func judge(_ facts: Facts) -> Judgement
    /// The judgement on what a trace has of the inputs, under parameters that may be others than those of
    /// then; nil for a rule that has none, whose judgement stands. Without inputs it does not apply.
    func judge(_ logged: LoggedInputs, under parameters: RuleParameters) throws(UnreadableTrace) -> Judgement?
}

extension Rule {
    package var isPersonal: Bool { false }
    package var forms: [ParameterForm] { [] }
    package func parameters(in facts: Facts) -> RuleParameters { .none }
    package func parameters(under settings: RuleSettings) -> RuleParameters { .none }

    package func judge(
        _ logged: LoggedInputs, under parameters: RuleParameters
    ) throws(UnreadableTrace) -> Judgement? { nil }
}

/// What a rule looked at and what it says.
package struct Judgement: Sendable, Hashable {
    package let inputs: [RuleInput]
    package let verdict: RuleVerdict
    /// The line of the order that a decline is about, from 0; nil when it is about the whole order.
    package let line: Int?

    package init(_ verdict: RuleVerdict, _ inputs: RuleInput...) {
        self.init(verdict, inputs)
    }

    package init(_ verdict: RuleVerdict, _ inputs: [RuleInput], line: Int? = nil) {
        self.inputs = inputs
        self.verdict = verdict
        self.line = line
    }

    /// Passes when the condition holds; declines for the reason otherwise.
    package static func require(
        _ condition: Bool, else reason: DeclineReason, _ inputs: RuleInput...
    ) -> Judgement {
        Judgement(condition ? .pass : .decline(reason), inputs)
    }
}

/// What a rule says of its facts; a decline carries its reason.
package enum RuleVerdict: Sendable, Hashable {
    case pass
    case notApplicable
    case decline(DeclineReason)
}

/// One value a rule looked at. Values are chosen so that none of them names a person.
package struct RuleInput: Sendable, Hashable {
    package let name: String
    package let value: RuleValue

    package init(_ name: String, _ value: RuleValue) {
        self.name = name
        self.value = value
    }
}

/// The value of an input, in one of the few kinds that a trace can hold.
package enum RuleValue: Sendable, Hashable {
    case number(Int64)
    case word(String)
    case flag(Bool)
    case time(Instant)
    case missing
}
