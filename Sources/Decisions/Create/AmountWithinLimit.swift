import Vocabulary

/// A payment stays within the limit of the merchant's agreement, the limit included.
struct AmountWithinLimit: Rule {
    let name = "amount-within-limit"
    let version = 1
    let citation = "CONTRACT 10: amount_over_limit"

    func judge(_ facts: CreateFacts) -> Judgement {
        guard let limit = facts.limitMinor else { return Judgement(.notApplicable) }
        return .require(
            facts.money.amountMinor <= limit, else: .amountOverLimit,
            RuleInput("amount", .number(facts.money.amountMinor)), RuleInput("limit", .number(limit)))
    }
}
