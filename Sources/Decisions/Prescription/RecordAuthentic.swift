import Vocabulary

/// A record that failed a check covers nothing, for the reason of the first check that failed.
struct RecordAuthentic: LineRule {
    let name = "record-authentic"
    let version = 1
    let citation = "RX-SIG; RX-CHAIN; RX-TIME; RX-ROLE"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        switch line.drawn {
        case nil, .unknown: nil
        case .flawed(let reason):
            Judgement(.decline(reason), RuleInput("flaw", .word(reason.rawValue)))
        case .found(let record):
            .require(
                record.status != .invalid, else: .rxSignatureInvalid,
                RuleInput("status", .word(record.status.rawValue)))
        }
    }
}
