/// A relation that ended while the question was open covers nothing.
struct AnsweredRelationGood: Rule {
    let name = "answered-relation-good"
    let version = 1
    let citation = "RX-PROXY; RX-MINOR"
    let isPersonal = true

    func judge(_ facts: AnswerFacts) -> Judgement {
        facts.pharmacy?.judgedByRelation ?? Judgement(.notApplicable)
    }
}
