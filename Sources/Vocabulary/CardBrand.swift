/// A card scheme we take, known by the first digits of the number.
///
/// Sources: ISO/IEC 7812-1 (the issuer identification number leads); the schemes' published ranges: Visa 4,
/// Mastercard 51–55 and 2221–2720, American Express 34 and 37, Dankort 5019. A Visa/Dankort (4571) carries
/// both brands and is taken as `visa`: its number lies in Visa's range and in no other of ours.
package enum CardBrand: String, CaseIterable, Hashable, Sendable {
    case visa, mastercard, amex, dankort

    /// The brand of a number given as digits, or nil when its range is nobody's of ours.
    init?(digits: [Int]) {
        guard digits.count >= 4 else { return nil }
        let firstFour = digits.prefix(4).reduce(0) { $0 * 10 + $1 }
        switch firstFour {
        case 4000...4999: self = .visa
        case 2221...2720, 5100...5599: self = .mastercard
        case 3400...3499, 3700...3799: self = .amex
        case 5019: self = .dankort
        default: return nil
        }
    }

    /// How many digits a number of this brand may have.
    package var lengths: Set<Int> {
        switch self {
        case .visa: [13, 16, 19]
        case .mastercard, .dankort: [16]
        case .amex: [15]
        }
    }

    /// How many digits the verification code of this brand has.
    package var verificationCodeLength: Int {
        self == .amex ? 4 : 3
    }
}
