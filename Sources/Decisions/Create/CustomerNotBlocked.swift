import Vocabulary

/// A customer whom the issuer blocked cannot confirm.
struct CustomerNotBlocked: Rule {
    let name = "customer-not-blocked"
    let version = 1
    let citation = "SCA-08"
    let isPersonal = true

    func judge(_ facts: CreateFacts) -> Judgement {
        guard let customer = facts.customer else { return Judgement(.notApplicable) }
        return .require(
            !customer.isBlocked, else: .customerBlocked, RuleInput("blocked", .flag(customer.isBlocked)))
    }
}
