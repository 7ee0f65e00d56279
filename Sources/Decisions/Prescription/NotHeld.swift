import Vocabulary

/// One order at a time holds a record line.
struct NotHeld: LineRule {
    let name = "not-held"
    let version = 1
    let citation = "RX-LAST; CONTRACT 7: unique (record, line) where a hold is active"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record else { return nil }
        return .require(
            !record.use.isHeld, else: .rxHeldElsewhere, RuleInput("held", .flag(record.use.isHeld)))
    }
}
