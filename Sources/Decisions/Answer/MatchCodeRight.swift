import Vocabulary

/// The customer has the shop's page before them: one wrong number ends it.
struct MatchCodeRight: Rule {
    let name = "match-code-right"
    let version = 1
    let citation = "SCA-13; NIST SP 800-63B-4 section 5.1.3"

    func judge(_ facts: AnswerFacts) -> Judgement {
        guard let isRight = facts.isMatchCodeRight else { return Judgement(.notApplicable) }
        return .require(isRight, else: .matchCodeWrong, RuleInput("match_code_right", .flag(isRight)))
    }
}
