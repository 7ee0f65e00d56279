extension Instant {
    /// The moment this many seconds after the start of 1970: what RFC 7519 section 2 calls a NumericDate.
    package init(secondsSince1970 seconds: Int64) {
        self = Instant(milliseconds: 0).adding(seconds: Int(seconds))
    }

    /// Whole seconds since the start of 1970, rounded towards zero.
    package var secondsSince1970: Int64 { seconds(since: Instant(milliseconds: 0)) }

    /// The moment without its milliseconds.
    package var wholeSecond: Instant { Instant(secondsSince1970: secondsSince1970) }

    /// The moment at which calendar and clock show this in UTC; nil for what no clock shows.
    package init?(utc date: LocalDate, hour: Int, minute: Int, second: Int) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else {
            return nil
        }
        let minutes = (date.dayNumber * 24 + hour) * 60 + minute
        self.init(secondsSince1970: Int64(minutes * 60 + second))
    }

    /// What calendar and clock show in UTC; milliseconds are cut off.
    package var utc: (date: LocalDate, hour: Int, minute: Int, second: Int) {
        let (day, rest) = milliseconds.flooringQuotientAndRemainder(by: 86_400_000)
        let seconds = Int(rest / 1_000)
        return (LocalDate(dayNumber: Int(day)), seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }
}
