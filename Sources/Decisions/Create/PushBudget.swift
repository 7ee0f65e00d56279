import Vocabulary

/// Nobody is asked again and again until they give in.
struct PushBudget: Rule {
    let name = "push-budget"
    let version = 1
    let citation = "SCA-14"

    func judge(_ facts: CreateFacts) -> Judgement {
        guard facts.customer != nil else { return Judgement(.notApplicable) }
        return .require(
            facts.recentRequests < facts.pushBudget, else: .pushBudgetSpent,
            RuleInput("recent_requests", .number(Int64(facts.recentRequests))),
            RuleInput("budget", .number(Int64(facts.pushBudget))))
    }
}
