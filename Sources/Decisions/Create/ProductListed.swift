import Vocabulary

/// What a pharmacy sells is in the price list of the day; an unknown product has no dispensing group.
struct ProductListed: Rule {
    let name = "product-listed"
    let version = 2
    let citation = "CONTRACT 4: order lines at a merchant with a GLN"

    func judge(_ facts: CreateFacts) -> Judgement {
        guard facts.isMerchantPharmacy else { return Judgement(.notApplicable) }
        let unlisted = facts.prescriptions.lines.filter { $0.product == nil }
        let inputs = [
            RuleInput("price_list", .day(facts.prescriptions.priceList)),
            RuleInput("unlisted", .number(unlisted.count)),
        ]
        guard let first = unlisted.first else { return Judgement(.pass, inputs) }
        return Judgement(.decline(.productUnknown), inputs, line: first.position)
    }
}
