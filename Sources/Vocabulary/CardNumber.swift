/// Why a text is not a card number we take.
package enum CardNumberError: Error, Hashable, Sendable {
    case notDigits
    /// Not 12 to 19 digits, or a length the brand does not have.
    case badLength
    case badCheckDigit
    case unknownBrand
}

/// A primary account number (PAN) whose length, check digit and brand are in order. Prints as `[pan]`.
///
/// Source: ISO/IEC 7812-1, annex B for the check digit (Luhn).
package struct CardNumber: Masked, Hashable, Sendable {
    package static var mask: String { "[pan]" }

    private let digitText: Redacted<String>
    package let brand: CardBrand

    /// Reads digits without blanks or hyphens.
    package init(_ text: String) throws(CardNumberError) {
        guard let values = digits(of: text) else { throw .notDigits }
        guard (12...19).contains(values.count) else { throw .badLength }
        guard passesLuhn(values) else { throw .badCheckDigit }
        guard let brand = CardBrand(digits: values) else { throw .unknownBrand }
        guard brand.lengths.contains(values.count) else { throw .badLength }
        self.brand = brand
        digitText = Redacted(text)
    }

    /// All digits. Whoever calls this answers for where they go.
    package func exposed() -> String {
        digitText.exposed()
    }

    /// The first six digits, which may be shown (PCI DSS 3.4.1).
    package var first6: String { String(digitText.exposed().prefix(6)) }

    /// The last four digits, which may be shown.
    package var last4: String { String(digitText.exposed().suffix(4)) }
}

/// Whether the sum is a multiple of 10 when every second digit from the right is doubled.
private func passesLuhn(_ digits: [Int]) -> Bool {
    var sum = 0
    for (position, digit) in digits.reversed().enumerated() {
        let doubled = digit * 2
        sum += position.isMultiple(of: 2) ? digit : (doubled > 9 ? doubled - 9 : doubled)
    }
    return sum.isMultiple(of: 10)
}
