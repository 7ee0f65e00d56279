/// A Global Location Number: how a Danish pharmacy is named in the register (GS1 General Specifications).
package struct GLN: Hashable, Sendable, CustomStringConvertible {
    /// Thirteen digits.
    package let text: String

    /// Thirteen digits of which the last makes the weighted sum a multiple of 10.
    package init?(_ text: String) {
        guard let values = digits(of: text), values.count == 13 else { return nil }
        let sum = values.enumerated().reduce(0) { $0 + $1.element * ($1.offset.isMultiple(of: 2) ? 1 : 3) }
        guard sum.isMultiple(of: 10) else { return nil }
        self.text = text
    }

    package var description: String { text }
}

/// A *varenummer*: the number of one package in the Danish price list of medicines, six digits.
package struct ProductNumber: Comparable, Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init?(_ text: String) {
        guard text.utf8.count == 6, text.utf8.allSatisfy(isDigit) else { return nil }
        self.text = text
    }

    package var description: String { text }

    package static func < (left: ProductNumber, right: ProductNumber) -> Bool {
        left.text < right.text
    }
}
