import Vocabulary

/// A card is good to the last day of its month.
struct CardNotExpired: Rule {
    let name = "card-not-expired"
    let version = 1
    let citation = "ISO/IEC 7813: expiry date"

    func judge(_ facts: CreateFacts) -> Judgement {
        .require(
            !facts.cardExpiry.isOver(on: facts.today), else: .cardExpired,
            RuleInput("month", .number(Int64(facts.cardExpiry.month))),
            RuleInput("year", .number(Int64(facts.cardExpiry.year))),
            RuleInput("today", .word(facts.today.description)))
    }
}
