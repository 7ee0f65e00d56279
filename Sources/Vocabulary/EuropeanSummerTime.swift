/// Seconds east of UTC in Copenhagen by the rule alone: an hour, and another one from 01:00 UTC on the last
/// Sunday of March to 01:00 UTC on the last Sunday of October (Directive 2000/84/EC, articles 2 and 3).
func europeanOffset(at instant: Instant) -> Int64 {
    let (day, _) = instant.milliseconds.flooringQuotientAndRemainder(by: 86_400_000)
    let year = LocalDate(dayNumber: Int(day)).year
    let change = { (month: Int) in lastSunday(ofMonth: month, year: year) * 86_400_000 + 3_600_000 }
    let isSummer = instant.milliseconds >= change(3) && instant.milliseconds < change(10)
    return isSummer ? 7_200 : 3_600
}

/// The day number of the last Sunday of a month of 31 days.
private func lastSunday(ofMonth month: Int, year: Int) -> Int64 {
    guard let last = LocalDate(year: year, month: month, day: 31) else { return 0 }
    // Day 0 was a Thursday, so that day 3 was a Sunday.
    let daysAfterSunday = Int64(last.dayNumber - 3).flooringQuotientAndRemainder(by: 7).remainder
    return Int64(last.dayNumber) - daysAfterSunday
}
