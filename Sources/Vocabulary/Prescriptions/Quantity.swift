/// An exact amount of packages or units with at most three decimals, from 0 to 1,000,000.
///
/// Doses and packages are never binary floating point: 0.1 + 0.2 is 0.3 here (RX-QTY).
package struct Quantity: Comparable, Hashable, Sendable, CustomStringConvertible {
    /// The amount times 1,000.
    package let thousandths: Int64

    /// The amount in thousandths; nil outside 0 to 1,000,000,000.
    package init?(thousandths: Int64) {
        guard (0...1_000_000_000).contains(thousandths) else { return nil }
        self.thousandths = thousandths
    }

    /// So many whole ones; nil outside 0 to 1,000,000.
    package init?(_ whole: Int) {
        guard (0...1_000_000).contains(whole) else { return nil }
        self.init(thousandths: Int64(whole) * 1_000)
    }

    /// Reads `2`, `2.5` or `100.000`; no sign, no exponent, no more than three decimals that are not zero.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...7).contains(parts[0].count),
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) })
        else { return nil }
        var decimals = parts.count == 2 ? Array(parts[1]) : []
        while decimals.count > 3, decimals.last == UInt8(ascii: "0") { decimals.removeLast() }
        guard decimals.count <= 3 else { return nil }
        while decimals.count < 3 { decimals.append(UInt8(ascii: "0")) }
        let value = (Array(parts[0]) + decimals).reduce(Int64(0)) { $0 * 10 + Int64($1) - 48 }
        self.init(thousandths: value)
    }

    package static let zero = Quantity(unchecked: 0)
    package static let one = Quantity(unchecked: 1_000)

    private init(unchecked thousandths: Int64) { self.thousandths = thousandths }

    /// The shortest decimal: `2.5`, never `2.500`.
    package var description: String {
        let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1_000)
        guard rest != 0 else { return String(whole) }
        var decimals = padded(Int(rest), to: 3)
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(whole).\(decimals)"
    }

    package static func < (left: Quantity, right: Quantity) -> Bool {
        left.thousandths < right.thousandths
    }

    /// The sum; nil above 1,000,000.
    package func adding(_ other: Quantity) -> Quantity? {
        Quantity(thousandths: thousandths + other.thousandths)
    }

    /// What is left, never below zero.
    package func subtracting(_ other: Quantity) -> Quantity {
        Quantity(unchecked: max(0, thousandths - other.thousandths))
    }

    /// The exact product in millionths. Both factors are at most 10⁹ thousandths, so it stays below 2⁶³.
    package func millionths(times other: Quantity) -> Int64 {
        thousandths * other.thousandths
    }
}
