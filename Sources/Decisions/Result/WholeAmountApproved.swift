import Vocabulary

/// What was confirmed is the whole amount; a part of it is nobody's wish.
struct WholeAmountApproved: Rule {
    let name = "whole-amount-approved"
    let version = 1
    let citation = "ACQ-PORT: partial approval"

    func judge(_ facts: ResultFacts) -> Judgement {
        guard case .approved(let approved) = facts.result else { return Judgement(.notApplicable) }
        return .require(
            approved == facts.askedMinor, else: .partialApproval,
            RuleInput("asked", .number(facts.askedMinor)), RuleInput("approved", .number(approved)))
    }
}
