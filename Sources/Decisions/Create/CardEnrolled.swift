import Vocabulary

/// A card belongs to a customer who can be asked.
struct CardEnrolled: Rule {
    let name = "card-enrolled"
    let version = 1
    let citation = "CONTRACT 10: card_not_enrolled"

    func judge(_ facts: CreateFacts) -> Judgement {
        .require(
            facts.enrolment != nil, else: .cardNotEnrolled,
            RuleInput("enrolled", .flag(facts.enrolment != nil)))
    }
}
