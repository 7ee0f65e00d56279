import Vocabulary

/// "It was not me" ends the payment and raises an alert.
struct VerdictNotReported: Rule {
    let name = "verdict-not-reported"
    let version = 1
    let citation = "SCA-15"

    func judge(_ facts: AnswerFacts) -> Judgement {
        .require(
            facts.verdict != .report, else: .confirmationReported,
            RuleInput("verdict", .word(facts.verdict.rawValue)))
    }
}
