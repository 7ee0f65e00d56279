// The two things of this module that the standard library does not know:
// the time in Copenhagen, and the composed form of a text.
import Foundation

extension LocalDate {
    /// The day in Copenhagen at a moment.
    package init(_ instant: Instant) {
        let local = instant.milliseconds + copenhagenOffset(at: instant) * 1_000
        self.init(dayNumber: Int(local.flooringQuotientAndRemainder(by: 86_400_000).quotient))
    }
}

private let copenhagen = TimeZone(identifier: "Europe/Copenhagen")

/// Seconds east of UTC in Copenhagen, by the time-zone data of the system.
///
/// A system without that data is served by the rule in force since 1996.
func copenhagenOffset(at instant: Instant) -> Int64 {
    guard let copenhagen else { return europeanOffset(at: instant) }
    let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000)
    return Int64(copenhagen.secondsFromGMT(for: date))
}

/// The text in normalization form C (Unicode Standard Annex 15).
func composed(_ text: String) -> String {
    text.precomposedStringWithCanonicalMapping
}
