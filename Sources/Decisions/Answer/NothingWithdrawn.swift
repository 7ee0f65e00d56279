import Vocabulary

/// What was blocked or changed while the question was open ends it.
struct NothingWithdrawn: Rule {
    let name = "nothing-withdrawn"
    let version = 1
    let citation = "SCA-03; SCA-08"

    func judge(_ facts: EndingFacts) -> Judgement {
        guard let reason = facts.withdrawnFor else { return Judgement(.notApplicable) }
        return Judgement(.decline(reason), RuleInput("withdrawn_for", .word(reason.rawValue)))
    }
}
