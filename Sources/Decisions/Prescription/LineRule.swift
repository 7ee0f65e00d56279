import Vocabulary

/// A rule that looks at one line of an order after the other.
///
/// No input names a person or a drug: no CPR number, no name, no product number.
protocol LineRule: Rule where Facts == PrescriptionFacts {
    /// What the rule says of this line; nil when the line does not concern it.
    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement?
}

extension LineRule {
    /// Medicine tells about the health of whom it is for.
    package var isPersonal: Bool { true }

    package func judge(_ facts: PrescriptionFacts) -> Judgement {
        .ofLines(facts.lines.compactMap { line in judge(line, in: facts).map { (line.position, $0) } })
    }
}

extension Judgement {
    /// All lines of an order together: the first that is declined gives the reason and its place.
    ///
    /// An input of the line in place 2 is called `lines[2].used`.
    static func ofLines(_ lines: [(position: Int, judgement: Judgement)]) -> Judgement {
        var inputs: [RuleInput] = []
        var verdict = RuleVerdict.notApplicable
        var declined: Int?
        for (position, judgement) in lines {
            inputs += judgement.inputs.map { RuleInput("lines[\(position)].\($0.name)", $0.value) }
            if case .decline = verdict { continue }
            verdict = judgement.verdict
            if case .decline = verdict { declined = position }
        }
        return Judgement(verdict, inputs, line: declined)
    }
}

extension OrderLineFacts {
    /// The record that this line draws on, when there is one.
    var record: RecordFacts? {
        guard case .found(let record) = drawn else { return nil }
        return record
    }

    /// The product of the order is another than the prescribed one.
    func isSubstitute(for line: PrescribedLine) -> Bool { product?.number != line.product.number }
}

extension RuleValue {
    static func number(_ value: Int) -> RuleValue { .number(Int64(value)) }

    /// A day, or that there is none.
    static func day(_ day: LocalDate?) -> RuleValue { day.map { .word($0.description) } ?? .missing }

    /// An exact amount, or that it is not known.
    static func amount(_ amount: Quantity?) -> RuleValue { amount.map { .word($0.description) } ?? .missing }

    /// A dispensing group, or that it is not known.
    static func group(_ product: PricedProduct?) -> RuleValue { word(product?.group) }

    /// A word of a closed list, or that there is none.
    static func word(_ word: (some RawRepresentable<String>)?) -> RuleValue {
        word.map { .word($0.rawValue) } ?? .missing
    }
}
