/// The holds of the order stand when the bank has answered.
struct HoldsStillStand: Rule {
    let name = "holds-still-stand"
    let version = 1
    let citation = "RX-LAST; RX-HOLD-TTL; ARCHITECTURE invariant 17"

    func judge(_ facts: ResultFacts) -> Judgement {
        facts.pharmacy?.judgedByHolds ?? Judgement(.notApplicable)
    }
}
