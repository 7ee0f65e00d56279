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
        _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int
    ) throws -> Instant {
        guard let date = LocalDate(year: year, month: month, day: day),
            let instant = Instant(utc: date, hour: hour, minute: minute, second: second)
        else { throw DERFlaw.notExpected }
        return instant
    }

    /// The form that OCSP always has.
    static func generalized(_ moment: Instant) throws -> GeneralizedTime {
        let (date, hour, minute, second) = moment.utc
        return try GeneralizedTime(
            year: date.year, month: date.month, day: date.day, hours: hour, minutes: minute, seconds: second,
            fractionalSeconds: 0)
    }

    /// Writes the form that RFC 5280 asks for: `UTCTime` from 1950 to 2049.
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
