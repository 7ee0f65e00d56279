import Vocabulary

/// A customer is asked one question at a time.
struct NoOtherConfirmation: Rule {
    let name = "no-other-confirmation"
    let version = 1
    let citation = "SCA-12"
    let isPersonal = true

    func judge(_ facts: CreateFacts) -> Judgement {
        guard facts.customer != nil else { return Judgement(.notApplicable) }
        return .require(
            !facts.isConfirmationPending, else: .confirmationPendingElsewhere,
            RuleInput("pending", .flag(facts.isConfirmationPending)))
    }
}
