import Vocabulary

/// What was confirmed is what will be paid, and to whom.
struct PayeeUnchanged: Rule {
    let name = "payee-unchanged"
    let version = 1
    let citation = "SCA-03; RTS 2018/389 Article 5"

    func judge(_ facts: AnswerFacts) -> Judgement {
        .require(
            facts.isPayeeUnchanged, else: .confirmationMismatch,
            RuleInput("payee_unchanged", .flag(facts.isPayeeUnchanged)))
    }
}
