package import Vocabulary
import Synchronization

/// The machine's two clocks, behind a port.
package protocol TimeSource: Sendable {
    func reading() -> ClockReading
}

/// The one clock of a running server: everything that asks for the time asks here.
///
/// Who asks for what stands in the table of ARCHITECTURE, "Time".
package final class SteadyClock: Clock {
    fileprivate struct State {
        var steady: SteadyTime
        /// What nobody has written down yet; bounded, the newest are dropped.
        var events: [ClockEvent] = []
    }

    private static let eventLimit = 1_000

    private let source: any TimeSource
    private let state: Mutex<State>

    package init(_ source: any TimeSource, terms: ClockTerms = ClockTerms()) {
        self.source = source
        state = Mutex(State(steady: SteadyTime(source.reading(), terms: terms)))
    }

    /// The run begins with a database whose newest entry is of this moment; nil for an empty one.
    package func begin(after newest: Instant?) {
        guard let newest else { return }
        state.withLock { state in
            state.events += state.steady.begin(after: newest, at: source.reading())
        }
    }

    /// What the calendar shows: for dates, identifiers and what is valid on a day.
    package func now() -> Instant { time().now }

    /// The calendar with its history: for lifetimes of what is stored.
    package func time() -> ServerTime {
        state.withLock { state in
            // Read within the lock: else an older reading could come after a newer one.
            state.note(state.steady.read(source.reading()), limit: Self.eventLimit)
            return state.steady.time
        }
    }

    /// Elapsed time as an instant that never leaps: for lifetimes of what lives in memory only.
    package func even() -> Instant {
        let time = time()
        return Instant(microseconds: time.stretches[0].from + time.lived)
    }

    /// How the clock stands now.
    package var standing: ClockStanding {
        _ = time()
        return state.withLock {
            ClockStanding(trust: $0.steady.trust, gapMilliseconds: $0.steady.gapMilliseconds)
        }
    }

    /// What happened and was not told yet, the oldest first.
    package func takeEvents() -> [ClockEvent] {
        _ = time()
        return state.withLock { state in
            defer { state.events = [] }
            return state.events
        }
    }

    /// Events that could not be written down; they come again first.
    package func putBack(_ events: some Collection<ClockEvent>) {
        state.withLock { $0.events.insert(contentsOf: events, at: 0) }
    }
}

extension SteadyClock.State {
    fileprivate mutating func note(_ more: [ClockEvent], limit: Int) {
        if events.count < limit { events += more }
    }
}

/// How far the clock on the wall is believed.
package struct ClockStanding: Sendable, Hashable {
    package let trust: SteadyTime.Trust
    /// Milliseconds by which the wall is ahead of the server's calendar.
    package let gapMilliseconds: Int64

    /// Nil while all is well.
    package var warning: String? {
        let seconds = Double(abs(gapMilliseconds)) / 1_000
        let side = gapMilliseconds < 0 ? "behind" : "ahead of"
        switch trust {
        case .good: return nil
        case .doubted:
            return """
                The machine's clock is \(seconds) s \(side) the server's time. Until it is confirmed, the \
                server goes on by elapsed time and nothing expires by it.
                """
        case .waiting:
            return """
                The machine's clock is \(seconds) s \(side) the server's time. Times in the log never go \
                back, so the server's time goes at half pace until the clock is there.
                """
        }
    }
}
