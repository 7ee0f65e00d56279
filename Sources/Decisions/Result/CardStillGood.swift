/// A card that its issuer blocked while the bank was asked pays nothing.
struct CardStillGood: Rule {
    let name = "card-still-good"
    let version = 1
    let citation = "CONTRACT 10: card_blocked"

    func judge(_ facts: ResultFacts) -> Judgement {
        .afterTheQuestion(isCardBlocked: facts.isCardBlocked)
    }
}
