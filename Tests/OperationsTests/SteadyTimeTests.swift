import Operations
import SeedKit
import TestKit
import Testing
import Vocabulary

/// A wall and a stopwatch in a test's hands, and the state machine that reads them.
private struct Desk {
    static let noon = Instant(milliseconds: 1_795_348_800_000)

    var wall = Desk.noon
    var elapsed: Int64 = 0
    var steady: SteadyTime
    var events: [ClockEvent] = []

    init(terms: ClockTerms = ClockTerms()) {
        steady = SteadyTime(ClockReading(wall: wall, elapsed: 0), terms: terms)
    }

    var reading: ClockReading { ClockReading(wall: wall, elapsed: elapsed) }
    var now: Instant { steady.time.now }
    var jumps: Int { events.count { $0.kind == .jumped } }

    /// So many milliseconds pass; then somebody sets the wall.
    mutating func pass(_ milliseconds: Int64, thenLeap leap: Int64 = 0) {
        elapsed += milliseconds * 1_000
        wall = wall.adding(milliseconds: milliseconds + leap)
        events += steady.read(reading)
    }

    /// So many seconds pass, with a reading each.
    mutating func pass(seconds: Int) { for _ in 0..<seconds { pass(1_000) } }

    mutating func restart(after newest: Instant) { events += steady.begin(after: newest, at: reading) }
}

@Suite struct SteadyTimeTests {
    // MARK: Properties

    @Test(arguments: 0..<20)
    func `REL-15: random jumps: time never goes back, lifetimes are elapsed time, one event a jump`(
        round: Int
    ) {
        let seed = TestSeed.drawn("REL-15, random jumps, round \(round)")
        var dice = SplitMix(seed: seed)
        var desk = Desk()
        var made: [(at: Instant, elapsed: Int64)] = []
        var (jumps, last) = (0, desk.now)
        for _ in 0..<3_000 {
            let step = Int64.random(in: 1...5_000, using: &dice)
            var leap: Int64 = 0
            if Int.random(in: 0..<60, using: &dice) == 0 {
                let size = Int64.random(in: 2_001...2_000_000, using: &dice)
                leap = Bool.random(using: &dice) ? size : -size
                jumps += 1
            }
            desk.pass(step, thenLeap: leap)
            #expect(desk.now >= last, "seed \(seed)")
            last = desk.now
            if Int.random(in: 0..<40, using: &dice) == 0 { made.append((desk.now, desk.elapsed)) }
            guard let one = made.randomElement(using: &dice) else { continue }
            let lived = (desk.elapsed - one.elapsed) / 1_000
            let told = desk.steady.time.now(for: one.at).milliseconds - one.at.milliseconds
            // The wall is followed at 500 millionths; the calendar shows whole milliseconds, at half pace
            // two of them.
            #expect(abs(told - lived) <= lived / 2_000 + 4, "seed \(seed)")
            #expect(desk.steady.time.now(for: one.at) <= desk.steady.time.latest, "seed \(seed)")
        }
        #expect(desk.jumps == jumps, "seed \(seed)")
    }

    @Test(arguments: 0..<10)
    func `REL-15: after any jumps the calendar comes to the wall again`(round: Int) {
        let seed = TestSeed.drawn("REL-15, back to the wall, round \(round)")
        var dice = SplitMix(seed: seed)
        var desk = Desk()
        for _ in 0..<5 {
            desk.pass(
                Int64.random(in: 1...100_000, using: &dice),
                thenLeap: Int64.random(in: -600_000...600_000, using: &dice))
        }
        desk.pass(seconds: 61 + 2 * 3_000)
        #expect(desk.steady.trust == .good, "seed \(seed)")
        #expect(abs(desk.steady.gapMilliseconds) <= 2_000, "seed \(seed)")
    }

    // MARK: Single jumps

    @Test(arguments: [Int64(2_000), 2_001, -2_000, -2_001])
    func `a jump is doubted from one millisecond above the setting on`(leap: Int64) {
        var desk = Desk()
        desk.pass(1_000, thenLeap: leap)
        let isJump = abs(leap) > 2_000
        #expect(desk.events.map(\.kind) == (isJump ? [.jumped] : []))
        #expect(desk.events.first?.milliseconds == (isJump ? leap : nil))
        #expect((desk.steady.trust == .good) == !isJump)
        // The wall that is a little off is followed within hours, and never by a step.
        var last = desk.now
        for _ in 0..<4_100 where !isJump {
            desk.pass(1_000)
            #expect(abs(desk.now.milliseconds - last.milliseconds - 1_000) <= 1)
            last = desk.now
        }
        if !isJump { #expect(abs(desk.steady.gapMilliseconds) <= 1) }
    }

    @Test(arguments: [59, 60])
    func `REL-15: two days ahead are taken after 60 s of agreement, not before`(seconds: Int) {
        var desk = Desk()
        desk.pass(1_000, thenLeap: 172_800_000)
        desk.pass(seconds: seconds)
        let elapsed = Desk.noon.adding(seconds: 1 + seconds)
        #expect(desk.now == (seconds == 60 ? elapsed.adding(days: 2) : elapsed))
        #expect(desk.events.map(\.kind) == (seconds == 60 ? [.jumped, .taken] : [.jumped]))
    }

    @Test func `REL-15: two days ahead for two seconds are two jumps and nothing else`() {
        var desk = Desk()
        desk.pass(1_000, thenLeap: 172_800_000)
        desk.pass(2_000, thenLeap: -172_800_000)
        desk.pass(seconds: 600)
        #expect(desk.now == Desk.noon.adding(seconds: 603))
        #expect(desk.events.map(\.kind) == [.jumped, .jumped, .agrees])
        #expect(desk.steady.time.isEven)
    }

    @Test func `REL-15: an hour back: by elapsed time, then at half pace until the wall is there`() {
        var desk = Desk()
        desk.pass(1_000, thenLeap: -3_600_000)
        desk.pass(seconds: 60)
        #expect(desk.now == Desk.noon.adding(seconds: 61))
        #expect(desk.steady.trust == .waiting)
        let made = desk.now
        desk.pass(seconds: 100)
        #expect(desk.now == made.adding(seconds: 50))
        #expect(desk.steady.time.now(for: made) == made.adding(seconds: 100))
        desk.pass(seconds: 7_097)
        #expect(desk.steady.trust == .good)
        #expect(abs(desk.now.milliseconds - desk.wall.milliseconds) <= 2_000)
        #expect(desk.events.map(\.kind) == [.jumped, .waits, .agrees])
    }

    @Test func `a wall that creeps is a jump too, and is not confirmed while it does`() {
        var desk = Desk()
        for _ in 0..<200 { desk.pass(1_000, thenLeap: 1_500) }
        #expect(desk.jumps >= 1)
        #expect(!desk.events.contains { $0.kind == .taken })
        #expect(desk.now.milliseconds - Desk.noon.milliseconds <= 200_000 + 200)
    }

    // MARK: Starts

    @Test(arguments: [(-1, false), (-2, false), (-3, true), (-3_600, true), (-86_400, true)])
    func `REL-15: a start with the clock back begins at the newest entry`(seconds: Int, isDoubted: Bool) {
        var desk = Desk()
        desk.restart(after: Desk.noon.adding(seconds: -seconds))
        #expect(desk.now == Desk.noon.adding(seconds: -seconds))
        #expect((desk.steady.trust != .good) == isDoubted)
        #expect(desk.jumps == (isDoubted ? 1 : 0))
        desk.pass(seconds: 5)
        let made = Desk.noon.adding(seconds: -seconds - 1)
        #expect(abs(desk.steady.time.now(for: made).milliseconds - made.milliseconds - 6_000) <= 3)
    }

    @Test(arguments: [59, 60])
    func `REL-15: the time between two runs counts at once, but ends no approval for 60 s`(seconds: Int) {
        var desk = Desk()
        let made = Desk.noon.adding(days: -8)
        desk.restart(after: made)
        desk.pass(seconds: seconds)
        let time = desk.steady.time
        #expect(time.now(for: made) == Desk.noon.adding(seconds: seconds))
        #expect(
            time.now(for: made, isCautious: true)
                == (seconds == 60 ? Desk.noon : made).adding(seconds: seconds))
    }

    @Test func `REL-15: a start eight days ahead that is set right ends nothing of the run before`() {
        var desk = Desk()
        let made = desk.wall
        desk.wall = made.adding(days: 8)
        desk.restart(after: made)
        desk.pass(2_000, thenLeap: -8 * 86_400_000)
        desk.pass(seconds: 120)
        let time = desk.steady.time
        #expect(time.now(for: made) == made.adding(seconds: 122))
        #expect(time.now(for: made, isCautious: true) == made.adding(seconds: 122))
    }

    @Test func `REL-15: a start two days behind, set right, counts them for the run before, not for this`() {
        var desk = Desk()
        let before = desk.wall.adding(seconds: -3_600)
        desk.restart(after: before)
        let made = desk.now
        desk.pass(5_000, thenLeap: 172_800_000)
        desk.pass(seconds: 59)
        #expect(desk.steady.time.now(for: before) == before.adding(seconds: 3_664))
        desk.pass(seconds: 1)
        #expect(desk.steady.time.now(for: before) == before.adding(seconds: 3_665).adding(days: 2))
        #expect(desk.steady.time.now(for: made) == made.adding(seconds: 65))
    }
}
