import Vocabulary

/// Who buys HA18 or HX18 without a prescription is 18 or older.
///
/// It stands among the rules of the merchant, not among those of the prescription.
package struct BuyerAdult: LineRule {
    package let name = "buyer-adult"
    package let version = 1
    package let citation = "RX-MINOR: HA18 and HX18; CONTRACT 4"

    package init() {}

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard line.drawn == nil else { return nil }
        return facts.judgedByAge(line, else: .ageRestricted)
    }
}
