import Vocabulary

/// The price list's group lets a consumer have the product, and the signer's role prescribe it.
struct GroupAllows: LineRule {
    let name = "group-allows"
    let version = 1
    let citation = "RX-GROUP; RX-ROLE; BEK 776/2022 sections 1 and 6"
    let policy: PrescribingPolicy

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard let record = line.record else { return nil }
        let inputs = [
            RuleInput("group", .group(line.product)),
            RuleInput("prescribed_group", .group(record.prescribed)),
            RuleInput("role", .word(record.role.rawValue)), RuleInput("kind", .word(record.kind.rawValue)),
        ]
        guard let product = line.product else { return Judgement(.decline(.rxNotCovered), inputs) }
        let groups = [product.group] + (record.prescribed.map { [$0.group] } ?? [])
        // Only a register signs as a register.
        let isSignerSound = record.role != .register || record.kind == .registry
        let verdict: RuleVerdict =
            if groups.contains(where: \.isHospitalOnly) {
                .decline(.rxNotCovered)
            } else if isSignerSound, groups.allSatisfy({ policy.allows(record.role, $0) }) {
                .pass
            } else {
                .decline(.rxPrescriberNotEntitled)
            }
        return Judgement(verdict, inputs)
    }
}
