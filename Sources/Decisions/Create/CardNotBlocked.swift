import Vocabulary

/// A blocked card pays nothing.
struct CardNotBlocked: Rule {
    let name = "card-not-blocked"
    let version = 1
    let citation = "CONTRACT 10: card_blocked"

    func judge(_ facts: CreateFacts) -> Judgement {
        guard let enrolment = facts.enrolment else { return Judgement(.notApplicable) }
        return .require(
            !enrolment.isBlocked, else: .cardBlocked, RuleInput("blocked", .flag(enrolment.isBlocked)))
    }
}
