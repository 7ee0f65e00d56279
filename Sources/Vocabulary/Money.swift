/// Why an amount is not money.
package enum MoneyError: Error, Hashable, Sendable {
    case notPositive
    case tooLarge
}

/// A positive amount in one currency.
package struct Money: Hashable, Sendable, CustomStringConvertible {
    /// The largest amount in minor units: twelve digits, as ISO 8583 data element 4 holds.
    package static let maximumMinor: Int64 = 999_999_999_999

    /// The amount in minor units of the currency (øre, cent, fils; whole yen), 1 to 999,999,999,999.
    package let amountMinor: Int64
    package let currency: Currency

    package init(amountMinor: Int64, currency: Currency) throws(MoneyError) {
        guard amountMinor > 0 else { throw .notPositive }
        guard amountMinor <= Self.maximumMinor else { throw .tooLarge }
        self.amountMinor = amountMinor
        self.currency = currency
    }

    /// The amount as a Danish reader expects it: `249,00 kr.`, `1.234,50 EUR`, `500 JPY`.
    ///
    /// Danish kroner end in `kr.`, every other currency in its code. Points group thousands, a comma begins
    /// the decimals, as many as the currency's exponent says.
    package var danish: String {
        let digits = padded(Int(amountMinor), to: currency.exponent + 1)
        let whole = digits.dropLast(currency.exponent)
        let decimals = digits.suffix(currency.exponent)
        let number = groupedByThousands(whole) + (decimals.isEmpty ? "" : "," + decimals)
        return number + " " + (currency == .dkk ? "kr." : currency.code)
    }

    package var description: String { "\(amountMinor) \(currency.code) minor" }
}

private func groupedByThousands(_ digits: Substring) -> String {
    var text = ""
    for (index, digit) in digits.enumerated() {
        if index > 0 && (digits.count - index).isMultiple(of: 3) { text.append(".") }
        text.append(digit)
    }
    return text
}
