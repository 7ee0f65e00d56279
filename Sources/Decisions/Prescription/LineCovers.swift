import Vocabulary

/// Each line of the order has one line of the record for itself, and this pharmacy may serve it.
struct LineCovers: LineRule {
    let name = "line-covers"
    let version = 1
    let citation = "RX-COVER; RX-MERCHANT; BEK 827/2024 section 19"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record else { return nil }
        guard let prescribed = record.line else {
            return Judgement(.decline(.rxNotCovered), RuleInput("line_found", .flag(false)))
        }
        let isOtherPharmacy = prescribed.pharmacy.map { $0 != facts.pharmacy?.gln } ?? false
        // Urgent supply without payment is not offered here.
        let isUrgent = prescribed.isUrgentWithoutPayment
        return .require(
            !isOtherPharmacy && !record.isDrawnTwice && !isUrgent, else: .rxNotCovered,
            RuleInput("line_found", .flag(true)), RuleInput("other_pharmacy", .flag(isOtherPharmacy)),
            RuleInput("drawn_twice", .flag(record.isDrawnTwice)), RuleInput("urgent", .flag(isUrgent)))
    }
}
