extension Instant {
    /// The moment as RFC 3339 section 5.6 writes it, in UTC with milliseconds: `2026-11-22T12:00:00.000Z`.
    package var rfc3339: String {
        let (date, hour, minute, second) = utc
        let clock = [hour, minute, second].map { padded($0, to: 2) }.joined(separator: ":")
        let rest = milliseconds.flooringQuotientAndRemainder(by: 1_000).remainder
        return "\(date)T\(clock).\(padded(Int(rest), to: 3))Z"
    }

    /// Reads RFC 3339 section 5.6: `Z` or a numeric offset, one to nine decimals or none.
    ///
    /// Decimals after the third are cut off. Refused: lower-case letters, a blank for the `T`, the second 60,
    /// and the offset `-00:00`, which says that the zone is unknown.
    package init?(rfc3339 text: String) {
        var rest = Array(text.utf8)[...]
        guard text.utf8.count <= 35, let date = Self.takeDate(&rest),
            let hour = takeNumber(&rest, digits: 2), take(":", &rest),
            let minute = takeNumber(&rest, digits: 2), take(":", &rest),
            let second = takeNumber(&rest, digits: 2),
            hour < 24, minute < 60, second < 60,
            let fraction = Self.takeFraction(&rest),
            let offset = Self.takeOffset(&rest), rest.isEmpty
        else { return nil }
        let minutes = (date.dayNumber * 24 + hour) * 60 + minute - offset
        let milliseconds = Int64(minutes * 60 + second) * 1_000 + Int64(fraction)
        guard Self.bounds.contains(milliseconds) else { return nil }
        self.init(milliseconds: milliseconds)
    }

    private static func takeDate(_ rest: inout ArraySlice<UInt8>) -> LocalDate? {
        guard let date = LocalDate(String(decoding: rest.prefix(10), as: UTF8.self)) else { return nil }
        rest = rest.dropFirst(10)
        return take("T", &rest) ? date : nil
    }

    /// Milliseconds after the decimal point; 0 when there is none.
    private static func takeFraction(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard take(".", &rest) else { return 0 }
        let digits = rest.prefix { isDigit($0) }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        var firstThree = (digits.prefix(3) + [48, 48, 48]).prefix(3)
        return takeNumber(&firstThree, digits: 3)
    }

    /// Minutes east of UTC.
    private static func takeOffset(_ rest: inout ArraySlice<UInt8>) -> Int? {
        if take("Z", &rest) { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard isWest || rest.first == UInt8(ascii: "+") else { return nil }
        rest = rest.dropFirst()
        guard let hours = takeNumber(&rest, digits: 2), take(":", &rest),
            let minutes = takeNumber(&rest, digits: 2), hours < 24, minutes < 60
        else { return nil }
        let total = hours * 60 + minutes
        if isWest && total == 0 { return nil }
        return isWest ? -total : total
    }
}
