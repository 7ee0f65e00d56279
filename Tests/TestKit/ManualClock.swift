package import Operations
import Synchronization
package import Vocabulary

/// A clock that stands still until a test moves it.
package final class ManualClock: Clock, TimeSource {
    private let reads: Mutex<ClockReading>

    /// Starts on Sunday 22 November 2026, noon in Greenwich.
    package init(at start: Instant = Instant(milliseconds: 1_795_348_800_000)) {
        reads = Mutex(ClockReading(wall: start, elapsed: 0))
    }

    /// What the wall shows.
    package func now() -> Instant { reading().wall }

    package func reading() -> ClockReading { reads.withLock { $0 } }

    /// Time passes: wall and elapsed time go on.
    package func advance(seconds: Int) { advance(milliseconds: Int64(seconds) * 1_000) }

    package func advance(milliseconds: Int64) {
        reads.withLock {
            $0 = ClockReading(
                wall: $0.wall.adding(milliseconds: milliseconds),
                elapsed: $0.elapsed + milliseconds * 1_000)
        }
    }

    /// Time passes until the wall shows this.
    package func set(_ instant: Instant) {
        advance(milliseconds: instant.milliseconds - now().milliseconds)
    }

    /// Somebody sets the clock on the wall; no time passes.
    package func leap(seconds: Int) {
        reads.withLock {
            $0 = ClockReading(wall: $0.wall.adding(seconds: seconds), elapsed: $0.elapsed)
        }
    }
}

/// A clock that shows the machine's own time, moved by so much.
package struct ShiftedClock: Clock, TimeSource {
    private let start = ContinuousClock.now
    private let base: Instant

    package init(from base: Instant = Instant(milliseconds: 1_795_348_800_000)) { self.base = base }

    package func now() -> Instant {
        base.adding(milliseconds: Int64(start.duration(to: .now) / .milliseconds(1)))
    }

    package func reading() -> ClockReading {
        let now = now()
        return ClockReading(wall: now, elapsed: now.microseconds)
    }
}
