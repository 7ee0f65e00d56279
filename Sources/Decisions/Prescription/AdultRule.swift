import Vocabulary

/// A rule about products that are for adults only; an age that is not known is too low.
protocol AdultRule: ParameterLineRule where Inputs == AdultInputs, Parameters == AdultParameters {
    var reason: DeclineReason { get }
    func concerns(_ line: OrderLineFacts) -> Bool
}

extension AdultRule {
    func inputs(of line: OrderLineFacts, in facts: PrescriptionFacts) -> AdultInputs? {
        guard concerns(line), let product = line.product, product.group.isAdultOnly else { return nil }
        return AdultInputs(group: product.group, payerAge: facts.payerBirthDate?.age(on: facts.today))
    }

    func parameters(_ settings: PrescriptionSettings) -> AdultParameters { AdultParameters() }

    func verdict(_ inputs: AdultInputs, under parameters: AdultParameters) -> RuleVerdict {
        inputs.payerAge.map { $0 >= parameters.adultAge } == true ? .pass : .decline(reason)
    }
}

struct AdultInputs: InputValues {
    let group: DispensingGroup
    let payerAge: Int?
}

struct AdultParameters: ParameterValues {
    static func forms() -> [ParameterForm] {
        [ParameterForm("adult_age", .number(0...150))]
    }
    /// Years.
    var adultAge = 18
}

extension AdultInputs {
    init(_ logged: LoggedInputs) throws(UnreadableTrace) {
        group = try logged.word("group")
        payerAge = try logged.optionalCount("payer_age")
    }

    var listed: [RuleInput] {
        [
            RuleInput("group", .word(group.rawValue)),
            RuleInput("payer_age", payerAge.map { .number($0) } ?? .missing),
        ]
    }
}

extension AdultParameters {
    init(_ listed: RuleParameters) throws(UnreadableTrace) { adultAge = try listed.number("adult_age") }

    var listed: RuleParameters { RuleParameters(["adult_age": .number(adultAge)]) }
}
