import Vocabulary

/// Medicine is sold by pharmacies only.
struct PharmacyForMedicine: Rule {
    let name = "pharmacy-for-medicine"
    let version = 1
    let citation = "RX-MERCHANT"

    func judge(_ facts: CreateFacts) -> Judgement {
        guard facts.needsPharmacy else { return Judgement(.notApplicable) }
        return .require(
            facts.isMerchantPharmacy, else: .merchantNotPharmacy,
            RuleInput("pharmacy", .flag(facts.isMerchantPharmacy)))
    }
}
