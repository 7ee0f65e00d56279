/// What may be shown of a card: brand, first six and last four digits, and its end.
package struct MaskedCard: Hashable, Sendable, CustomStringConvertible {
    package let brand: CardBrand
    package let first6: String
    package let last4: String
    package let expiry: CardExpiry

    package init(_ number: CardNumber, expiry: CardExpiry) {
        brand = number.brand
        first6 = number.first6
        last4 = number.last4
        self.expiry = expiry
    }

    /// A masked card read back from where it was kept; nil when the digits are not six and four,
    /// or the first six are of another brand.
    package init?(brand: CardBrand, first6: String, last4: String, expiry: CardExpiry) {
        guard let leading = digits(of: first6), leading.count == 6, CardBrand(digits: leading) == brand,
            last4.utf8.count == 4, last4.utf8.allSatisfy(isDigit)
        else { return nil }
        self.brand = brand
        self.first6 = first6
        self.last4 = last4
        self.expiry = expiry
    }

    /// As the code app shows it: `visa ••4242`.
    package var short: String { "\(brand.rawValue) ••\(last4)" }

    package var description: String { short }
}
