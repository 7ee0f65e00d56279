/// A relation that ended while the bank was asked covers nothing.
struct RelationStillStands: Rule {
    let name = "relation-still-stands"
    let version = 1
    let citation = "RX-PROXY; RX-MINOR"
    let isPersonal = true

    func judge(_ facts: ResultFacts) -> Judgement {
        facts.pharmacy?.judgedByRelation ?? Judgement(.notApplicable)
    }
}
