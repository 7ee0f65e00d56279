import Vocabulary

/// The order's day lies within the days of the prescription, both ends included, by the calendar in Denmark.
struct RecordValid: LineRule {
    let name = "record-valid"
    let version = 1
    let citation = "RX-VALID; BEK 827/2024 section 13"
    let policy: PrescribingPolicy

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record, let prescribed = record.line else { return nil }
        let window = RecordWindow(of: prescribed, in: record, under: policy)
        let verdict: RuleVerdict =
            if record.status == .expired || facts.today > window.last || window.first > window.last {
                .decline(.rxExpired)
            } else if facts.today < window.first || !window.isStartAllowed {
                .decline(.rxNotYetValid)
            } else {
                .pass
            }
        return Judgement(
            verdict, RuleInput("issued_on", .day(record.issuedOn)), RuleInput("from", .day(window.first)),
            RuleInput("to", .day(window.last)), RuleInput("start_allowed", .flag(window.isStartAllowed)),
            RuleInput("today", .day(facts.today)), RuleInput("status", .word(record.status.rawValue)))
    }
}
