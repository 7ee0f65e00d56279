import Vocabulary

/// A suspended merchant sells nothing.
struct MerchantActive: Rule {
    let name = "merchant-active"
    let version = 1
    let citation = "CONTRACT 10: merchant_suspended"

    func judge(_ facts: CreateFacts) -> Judgement {
        .require(
            !facts.isMerchantSuspended, else: .merchantSuspended,
            RuleInput("suspended", .flag(facts.isMerchantSuspended)))
    }
}
