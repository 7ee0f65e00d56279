import Vocabulary

/// A record that was canceled, or will be once its last hold ends, takes no new hold; nor does a closed one.
struct RecordNotCanceled: LineRule {
    let name = "record-not-canceled"
    let version = 1
    let citation = "RX-CANCEL; RX-COUNT"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record else { return nil }
        let verdict: RuleVerdict =
            switch record.status {
            case .canceled, .cancelPending: .decline(.rxCanceled)
            case .closed: .decline(.rxExhausted)
            case .pending, .open, .partHandedOver, .invalid, .expired: .pass
            }
        return Judgement(verdict, RuleInput("status", .word(record.status.rawValue)))
    }
}
