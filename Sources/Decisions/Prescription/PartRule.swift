/// A rule about a part of larger facts; it does not apply where they lack that part.
///
/// It keeps the name, the version and the citation of the rule it asks.
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

    package func judge(_ facts: Whole) -> Judgement {
        part(facts).map(rule.judge) ?? Judgement(.notApplicable)
    }
}
