/// The holds of the order stand when the customer answers.
struct AnsweredHoldsActive: Rule {
    let name = "answered-holds-active"
    let version = 1
    let citation = "RX-LAST; RX-HOLD-TTL; ARCHITECTURE invariant 17"

    func judge(_ facts: AnswerFacts) -> Judgement {
        facts.pharmacy?.judgedByHolds ?? Judgement(.notApplicable)
    }
}
