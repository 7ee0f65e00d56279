import Operations
import Synchronization
import Vocabulary

/// The clock of a made-up history: it runs through months in minutes, and never back.
///
/// It moves a little at each look, so that what happens in one go does not happen in one millisecond.
final class HistoryClock: Operations.Clock, TimeSource {
    private static let tickMilliseconds: Int64 = 7

    private let time: Mutex<Instant>

    init(at start: Instant) {
        time = Mutex(start)
    }

    func now() -> Instant {
        time.withLock { time in
            time = time.adding(milliseconds: Self.tickMilliseconds)
            return time
        }
    }

    /// The days that it runs through are lived: nothing of it is a jump.
    func reading() -> ClockReading {
        let wall = now()
        return ClockReading(wall: wall, elapsed: wall.microseconds)
    }

    /// What it shows, without moving it.
    var shown: Instant { time.withLock { $0 } }

    /// Goes on to a moment, unless it is past it.
    func go(to moment: Instant) {
        time.withLock { $0 = max($0, moment) }
    }
}
