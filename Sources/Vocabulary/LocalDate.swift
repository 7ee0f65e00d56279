/// A day of the Gregorian calendar, without clock or zone, in the years 1 to 9999.
///
/// Calculations that would leave those years stop at their first or last day.
package struct LocalDate: Comparable, Hashable, Sendable, CustomStringConvertible {
    package let year: Int
    package let month: Int
    package let day: Int

    package init?(year: Int, month: Int, day: Int) {
        guard (1...9_999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.lastDay(ofMonth: month, year: year)
        else { return nil }
        self.init(checkedYear: year, month: month, day: day)
    }

    /// Reads `2026-03-29` and nothing else (ISO 8601, the extended calendar date).
    package init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard let year = takeNumber(&rest, digits: 4), take("-", &rest),
            let month = takeNumber(&rest, digits: 2), take("-", &rest),
            let day = takeNumber(&rest, digits: 2), rest.isEmpty
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The only initialiser that does not check: the caller has.
    private init(checkedYear year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    package var description: String {
        "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }

    package static func < (left: LocalDate, right: LocalDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    package func adding(days: Int) -> LocalDate {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        return LocalDate(dayNumber: overflow ? (days < 0 ? .min : .max) : sum)
    }

    /// The same day of a later month, or that month's last day: 31 January plus 1 is 28 or 29 February.
    package func adding(months: Int) -> LocalDate {
        let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        let total = overflow ? (months < 0 ? .min : .max) : sum
        if total < 12 { return LocalDate(dayNumber: .min) }
        if total >= 120_000 { return LocalDate(dayNumber: .max) }
        let (year, month) = (total / 12, total % 12 + 1)
        return LocalDate(
            checkedYear: year, month: month, day: min(day, Self.lastDay(ofMonth: month, year: year)))
    }

    /// The same day of a later year; 29 February becomes 28 February where there is none.
    package func adding(years: Int) -> LocalDate {
        adding(months: max(-9_999, min(9_999, years)) * 12)
    }

    /// Days from this day to the other, negative when the other is earlier.
    package func days(until other: LocalDate) -> Int {
        other.dayNumber - dayNumber
    }

    /// Completed years of somebody born on this day; negative before the birth.
    ///
    /// Who is born on 29 February grows a year older on 1 March in a common year, never early.
    package func age(on date: LocalDate) -> Int {
        let hasHadBirthday = (month, day) <= (date.month, date.day)
        return date.year - year - (hasHadBirthday ? 0 : 1)
    }

    static func lastDay(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}

extension LocalDate {
    /// Days since 1970-01-01; negative before it.
    var dayNumber: Int {
        // Counted in years that start on 1 March, so that the leap day comes last.
        let (marchYear, marchMonth) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
    }

    init(dayNumber: Int) {
        // 0001-01-01 and 9999-12-31.
        let days = min(max(dayNumber, -719_162), 2_932_896) + 719_468
        let (era, dayOfEra) = days.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        self.init(
            checkedYear: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}
