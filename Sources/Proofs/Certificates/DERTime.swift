import SwiftASN1
import Vocabulary

/// Moments as DER has them: `UTCTime` and `GeneralizedTime` in whole seconds, UTC (RFC 5280 section 4.1.2.5).
enum DERTime {
    /// Reads either form.
    static func read(_ node: ASN1Node) throws -> Instant {
        if node.identifier == .utcTime {
            let time = try UTCTime(derEncoded: node)
            return try instant(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
        }
        return try readGeneralized(node)
    }

    /// Reads `GeneralizedTime`, which is all that OCSP has.
    static func readGeneralized(_ node: ASN1Node) throws -> Instant {
        let time = try GeneralizedTime(derEncoded: node)
        guard time.rawFractionalSeconds.isEmpty else { throw DERFlaw.notExpected }
        return try instant(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
    }

    private static func instant(
        _ year: Int, _ month: Int, _ day: Int, _ hours: Int, _ minutes: Int, _ seconds: Int
    ) throws -> Instant {
        guard let date = LocalDate(year: year, month: month, day: day), seconds < 60,
            let epoch = LocalDate(year: 1970, month: 1, day: 1)
        else { throw DERFlaw.notExpected }
        let clock = (hours * 60 + minutes) * 60 + seconds
        return Instant(milliseconds: 0).adding(days: epoch.days(until: date)).adding(seconds: clock)
    }

    /// The form that RFC 5280 asks for: `UTCTime` before 2050. OCSP always has `GeneralizedTime`.
    static func generalized(_ moment: Instant) throws -> GeneralizedTime {
        let text = moment.rfc3339
        func number(_ start: Int, _ count: Int) -> Int { Int(text.dropFirst(start).prefix(count)) ?? 0 }
        return try GeneralizedTime(
            year: number(0, 4), month: number(5, 2), day: number(8, 2), hours: number(11, 2),
            minutes: number(14, 2), seconds: number(17, 2), fractionalSeconds: 0)
    }

    static func write(_ moment: Instant, into coder: inout DER.Serializer) throws {
        let time = try generalized(moment)
        guard (1950..<2050).contains(time.year) else { return try coder.serialize(time) }
        try coder.serialize(
            UTCTime(
                year: time.year, month: time.month, day: time.day, hours: time.hours, minutes: time.minutes,
                seconds: time.seconds))
    }
}

/// DER that is sound and is not what belongs there.
enum DERFlaw: Error {
    case notExpected
}
