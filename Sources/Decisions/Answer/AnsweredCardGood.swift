/// A card that its issuer blocked while the question was open pays nothing.
struct AnsweredCardGood: Rule {
    let name = "answered-card-good"
    let version = 1
    let citation = "CONTRACT 10: card_blocked"

    func judge(_ facts: AnswerFacts) -> Judgement {
        .afterTheQuestion(isCardBlocked: facts.isCardBlocked)
    }
}
