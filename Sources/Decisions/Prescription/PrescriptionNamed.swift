import Vocabulary

/// What needs a prescription names a record that is on file; the group comes from the price list.
struct PrescriptionNamed: LineRule {
    let name = "prescription-named"
    let version = 1
    let citation = "RX-COVER; BEK 776/2022 section 6"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        // A shop that is no pharmacy sells goods that stand in no price list.
        if line.drawn == nil, line.product == nil, facts.pharmacy == nil { return nil }
        let isNeeded = line.product?.group.needsPrescription ?? true
        let isOnFile = line.drawn != nil && line.drawn != .unknown
        let isGood = line.drawn == nil ? !isNeeded : isOnFile
        return .require(
            isGood, else: .rxMissing, RuleInput("group", .group(line.product)),
            RuleInput("named", .flag(line.drawn != nil)), RuleInput("on_file", .flag(isOnFile)))
    }
}
