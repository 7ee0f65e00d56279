import Vocabulary

/// What was blocked while the bank was asked pays nothing.
struct CustomerStillGood: Rule {
    let name = "customer-still-good"
    let version = 1
    let citation = "SCA-08; SCA-24"
    let isPersonal = true

    func judge(_ facts: ResultFacts) -> Judgement {
        facts.customer.judgedAfterTheQuestion(isAppGood: facts.isDeviceGood)
    }
}
