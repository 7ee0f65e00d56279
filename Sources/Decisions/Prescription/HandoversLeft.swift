import Vocabulary

/// The next handover is one of those that the prescription has.
struct HandoversLeft: LineRule {
    let name = "handovers-left"
    let version = 1
    let citation = "RX-COUNT"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record, let prescribed = record.line else { return nil }
        return .require(
            (0..<max(0, prescribed.handovers)).contains(record.use.handedOver), else: .rxExhausted,
            RuleInput("used", .number(record.use.handedOver)),
            RuleInput("handovers", .number(prescribed.handovers)))
    }
}
