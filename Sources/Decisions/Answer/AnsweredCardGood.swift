import Vocabulary

/// A card that its issuer blocked while the question was open pays nothing.
struct AnsweredCardGood: Rule {
    let name = "answered-card-good"
    let version = 1
    let citation = "CONTRACT 10: card_blocked"

    func judge(_ facts: AnswerFacts) -> Judgement {
        .require(
            !facts.isCardBlocked, else: .cardBlocked,
            RuleInput("card_blocked", .flag(facts.isCardBlocked)))
    }
}
