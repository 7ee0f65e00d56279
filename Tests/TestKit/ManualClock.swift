import Operations
import Synchronization
package import Vocabulary

/// A clock that stands still until a test moves it.
package final class ManualClock: Clock {
    private let time: Mutex<Instant>

    /// Starts on Sunday 22 November 2026, noon in Greenwich.
    package init(at start: Instant = Instant(milliseconds: 1_795_348_800_000)) {
        time = Mutex(start)
    }

    package func now() -> Instant { time.withLock { $0 } }

    package func advance(seconds: Int) { time.withLock { $0 = $0.adding(seconds: seconds) } }

    package func advance(milliseconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: milliseconds) } }

    package func set(_ instant: Instant) { time.withLock { $0 = instant } }
}

/// A clock that shows the machine's own time, moved by so much.
package struct ShiftedClock: Clock {
    private let start = ContinuousClock.now
    private let base: Instant

    package init(from base: Instant = Instant(milliseconds: 1_795_348_800_000)) { self.base = base }

    package func now() -> Instant {
        base.adding(milliseconds: Int64(start.duration(to: .now) / .milliseconds(1)))
    }
}
