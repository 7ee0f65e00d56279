import Lifecycles
import Operations
import Records
import TestKit
import Testing
import Vocabulary

extension Stage {
    /// The outcomes of the leaves about the clock, the oldest first.
    fileprivate func clockLeaves() async throws -> [String] {
        await gateway.recordClockEvents()
        return try await gateway.ledger.read { db in
            try LeafRows.all(of: RecordClockEvent.subject, in: db).map(\.outcome)
        }
    }

    /// So many seconds pass, with a look at the clock each.
    fileprivate func pass(_ seconds: Int, on clock: ManualClock) {
        for _ in 0..<seconds {
            clock.advance(seconds: 1)
            _ = gateway.clock.time()
        }
    }

    fileprivate func sweep() async throws {
        while try await gateway.ledger.submit(Sweep(keepAnswersDays: 31)) {}
    }

    fileprivate func times() async throws -> [Instant] {
        try await gateway.ledger.read { db in
            try LogReading.leaves(0..<(try LogReading.size(in: db)), in: db).compactMap { $0.leaf?.time }
        }
    }
}

/// What a clock that jumps does to payments (REL-15, SCA-16).
@Suite struct ClockJumpTests {
    private func stage(
        _ clock: ManualClock, in folder: TemporaryFolder? = nil, seed: UInt64 = 1,
        settings: [SettingKey: String] = [:], isRunning: Bool = false
    ) throws -> Stage {
        try Stage {
            $0.clock = clock
            $0.folder = folder
            $0.seed = seed
            $0.isRunning = isRunning
            $0.settings = settings
        }
    }

    /// An approved payment, on a folder whose gateway is down.
    private func approved(_ clock: ManualClock) async throws -> (TemporaryFolder, AuthorizationID) {
        let stage = try stage(clock, isRunning: true)
        let id = try await stage.approved(try await stage.customer()).id
        try await stage.quiet()
        await stage.stop()
        return (stage.folder, id)
    }

    @Test(arguments: [Int64(4_999), 5_000])
    func `SCA-16: an hour back: a question of 5 s is over after 5 s`(milliseconds: Int64) async throws {
        let clock = ManualClock()
        let stage = try stage(clock, settings: [.confirmationSeconds: "5"])
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        let compact = try await stage.signed(id, by: actor.app, .approve)
        clock.leap(seconds: -3_600)
        clock.advance(milliseconds: milliseconds)
        let code = try await refusalCode {
            _ = try await stage.gateway.answer(id, compact: compact, from: actor.app.id)
        }
        #expect(code == (milliseconds < 5_000 ? nil : .confirmationOver))
        try await stage.sweep()
        let found = try await stage.load(asked.id)
        #expect(found.reason == (milliseconds < 5_000 ? nil : .confirmationExpired))
        await stage.stop()
    }

    @Test func `REL-15: two days ahead for 2 s: later questions have today's date and expire`() async throws {
        let clock = ManualClock()
        let stage = try stage(clock, settings: [.confirmationSeconds: "5"])
        let actor = try await stage.customer()
        clock.leap(seconds: 172_800)
        stage.pass(2, on: clock)
        clock.leap(seconds: -172_800)
        stage.pass(1, on: clock)
        let asked = try await stage.authorize(actor)
        #expect(asked.createdAt == clock.now())
        #expect(asked.confirmation?.expiresAt == clock.now().adding(seconds: 5))
        stage.pass(5, on: clock)
        try await stage.sweep()
        #expect(try await stage.load(asked.id).reason == .confirmationExpired)
        #expect(try await stage.clockLeaves() == ["clock_jumped", "clock_jumped", "clock_agrees"])
        await stage.stop()
    }

    @Test(arguments: [2, 600])
    func `REL-15: eight days ahead: an approved payment lives its seven days of elapsed time`(
        seconds: Int
    ) async throws {
        let clock = ManualClock()
        let running = try stage(clock, isRunning: true)
        let id = try await running.approved(try await running.customer()).id
        let start = clock.now()
        clock.leap(seconds: 8 * 86_400)
        running.pass(seconds, on: clock)
        if seconds == 2 {
            clock.leap(seconds: -8 * 86_400)
            running.pass(1, on: clock)
        }
        try await running.sweep()
        #expect(try await running.load(id).status == .approved)
        let passed = Int64(seconds + (seconds == 2 ? 1 : 0)) * 1_000
        clock.advance(milliseconds: 7 * 86_400_000 - passed - 1)
        try await running.sweep()
        #expect(try await running.load(id).status == .approved)
        clock.advance(milliseconds: 1)
        try await running.sweep()
        #expect(try await running.load(id).status == .expired)
        if seconds == 2 { #expect(running.gateway.clock.now() == start.adding(days: 7)) }
        await running.stop()
    }

    @Test func `REL-15: a wall that is confirmed dates what comes next, and its lifetimes`() async throws {
        let clock = ManualClock()
        let stage = try stage(clock)
        let actor = try await stage.customer()
        let before = try await stage.authorize(actor)
        clock.leap(seconds: 172_800)
        stage.pass(61, on: clock)
        let other = try await stage.customer(card: "4000000000000002")
        let after = try await stage.authorize(other)
        #expect(after.createdAt == clock.now())
        #expect(after.confirmation?.expiresAt == clock.now().adding(seconds: 300))
        try await stage.sweep()
        #expect(try await stage.load(before.id).status == .requiresConfirmation)
        stage.pass(239, on: clock)
        try await stage.sweep()
        #expect(try await stage.load(before.id).reason == .confirmationExpired)
        #expect(try await stage.load(after.id).status == .requiresConfirmation)
        stage.pass(61, on: clock)
        try await stage.sweep()
        #expect(try await stage.load(after.id).reason == .confirmationExpired)
        #expect(try await stage.clockLeaves() == ["clock_jumped", "clock_taken"])
        await stage.stop()
    }

    @Test func `REL-15: a doubted clock is a warning of readiness, and no reason to take no traffic`()
        async throws
    {
        let clock = ManualClock()
        let stage = try stage(clock)
        #expect(await stage.gateway.health().warnings.isEmpty)
        clock.leap(seconds: -3_600)
        let health = await stage.gateway.health()
        #expect(health.isReady)
        #expect(health.warnings.count == 1)
        #expect(health.warnings[0].contains("3600.0 s behind the server's time"))
        await stage.stop()
    }

    // MARK: Starts

    @Test(arguments: [true, false])
    func `REL-15: a start eight days ahead ends no approval before 60 s, and none if it is set right`(
        isSetRight: Bool
    ) async throws {
        let clock = ManualClock()
        let (folder, id) = try await approved(clock)
        clock.leap(seconds: 8 * 86_400)
        let later = try stage(clock, in: folder, seed: 2)
        later.pass(59, on: clock)
        try await later.sweep()
        #expect(try await later.load(id).status == .approved)
        if isSetRight { clock.leap(seconds: -8 * 86_400) }
        later.pass(121, on: clock)
        try await later.sweep()
        #expect(try await later.load(id).status == (isSetRight ? .approved : .expired))
        await later.stop()
    }

    @Test(arguments: [1, 60, 3_600, 86_400, 864_000])
    func `REL-15: a start with the clock back: times and ids go on, lifetimes go by elapsed time`(
        seconds: Int
    ) async throws {
        let clock = ManualClock()
        let first = try stage(clock, settings: [.confirmationSeconds: "30"])
        let actor = try await first.customer()
        let asked = try await first.authorize(actor)
        let newest = try await first.texts("SELECT max(id) FROM authorizations")
        await first.stop()

        clock.leap(seconds: -seconds)
        let later = try stage(clock, in: first.folder, seed: 2, settings: [.confirmationSeconds: "30"])
        later.pass(29, on: clock)
        try await later.sweep()
        #expect(try await later.load(asked.id).status == .requiresConfirmation)
        // A second off is followed at 500 millionths: the end may come some milliseconds later.
        later.pass(2, on: clock)
        try await later.sweep()
        #expect(try await later.load(asked.id).reason == .confirmationExpired)
        let next = try await later.authorize(actor)
        #expect(next.id.text > newest[0])
        #expect(next.createdAt > asked.createdAt)
        _ = try await later.clockLeaves()
        let times = try await later.times()
        #expect(times == times.sorted())
        await later.stop()
    }
}
