package import Vocabulary

/// What the two clocks of the machine show at one moment.
package struct ClockReading: Sendable, Hashable {
    /// The clock on the wall: it can be set.
    package let wall: Instant
    /// Microseconds since some fixed moment: goes on evenly, whatever the wall shows.
    package let elapsed: Int64

    package init(wall: Instant, elapsed: Int64) {
        (self.wall, self.elapsed) = (wall, elapsed)
    }
}

/// How the clock is judged.
package struct ClockTerms: Sendable, Hashable {
    /// Milliseconds by which the wall may move against elapsed time without being doubted.
    package let jumpMilliseconds: Int64
    /// For how many milliseconds wall and elapsed time must agree before the wall is believed again.
    package let confirmMilliseconds: Int64

    package init(jumpSeconds: Int = 2, confirmSeconds: Int = 60) {
        jumpMilliseconds = Int64(jumpSeconds) * 1_000
        confirmMilliseconds = Int64(confirmSeconds) * 1_000
    }
}

/// What happened to the clock; each is written down once.
package struct ClockEvent: Sendable, Hashable {
    /// What became of the wall, or of the server's calendar.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The wall moved against elapsed time.
        case jumped = "clock_jumped"
        /// A wall that is ahead was confirmed: the calendar leapt to it.
        case taken = "clock_taken"
        /// A wall that is behind was confirmed: the calendar goes at half pace until the wall is there.
        case waits = "clock_waits"
        /// The calendar and the wall show the same again.
        case agrees = "clock_agrees"
    }

    package let kind: Kind
    /// What the wall should have shown (`jumped`), or what the calendar showed.
    package let expected: Instant
    /// What the wall shows.
    package let wall: Instant

    package var milliseconds: Int64 { wall.milliseconds - expected.milliseconds }
}

/// The server's time as a state machine: readings go in, time and events come out (REL-15).
///
/// The calendar goes on by elapsed time. A wall that differs a little is followed at 500 millionths, the
/// frequency tolerance of NTP (RFC 5905 section 11.3). A wall that moved further is doubted: the calendar
/// goes on as if nothing had happened until wall and elapsed time have agreed for a while. Then the calendar
/// leaps to a wall that is ahead, and goes at half pace while the wall is behind, since neither an identifier
/// nor a time in the log may go back.
package struct SteadyTime: Sendable {
    /// What is thought of the wall.
    package enum Trust: Sendable, Hashable {
        case good
        /// Since this elapsed time it has differed by this much; both in microseconds.
        case doubted(since: Int64, gap: Int64)
        /// The wall is right and behind; the calendar waits for it.
        case waiting
    }

    /// Slewing: one microsecond in so many.
    private static let slew: Int64 = 2_000
    private static let halfPace: Int64 = 2
    /// Stretches kept; more would need hours of jumps without a pause. The second oldest is forgotten first:
    /// what was made in it then counts as made at its end.
    private static let stretchLimit = 256

    private let terms: ClockTerms
    private var last: ClockReading
    private var stretches: [ServerTime.Stretch]
    private var lived: Int64 = 0
    private var leapt: Int64 = 0
    private var unconfirmed: Int64 = 0
    /// When a run's first doubt about its own start ends, in elapsed microseconds.
    private var confirmedAt: Int64
    package private(set) var trust: Trust = .good

    package init(_ first: ClockReading, terms: ClockTerms) {
        self.terms = terms
        last = first
        stretches = [ServerTime.Stretch(from: first.wall.microseconds, lived: 0, pace: 1)]
        confirmedAt = first.elapsed
    }

    /// The run begins with a database whose newest entry is of this moment. The calendar begins no earlier;
    /// a wall that shows less is doubted from the start.
    package mutating func begin(after newest: Instant, at reading: ClockReading) -> [ClockEvent] {
        last = reading
        (lived, leapt, trust) = (0, 0, .good)
        let start = max(reading.wall, newest)
        stretches = [ServerTime.Stretch(from: start.microseconds, lived: 0, pace: 1)]
        unconfirmed = start.microseconds - newest.microseconds
        confirmedAt = reading.elapsed + confirmation
        guard gap < -limit else { return [] }
        trust = .doubted(since: reading.elapsed, gap: gap)
        return [event(.jumped, expected: start)]
    }

    package var time: ServerTime {
        ServerTime(stretches: stretches, lived: lived, leapt: leapt, unconfirmed: unconfirmed)
    }

    /// Milliseconds by which the wall is ahead of the calendar.
    package var gapMilliseconds: Int64 { gap / 1_000 }

    /// Takes a reading; elapsed time that went back counts as none.
    package mutating func read(_ reading: ClockReading) -> [ClockEvent] {
        let reading = ClockReading(wall: reading.wall, elapsed: max(reading.elapsed, last.elapsed))
        let more = reading.elapsed - last.elapsed
        let expected = last.wall.microseconds + more
        let step = reading.wall.microseconds - expected
        last = reading
        lived += more
        guard abs(step) <= limit else {
            let moved = ClockEvent(
                kind: .jumped, expected: Instant(microseconds: expected), wall: reading.wall)
            return [moved] + (abs(gap) <= limit ? settle() : doubt())
        }
        return judge(after: more)
    }

    // MARK: Judging

    /// The wall moved little against elapsed time.
    private mutating func judge(after more: Int64) -> [ClockEvent] {
        let isFar = abs(gap) > limit
        switch trust {
        case .good where isFar:
            // Many small steps make a jump.
            let jumped = event(.jumped, expected: time.now)
            return [jumped] + doubt()
        case .good:
            confirmStart()
            let most = more / Self.slew
            lived += min(max(gap, -most), most)
            return []
        case .waiting:
            confirmStart()
            return gap >= -limit ? settle() : []
        case .doubted where !isFar:
            return settle()
        case .doubted(_, let first) where abs(gap - first) > limit:
            // It creeps: it is not confirmed as long as it does.
            return doubt()
        case .doubted(let since, _):
            return last.elapsed - since >= confirmation ? believe() : []
        }
    }

    /// What the wall shows has been confirmed.
    private mutating func believe() -> [ClockEvent] {
        let expected = time.now
        if gap > 0 {
            let leap = gap
            confirmStart(correctedBy: 0)
            leapt += leap
            begin(from: last.wall.microseconds, pace: 1)
            trust = .good
            return [event(.taken, expected: expected)]
        }
        confirmStart(correctedBy: gap)
        begin(from: calendar, pace: Self.halfPace)
        trust = .waiting
        return [event(.waits, expected: expected)]
    }

    /// The wall shows what the calendar shows.
    private mutating func settle() -> [ClockEvent] {
        let expected = time.now
        if pace != 1 { begin(from: calendar, pace: 1) }
        trust = .good
        return [event(.agrees, expected: expected)]
    }

    /// The calendar goes on by elapsed time until more is known.
    private mutating func doubt() -> [ClockEvent] {
        if pace != 1 { begin(from: calendar, pace: 1) }
        trust = .doubted(since: last.elapsed, gap: gap)
        confirmedAt = max(confirmedAt, last.elapsed + confirmation)
        return []
    }

    private mutating func confirmStart() {
        if unconfirmed > 0, last.elapsed >= confirmedAt { unconfirmed = 0 }
    }

    /// The wall at the start was wrong by this much: the time since the last run was less than it said.
    private mutating func confirmStart(correctedBy gap: Int64) {
        leapt -= min(unconfirmed, -gap)
        unconfirmed = 0
    }

    private mutating func begin(from: Int64, pace: Int64) {
        stretches.append(ServerTime.Stretch(from: from, lived: lived, pace: pace))
        if stretches.count > Self.stretchLimit { stretches.remove(at: 1) }
    }

    // MARK: Figures, in microseconds

    private var limit: Int64 { terms.jumpMilliseconds * 1_000 }
    private var confirmation: Int64 { terms.confirmMilliseconds * 1_000 }
    private var pace: Int64 { stretches[stretches.count - 1].pace }
    private var gap: Int64 { last.wall.microseconds - calendar }

    private var calendar: Int64 {
        let stretch = stretches[stretches.count - 1]
        return stretch.from + (lived - stretch.lived) / stretch.pace
    }

    private func event(_ kind: ClockEvent.Kind, expected: Instant) -> ClockEvent {
        ClockEvent(kind: kind, expected: expected, wall: last.wall)
    }
}
