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
        let isOtherDrug = record.isContradictedByList(prescribed.product)
        // Urgent supply without payment is not offered here.
        let isUrgent = prescribed.isUrgentWithoutPayment
        return .require(
            !isOtherPharmacy && !record.isDrawnTwice && !isUrgent && !isOtherDrug, else: .rxNotCovered,
            RuleInput("line_found", .flag(true)), RuleInput("other_pharmacy", .flag(isOtherPharmacy)),
            RuleInput("other_drug", .flag(isOtherDrug)),
            RuleInput("drawn_twice", .flag(record.isDrawnTwice)), RuleInput("urgent", .flag(isUrgent)))
    }
}

extension RecordFacts {
    /// The signed drug or its class is another than the price list has under the signed number: the number
    /// may be a slip, and what it names was not meant.
    fileprivate func isContradictedByList(_ signed: PrescribedProduct) -> Bool {
        guard let prescribed else { return false }
        if let drug = signed.drug, let listed = prescribed.drug, drug != listed { return true }
        guard let atc = signed.atc, let listed = prescribed.atc else { return false }
        return !atc.belongs(to: listed) && !listed.belongs(to: atc)
    }
}
