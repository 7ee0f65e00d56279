import Vocabulary

/// Medicine is sold by a pharmacy that is on the agency's list of online pharmacies.
///
/// What stands in the price list is medicine, whatever the shop calls the line. It stands among the rules
/// of the merchant.
package struct PharmacyListed: LineRule {
    package let name = "pharmacy-listed"
    package let version = 1
    package let citation = "RX-MERCHANT; Directive 2001/83/EC, Article 85c"
    package let isPersonal = false

    package init() {}

    func judge(_ line: OrderLineFacts, in facts: PrescriptionFacts) -> Judgement? {
        guard line.drawn != nil || line.product != nil else { return nil }
        return .require(
            facts.pharmacy?.isListed == true, else: .merchantNotPharmacy,
            RuleInput("pharmacy", .flag(facts.pharmacy != nil)),
            RuleInput("listed", .flag(facts.pharmacy?.isListed == true)))
    }
}
