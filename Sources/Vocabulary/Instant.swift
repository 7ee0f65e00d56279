/// A moment in time: whole milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Only the years 1 to 9999 can be written by RFC 3339: a moment outside them becomes the nearest one inside.
package struct Instant: Comparable, Hashable, Sendable, CustomStringConvertible {
    /// Milliseconds since the start of 1970 in UTC; negative before it.
    package let milliseconds: Int64

    /// The first and the last moment that can be written.
    static let bounds: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    package init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.bounds.lowerBound), Self.bounds.upperBound)
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package func adding(milliseconds more: Int64) -> Instant {
        let (sum, overflow) = milliseconds.addingReportingOverflow(more)
        return Instant(milliseconds: overflow ? (more < 0 ? .min : .max) : sum)
    }

    package func adding(seconds: Int) -> Instant {
        adding(times: Int64(seconds), of: 1_000)
    }

    /// The moment this many times 24 hours later, whatever the clocks on the wall do meanwhile.
    package func adding(days: Int) -> Instant {
        adding(times: Int64(days), of: 86_400_000)
    }

    /// Whole seconds from `earlier` to this moment, rounded towards zero; negative when `earlier` is later.
    package func seconds(since earlier: Instant) -> Int64 {
        (milliseconds - earlier.milliseconds) / 1_000
    }

    package var description: String { rfc3339 }

    private func adding(times count: Int64, of unit: Int64) -> Instant {
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        return adding(milliseconds: overflow ? (count < 0 ? .min : .max) : product)
    }
}
