import Vocabulary

/// What was blocked while the question was open confirms nothing.
struct AnsweringCustomerGood: Rule {
    let name = "answering-customer-good"
    let version = 1
    let citation = "SCA-08; SCA-24"
    let isPersonal = true

    func judge(_ facts: AnswerFacts) -> Judgement {
        facts.customer.judgedAfterTheQuestion(isAppGood: true)
    }
}
