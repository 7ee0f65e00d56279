extension Instant {
    /// What calendar and clock show in Copenhagen; milliseconds are cut off.
    package var copenhagen: (date: LocalDate, hour: Int, minute: Int, second: Int) {
        adding(milliseconds: copenhagenOffset(at: self) * 1_000).utc
    }
}
