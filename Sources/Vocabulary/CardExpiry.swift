/// The month in which a card ends; it is good to the last day of that month.
package struct CardExpiry: Comparable, Hashable, Sendable, CustomStringConvertible {
    /// 1 to 12.
    package let month: Int
    /// 2000 to 2099.
    package let year: Int

    package init?(month: Int, year: Int) {
        guard (1...12).contains(month), (2_000...2_099).contains(year) else { return nil }
        self.month = month
        self.year = year
    }

    /// Whether the card has ended before this day.
    package func isOver(on date: LocalDate) -> Bool {
        (year, month) < (date.year, date.month)
    }

    /// `12/2030`.
    package var description: String { "\(padded(month, to: 2))/\(year)" }

    package static func < (left: CardExpiry, right: CardExpiry) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }
}
