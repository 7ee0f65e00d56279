import Vocabulary

/// After too many wrong answers the app rests for a while.
struct AppNotSuspended: Rule {
    let name = "app-not-suspended"
    let version = 1
    let citation = "SCA-10"
    let isPersonal = true

    func judge(_ facts: CreateFacts) -> Judgement {
        guard let customer = facts.customer else { return Judgement(.notApplicable) }
        guard let until = customer.appSuspendedUntil else { return Judgement(.notApplicable) }
        return .require(
            facts.now >= until, else: .tooManyAttempts, RuleInput("suspended_until", .time(until)),
            RuleInput("now", .time(facts.now)))
    }
}
