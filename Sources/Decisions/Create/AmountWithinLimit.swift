import Vocabulary

/// A payment stays within the limit of the merchant's agreement, the limit included, and within the cap that
/// a rule set puts on every merchant.
struct AmountWithinLimit: ParameterCreateRule {
    struct Inputs: InputValues {
        let amount: Int64
        let currency: String
        let limit: Int64?
    }

    /// No cap is in force: it is for asking what one would have done.
    struct Parameters: ParameterValues {
        static func forms() -> [ParameterForm] {
            [ParameterForm("caps", .amounts)]
        }
        var caps: [String: Int64] = [:]
    }

    let name = "amount-within-limit"
    let version = 2
    let citation = "CONTRACT 10: amount_over_limit"

    func inputs(of facts: CreateFacts) -> Inputs? {
        Inputs(
            amount: facts.money.amountMinor, currency: facts.money.currency.code, limit: facts.limitMinor)
    }

    func parameters(_ settings: RuleSettings) -> Parameters { Parameters() }

    func verdict(_ inputs: Inputs, under parameters: Parameters) -> RuleVerdict {
        let bounds = [inputs.limit, parameters.caps[inputs.currency]].compactMap(\.self)
        guard let bound = bounds.min() else { return .notApplicable }
        return inputs.amount <= bound ? .pass : .decline(.amountOverLimit)
    }
}

extension AmountWithinLimit.Inputs {
    init(_ logged: LoggedInputs) throws(UnreadableTrace) {
        amount = try logged.number("amount")
        currency = try logged.text("currency")
        limit = try logged.optionalNumber("limit")
    }

    var listed: [RuleInput] {
        [
            RuleInput("amount", .number(amount)), RuleInput("currency", .word(currency)),
            RuleInput("limit", limit.map { .number($0) } ?? .missing),
        ]
    }
}

extension AmountWithinLimit.Parameters {
    init(_ listed: RuleParameters) throws(UnreadableTrace) { caps = try listed.amounts("caps") }

    var listed: RuleParameters { RuleParameters(["caps": .amounts(caps)]) }
}
