import Vocabulary

/// Who buys what is for adults is one, also when a prescription names it.
struct AgeForProduct: AdultRule {
    let name = "age-for-product"
    let version = 2
    let citation = "RX-MINOR: HA18 and HX18"
    let reason = DeclineReason.rxAge

    func concerns(_ line: OrderLineFacts) -> Bool { line.drawn != nil }
}
