import Vocabulary

/// Who buys HA18 or HX18 without a prescription is 18 or older.
///
/// It stands among the rules of the merchant, not among those of the prescription.
package struct BuyerAdult: AdultRule {
    package let name = "buyer-adult"
    package let version = 2
    package let citation = "RX-MINOR: HA18 and HX18; CONTRACT 4"
    let reason = DeclineReason.ageRestricted

    package init() {}

    func concerns(_ line: OrderLineFacts) -> Bool { line.drawn == nil }
}
