import Vocabulary

/// Only "approve" lets a payment go on.
struct VerdictApproves: Rule {
    let name = "verdict-approves"
    let version = 1
    let citation = "SCA-02"

    func judge(_ facts: AnswerFacts) -> Judgement {
        .require(
            facts.verdict != .deny, else: .confirmationDenied,
            RuleInput("verdict", .word(facts.verdict.rawValue)))
    }
}
