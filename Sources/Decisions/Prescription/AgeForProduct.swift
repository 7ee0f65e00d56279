import Vocabulary

/// Who buys what is for adults is one, also when a prescription names it.
struct AgeForProduct: LineRule {
    let name = "age-for-product"
    let version = 1
    let citation = "RX-MINOR: HA18 and HX18"

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard line.drawn != nil else { return nil }
        return facts.judgedByAge(line, else: .rxAge)
    }
}

extension PrescriptionFacts {
    /// Nil unless the line is for adults; an age that is not known is too low.
    func judgedByAge(_ line: OrderLineFacts, else reason: DeclineReason) -> Judgement? {
        guard let product = line.product, product.group.isAdultOnly else { return nil }
        let age = payerBirthDate?.age(on: today)
        return .require(
            age.map { $0 >= 18 } ?? false, else: reason, RuleInput("group", .group(product)),
            RuleInput("payer_age", age.map { .number($0) } ?? .missing))
    }
}
