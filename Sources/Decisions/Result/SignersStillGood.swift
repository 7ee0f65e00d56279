/// Whoever signed the records of the order was not proved to be revoked when the bank has answered.
struct SignersStillGood: Rule {
    let name = "signers-still-good"
    let version = 1
    let citation = "RX-REV; RX-ATOMIC"

    func judge(_ facts: ResultFacts) -> Judgement {
        facts.pharmacy?.judgedBySigners ?? Judgement(.notApplicable)
    }
}
