import Testing

@testable import Vocabulary

private func date(_ text: String) throws -> LocalDate {
    try #require(LocalDate(text))
}

@Suite struct LocalDateTests {
    @Test(arguments: ["2026-03-29", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
    func `a day of the calendar reads and writes itself`(text: String) throws {
        #expect(try date(text).description == text)
    }

    @Test(arguments: [
        "", "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-01", "2026-13-01", "2026-01-00", "0000-01-01",
        "2026-1-01", "20260101", "2026-01-01Z", "-026-01-01", "2026/01/01",
    ])
    func `what is no day is refused`(text: String) {
        #expect(LocalDate(text) == nil)
    }

    @Test(arguments: [
        // Winter time ends at 01:00 UTC on 29 March 2026, summer time at 01:00 UTC on 25 October 2026.
        ("2026-03-28T22:59:59.999Z", "2026-03-28"), ("2026-03-28T23:00:00Z", "2026-03-29"),
        ("2026-03-29T21:59:59.999Z", "2026-03-29"), ("2026-03-29T22:00:00Z", "2026-03-30"),
        ("2026-10-24T21:59:59.999Z", "2026-10-24"), ("2026-10-24T22:00:00Z", "2026-10-25"),
        ("2026-10-25T22:59:59.999Z", "2026-10-25"), ("2026-10-25T23:00:00Z", "2026-10-26"),
        ("2026-07-01T22:10:00Z", "2026-07-02"), ("2026-12-31T23:00:00Z", "2027-01-01"),
    ])
    func `RX-DAY: an instant has its day in Copenhagen`(instant: String, day: String) throws {
        #expect(LocalDate(try #require(Instant(rfc3339: instant))).description == day)
    }

    @Test func `the rule without time-zone data agrees with the data`() throws {
        let start = try #require(Instant(rfc3339: "1996-01-01T00:00:00Z"))
        let changes = stride(from: 0, to: 30 * 366 * 24, by: 1).filter { hour in
            let moment = start.adding(seconds: hour * 3_600)
            return europeanOffset(at: moment) != copenhagenOffset(at: moment)
        }
        #expect(changes.isEmpty)
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"), ("2026-05-30", 0, "2026-05-30"),
        ("2026-01-31", .max, "9999-12-31"), ("2026-01-31", .min, "0001-01-01"),
    ])
    func `RX-INTERVAL: months end where the month ends`(from: String, months: Int, to: String) throws {
        #expect(try date(from).adding(months: months).description == to)
    }

    @Test(arguments: [
        ("2024-02-29", 1, "2025-02-28"), ("2024-02-29", 2, "2026-02-28"), ("2024-02-29", 4, "2028-02-29"),
        ("2026-02-28", 2, "2028-02-28"), ("2026-02-28", .max, "9999-12-31"),
        ("2026-02-28", .min, "0001-01-01"),
    ])
    func `RX-VALID: two years after 29 February is 28 February`(from: String, years: Int, to: String) throws {
        #expect(try date(from).adding(years: years).description == to)
    }

    @Test(arguments: [
        ("2026-02-28", 1, "2026-03-01"), ("2024-02-28", 1, "2024-02-29"), ("2026-01-01", -1, "2025-12-31"),
        ("2026-03-28", 7, "2026-04-04"), ("1970-01-01", 0, "1970-01-01"), ("2026-01-01", .max, "9999-12-31"),
        ("1969-01-01", .min, "0001-01-01"),
    ])
    func `days are added across months and years`(from: String, days: Int, to: String) throws {
        #expect(try date(from).adding(days: days).description == to)
    }

    @Test func `every day of 800 years follows the one before`() throws {
        var day = try date("1600-01-01")
        var number = day.dayNumber
        var mistakes = 0
        while let next = followingDay(day), next.year < 2_401 {
            number += 1
            if next.dayNumber != number || LocalDate(dayNumber: number) != next || !(day < next) {
                mistakes += 1
            }
            day = next
        }
        #expect(mistakes == 0)
        #expect(day.description == "2400-12-31")
        #expect(try date("0001-01-01").days(until: date("9999-12-31")) == 3_652_058)
    }

    @Test(arguments: [
        ("2008-06-15", "2026-06-14", 17), ("2008-06-15", "2026-06-15", 18), ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18), ("2008-02-29", "2028-02-29", 20), ("2008-06-15", "2008-06-14", -1),
    ])
    func `RX-MINOR: a year is completed on the birthday, not the day before`(
        birth: String, on: String, age: Int
    ) throws {
        #expect(try date(birth).age(on: date(on)) == age)
    }
}

/// The next day by the calendar alone, without day numbers.
private func followingDay(_ day: LocalDate) -> LocalDate? {
    LocalDate(year: day.year, month: day.month, day: day.day + 1)
        ?? LocalDate(year: day.year, month: day.month + 1, day: 1)
        ?? LocalDate(year: day.year + 1, month: 1, day: 1)
}
