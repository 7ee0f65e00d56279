import Vocabulary

/// What a pharmacy sells is in the price list of the day; an unknown product has no dispensing group.
struct ProductListed: Rule {
    let name = "product-listed"
    let version = 1
    let citation = "CONTRACT 4: order lines at a merchant with a GLN"

    func judge(_ facts: CreateFacts) -> Judgement {
        guard facts.isMerchantPharmacy else { return Judgement(.notApplicable) }
        return .require(
            facts.unlistedProducts == 0, else: .productUnknown,
            RuleInput("unlisted", .number(Int64(facts.unlistedProducts))))
    }
}
