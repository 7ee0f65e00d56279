package import Vocabulary

/// A moment as data element 7 carries it: `MMDDhhmmss` in UTC, without a year.
///
/// Source: ISO 8583:1987, data element 7.
package struct ISO8583Moment: Sendable, Hashable {
    /// Ten digits.
    package let text: String

    /// Ten digits that name a day and a time of some year.
    package init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 10, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let pairs = stride(from: 0, to: 10, by: 2).map {
            Int(digits[$0] - 48) * 10 + Int(digits[$0 + 1] - 48)
        }
        // A leap year, so that 29 February is a day.
        guard LocalDate(year: 2_024, month: pairs[0], day: pairs[1]) != nil,
            pairs[2] < 24, pairs[3] < 60, pairs[4] < 60
        else { return nil }
        self.text = text
    }

    /// The moment's second; what is finer is lost.
    package init(_ instant: Instant) {
        // 2026-11-22T12:00:00.000Z
        let digits = instant.rfc3339.utf8.filter { (48...57).contains($0) }
        text = String(decoding: digits[4..<14], as: UTF8.self)
    }

    /// The moment of this name that is nearest to `now`; nil for a 29 February with no leap year about.
    package func instant(nearestTo now: Instant) -> Instant? {
        guard let thisYear = Int(now.rfc3339.prefix(4)) else { return nil }
        return (thisYear - 1...thisYear + 1).compactMap { instant(inYear: $0) }
            .min { distance($0, now) < distance($1, now) }
    }

    private func instant(inYear year: Int) -> Instant? {
        let pairs = stride(from: 0, to: 10, by: 2).map { String(text.dropFirst($0).prefix(2)) }
        let digits = String(year)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return Instant(rfc3339: "\(padded)-\(pairs[0])-\(pairs[1])T\(pairs[2]):\(pairs[3]):\(pairs[4])Z")
    }

    private func distance(_ one: Instant, _ other: Instant) -> Int64 {
        abs(one.milliseconds - other.milliseconds)
    }
}
