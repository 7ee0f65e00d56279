/// Whoever signed the records of the order was not proved to be revoked when the customer answers.
struct AnsweredSignersGood: Rule {
    let name = "answered-signers-good"
    let version = 1
    let citation = "RX-REV; RX-CONFIRM"

    func judge(_ facts: AnswerFacts) -> Judgement {
        facts.pharmacy?.judgedBySigners ?? Judgement(.notApplicable)
    }
}
