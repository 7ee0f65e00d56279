import Vocabulary

/// A blocked app confirms nothing.
struct AppNotBlocked: Rule {
    let name = "app-not-blocked"
    let version = 1
    let citation = "SCA-08"
    let isPersonal = true

    func judge(_ facts: CreateFacts) -> Judgement {
        guard let customer = facts.customer else { return Judgement(.notApplicable) }
        return .require(
            !customer.isAppBlocked, else: .appBlocked, RuleInput("app_blocked", .flag(customer.isAppBlocked)))
    }
}
