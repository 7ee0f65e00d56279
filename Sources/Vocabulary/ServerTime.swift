/// The server's time at one moment, with the way that its calendar came there since the start of this run.
///
/// Two questions are asked about time. *What does the calendar say?* is `now`: it dates what is written, and
/// says whether a certificate or a prescription is valid. *How long ago was this made?* is answered by
/// `now(for:)`: it is the time that the calendar would show had it gone on evenly since then. A lifetime is
/// over when `now(for: made) >= end`. The two differ only after the calendar has leapt forwards or waited for
/// the clock on the wall, and then a lifetime goes by elapsed time (REL-15).
///
///     let time = clock.time()
///     let isOver = time.now(for: question.issuedAt) >= question.expiresAt
///
/// What an earlier run made has no elapsed time: there the calendar counts, and with it what the calendar
/// leapt in this run.
package struct ServerTime: Sendable, Hashable {
    /// A part of the run in which the calendar kept one pace. All in microseconds.
    package struct Stretch: Sendable, Hashable {
        /// What the calendar showed at its beginning.
        package let from: Int64
        /// How long the run had lived then.
        package let lived: Int64
        /// Microseconds lived for one of the calendar: 1, or more while the calendar waits for the wall.
        package let pace: Int64

        package init(from: Int64, lived: Int64, pace: Int64) {
            (self.from, self.lived, self.pace) = (from, lived, pace)
        }
    }

    /// The oldest first, never empty.
    package let stretches: [Stretch]
    /// Microseconds that this run has lived.
    package let lived: Int64
    /// Microseconds that the calendar leapt in this run, as far as they count for what was made before it.
    package let leapt: Int64
    /// Microseconds between the last run and this one by a clock that is not confirmed yet; else 0.
    package let unconfirmed: Int64

    package init(stretches: [Stretch], lived: Int64, leapt: Int64, unconfirmed: Int64) {
        self.stretches = stretches
        self.lived = lived
        self.leapt = leapt
        self.unconfirmed = unconfirmed
    }

    /// A run that begins at this moment, by a clock that nobody doubts.
    package init(_ now: Instant) {
        self.init(
            stretches: [Stretch(from: now.microseconds, lived: 0, pace: 1)], lived: 0, leapt: 0,
            unconfirmed: 0)
    }

    /// What the calendar shows.
    package var now: Instant {
        let last = stretches[stretches.count - 1]
        return Instant(microseconds: last.from + (lived - last.lived) / last.pace)
    }

    /// What the calendar would show had it gone on evenly since something was made.
    ///
    /// `isCautious` is for what cannot be taken back: the time between two runs does not count as long as
    /// the clock that told it is not confirmed.
    package func now(for made: Instant, isCautious: Bool = false) -> Instant {
        Instant(microseconds: age(of: made.microseconds, isCautious: isCautious) + made.microseconds)
    }

    /// What the calendar shows less the time between two runs that no confirmed clock told; for what ends by
    /// date and cannot be taken back.
    package var cautiousNow: Instant { now.adding(milliseconds: -unconfirmed / 1_000) }

    /// When something ends by today's calendar that was to end at `end` by the calendar of when it was made.
    package func end(_ end: Instant, of made: Instant) -> Instant {
        end.adding(milliseconds: now.milliseconds - now(for: made).milliseconds)
    }

    /// The latest that `now(for:)` can be for anything.
    package var latest: Instant {
        let ahead = stretches.reduce(stretches[0].from + leapt) { max($0, $1.from - $1.lived) }
        return Instant(microseconds: ahead + lived)
    }

    /// Whether the calendar has gone on evenly since the start, so that `now(for:)` is `now` for everything.
    package var isEven: Bool { stretches.count == 1 && leapt == 0 }

    private func age(of made: Int64, isCautious: Bool) -> Int64 {
        guard let index = stretches.lastIndex(where: { $0.from <= made }) else {
            return stretches[0].from + lived + leapt - (isCautious ? unconfirmed : 0) - made
        }
        let stretch = stretches[index]
        let since = stretch.lived + (made - stretch.from) * stretch.pace
        // The calendar leapt over what lies between the end of a stretch and the next one.
        return lived - (index + 1 < stretches.count ? min(since, stretches[index + 1].lived) : since)
    }
}

extension Instant {
    package init(microseconds: Int64) {
        let (whole, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000)
        self.init(milliseconds: rest < 0 ? whole - 1 : whole)
    }

    package var microseconds: Int64 { milliseconds * 1_000 }
}
