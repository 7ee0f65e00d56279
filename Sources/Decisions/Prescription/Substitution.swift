import Vocabulary

/// Another product stands in for the prescribed one when its signer allows it and the price list of the day
/// has both in one group. How much of it is a question of quantity.
struct Substitution: LineRule {
    let name = "substitution"
    let version = 1
    let citation = "RX-SUBST; BEK 661/2023 section 62"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record, let prescribed = record.line, line.isSubstitute(for: prescribed)
        else { return nil }
        let group = line.product?.substitutionGroup
        let row = record.prescribed.flatMap { $0.number == prescribed.product.number ? $0 : nil }
        let isSameGroup = group?.isEmpty == false && group == row?.substitutionGroup
        return .require(
            prescribed.isSubstitutionAllowed && isSameGroup, else: .rxSubstitutionRefused,
            RuleInput("allowed", .flag(prescribed.isSubstitutionAllowed)),
            RuleInput("listed", .flag(line.product != nil)),
            RuleInput("prescribed_listed", .flag(row != nil)),
            RuleInput("same_group", .flag(isSameGroup)))
    }
}
