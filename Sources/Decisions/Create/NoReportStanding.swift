import Vocabulary

/// After "it was not me" nothing is asked for a while.
struct NoReportStanding: Rule {
    let name = "no-report-standing"
    let version = 1
    let citation = "SCA-15"
    let isPersonal = true

    func judge(_ facts: CreateFacts) -> Judgement {
        guard let customer = facts.customer else { return Judgement(.notApplicable) }
        guard let until = customer.reportedUntil else { return Judgement(.notApplicable) }
        return .require(
            facts.now >= until, else: .customerBlocked, RuleInput("reported_until", .time(until)),
            RuleInput("now", .time(facts.now)))
    }
}
