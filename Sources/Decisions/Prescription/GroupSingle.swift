import Vocabulary

/// Groups A and A § 4 are handed over once, however often the prescription says.
///
/// Portions of the one handover are under its hold and do not come here.
struct GroupSingle: LineRule {
    let name = "group-single"
    let version = 1
    let citation = "RX-GROUP; BEK 776/2022 section 6(2) and (3)"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record, let prescribed = record.line,
            record.isHandedOverOnce(as: line.product)
        else { return nil }
        return .require(
            prescribed.handovers == 1 && record.use.handedOver == 0, else: .rxGroupSingle,
            RuleInput("group", .group(line.product)),
            RuleInput("prescribed_group", .group(record.prescribed)),
            RuleInput("handovers", .number(prescribed.handovers)),
            RuleInput("used", .number(record.use.handedOver)))
    }
}

extension RecordFacts {
    /// One handover only: by the group of the product ordered or of the one prescribed.
    func isHandedOverOnce(as product: PricedProduct?) -> Bool {
        product?.group.isHandedOverOnce == true || prescribed?.group.isHandedOverOnce == true
    }
}
