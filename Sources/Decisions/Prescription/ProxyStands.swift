import Vocabulary

/// Who draws on another person's prescription is the guardian of a child or has a power of attorney, today.
struct ProxyStands: ParameterLineRule {
    /// Nil stands for a relation that was, or is not yet.
    struct Inputs: InputValues {
        let relation: RelationKind?
        /// Of a child; nil where age does not matter.
        let patientAge: Int?
    }

    struct Parameters: ParameterValues {
        static func forms() -> [ParameterForm] {
            [ParameterForm("until_age", .number(0...150))]
        }
        let untilAge: Int
    }

    let name = "proxy-stands"
    let version = 2
    let citation = "RX-PROXY; RX-MINOR; CONTRACT 12: guardian.until_age"

    func inputs(of line: OrderLineFacts, in facts: PrescriptionFacts) -> Inputs? {
        guard let record = line.record else { return nil }
        switch record.patient {
        case .same, .stranger: return nil
        case .notRelatedNow: return Inputs(relation: nil, patientAge: nil)
        case .related(.powerOfAttorney): return Inputs(relation: .powerOfAttorney, patientAge: nil)
        case .related(.guardian):
            return Inputs(relation: .guardian, patientAge: record.patientBirthDate.age(on: facts.today))
        }
    }

    func parameters(_ settings: PrescriptionSettings) -> Parameters {
        Parameters(untilAge: settings.guardianUntilAge)
    }

    func verdict(_ inputs: Inputs, under parameters: Parameters) -> RuleVerdict {
        let isGood =
            switch inputs.relation {
            case .powerOfAttorney: true
            case .guardian: inputs.patientAge.map { (0..<max(0, parameters.untilAge)).contains($0) } ?? false
            case nil: false
            }
        return isGood ? .pass : .decline(.rxProxyMissing)
    }
}

extension ProxyStands.Inputs {
    init(_ logged: LoggedInputs) throws(UnreadableTrace) {
        relation = try logged.optionalWord("relation")
        patientAge = relation == .guardian ? try logged.count("patient_age") : nil
    }

    var listed: [RuleInput] {
        [RuleInput("relation", .word(relation))]
            + (patientAge.map { [RuleInput("patient_age", .number($0))] } ?? [])
    }
}

extension ProxyStands.Parameters {
    init(_ listed: RuleParameters) throws(UnreadableTrace) { untilAge = try listed.number("until_age") }

    var listed: RuleParameters { RuleParameters(["until_age": .number(untilAge)]) }
}
