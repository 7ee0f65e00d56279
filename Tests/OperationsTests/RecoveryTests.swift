import Lifecycles
import Operations
import Outbound
import Records
import SeedKit
import TestKit
import Testing
import Vocabulary

/// A step after which the process dies: either a commit of ours, or a point of the conversation with the
/// bank.
enum CrashPoint: Hashable, Sendable, CustomTestStringConvertible {
    case committed(Step)
    case line(SandboxFault.Moment, SandboxFault.Call)

    enum Step: Hashable, Sendable {
        /// T1, T2, T3.
        case created, answered, decided
        case captured, refunded, canceled
    }

    var testDescription: String { "\(self)" }

    /// An inquiry is made after a crash only.
    var isOnTheStraightWay: Bool {
        if case .line(_, .inquiry) = self { false } else { true }
    }

    static let sale: [CrashPoint] = [
        .committed(.created), .committed(.answered), .line(.beforeSend, .authorize),
        .line(.afterBooking, .authorize), .line(.beforeSend, .inquiry), .line(.afterBooking, .inquiry),
        .committed(.decided), .line(.beforeSend, .capture), .line(.afterBooking, .capture),
        .committed(.captured), .line(.beforeSend, .refund), .line(.afterBooking, .refund),
        .committed(.refunded),
    ]
    static let release: [CrashPoint] = [
        .committed(.decided), .committed(.canceled), .line(.beforeSend, .reversal),
        .line(.afterBooking, .reversal),
    ]
    static let silence: [CrashPoint] = [
        .line(.beforeSend, .authorize), .line(.afterBooking, .authorize), .committed(.decided),
        .line(.beforeSend, .reversal), .line(.afterBooking, .reversal),
    ]
}

/// The process died here, in a test.
private struct Crash: Error {}

/// One payment and its client, who asks again with the same keys after every crash until all is done.
private final class Journey: Sendable {
    enum Plan: Sendable { case sale, release, silence }

    let plan: Plan
    let folder: TemporaryFolder
    let clock: any Operations.Clock & TimeSource
    let actor: Actor
    let request: AuthorizeRequest
    private let seed: UInt64

    init(_ plan: Plan, clock: any Operations.Clock & TimeSource, seed: UInt64) async throws {
        self.plan = plan
        self.clock = clock
        self.seed = seed
        let stage = try Stage {
            $0.clock = clock
            $0.isRunning = false
            $0.seed = seed
        }
        folder = stage.folder
        actor = try await stage.customer()
        request = try await stage.request(actor, amount: 10_000)
        await stage.stop()
    }

    /// Opens the state folder anew, plays on, and dies at the point. False when the point was never
    /// reached: then all is done, and was found to be right.
    func play(run: UInt64, until point: CrashPoint?, _ note: Comment) async throws -> Bool {
        let line = Line()
        if case .line(let moment, let call) = point { line.hold(moment, call) }
        if plan == .silence {
            line.cut(.afterBooking, .authorize)
            line.cut(.beforeSend, .inquiry)
            if point == .line(.afterBooking, .authorize) { line.cut(.afterBooking, .authorize, times: 0) }
        }
        let (clock, folder, seed) = (clock, folder, seed)
        let stage = try Stage {
            $0.clock = clock
            $0.folder = folder
            $0.fault = line.fault
            $0.seed = seed &* 1_000 &+ run
        }
        let client = Task { try await self.shop(at: stage, until: point, line) }
        let watch = Task {
            guard case .line(let moment, let call) = point else { return }
            try await stage.until { line.seen(moment, call) > 0 }
            client.cancel()
            await stage.stop()
        }
        let result = await client.result
        let wasReached =
            if case .line(let moment, let call) = point { line.seen(moment, call) > 0 } else {
                result.isCrash
            }
        if wasReached, case .line = point {
            _ = await watch.result
            return true
        }
        watch.cancel()
        if !wasReached {
            try result.get()
            try await check(stage, note)
        }
        await stage.stop()
        return wasReached
    }

    /// What the shop and its customer do. Every step may be done again.
    private func shop(at stage: Stage, until point: CrashPoint?, _ line: Line) async throws {
        func commit(_ step: CrashPoint.Step) throws {
            if point == .committed(step) { throw Crash() }
        }
        let answered = try await stage.gateway.authorize(
            request, caller: stage.shop, identity: stage.identity("authorize", key: "create"))
        let id: AuthorizationID = try Stage.id(in: answered)
        try commit(.created)
        let asked = try await stage.load(id)
        if asked.status == .requiresConfirmation {
            try await stage.answer(asked, by: actor.app, .approve)
            try commit(.answered)
        }
        if plan == .silence { try await letTimePass(for: id, at: stage, line) }
        _ = try await stage.settled(id)
        try commit(.decided)
        switch plan {
        case .sale:
            _ = try await stage.capture(id, key: "capture")
            try commit(.captured)
            _ = try await stage.refund(id, 2_500, key: "refund")
            try commit(.refunded)
        case .release:
            _ = try await stage.gateway.cancel(
                id, CancelRequest(), caller: stage.shop, identity: stage.identity("cancel", key: "cancel"))
            try commit(.canceled)
        case .silence: break
        }
        try await stage.quiet()
    }

    /// Moves the clock beyond the bank's time once the bank was asked and did not answer.
    private func letTimePass(for id: AuthorizationID, at stage: Stage, _ line: Line) async throws {
        try await stage.until {
            if line.seen(.beforeSend, .inquiry) > 0 { return true }
            return try await stage.load(id).status != .processing
        }
        guard let clock = clock as? ManualClock else { return }
        clock.advance(seconds: 61)
    }

    /// What the records and the bank say in the end, and that they agree.
    private func check(_ stage: Stage, _ note: Comment) async throws {
        let ids = try await stage.texts("SELECT id FROM authorizations")
        #expect(ids.count == 1, note)
        let id = try #require(ids.first.flatMap { AuthorizationID($0) })
        let found = try await stage.load(id)
        let account = try await stage.account(of: id)
        #expect(try await stage.number("SELECT count(*) FROM intents WHERE status = 'open'") == 0, note)
        #expect(try stage.books().violations == [], note)
        #expect(account.openMinor == 0, note)
        // After a crash before it was sent, a bank that answers no inquiry is not asked again: nothing was
        // booked.
        #expect(account.approvedMinor == 10_000 || plan == .silence && account.approvedMinor == 0, note)
        #expect(account.lines.count { $0.kind == .authorize } == (account.approvedMinor > 0 ? 1 : 0), note)
        let sums = found.lifecycle.sums
        #expect(sums.captured == account.capturedMinor, note)
        #expect(sums.refunded == account.refundedMinor, note)
        switch plan {
        case .sale:
            #expect(found.status == .captured, note)
            #expect((account.capturedMinor, account.refundedMinor) == (10_000, 2_500), note)
            #expect(account.lines.count == 3, note)
        case .release:
            #expect(found.status == .canceled, note)
            #expect(account.reversedMinor == 10_000, note)
            #expect(account.lines.count == 2, note)
        case .silence:
            #expect(found.reason == .acquirerUnavailable, note)
            #expect(account.isReversed, note)
            #expect(account.lines.count { $0.kind == .reversal } == 1, note)
        }
    }
}

extension Result where Failure == any Error {
    fileprivate var isCrash: Bool {
        if case .failure(let error) = self { error is Crash } else { false }
    }
}

@Suite struct RecoveryTests {
    /// Crashes at the first point, again at the second while it recovers, and then runs to the end.
    private func crash(
        _ plan: Journey.Plan, at first: CrashPoint, then points: [CrashPoint],
        clock: () -> any Operations.Clock & TimeSource
    ) async throws {
        let base = TestSeed.usual(10, "REL-11, crashes from \(first) on")
        for (number, second) in points.enumerated() {
            let note: Comment = "\(first), then \(second), GODKEND_SEED=\(base)"
            let journey = try await Journey(plan, clock: clock(), seed: base &+ UInt64(number))
            let wasReached = try await journey.play(run: 1, until: first, note)
            #expect(wasReached == first.isOnTheStraightWay, note)
            guard wasReached, try await journey.play(run: 2, until: second, note) else { continue }
            #expect(try await journey.play(run: 3, until: nil, note) == false)
        }
    }

    @Test(arguments: CrashPoint.sale)
    func
        `REL-11, ACQ-INTENT, ACQ-ONCE: a sale that dies twice, at any two steps, is neither doubled nor lost`(
            first: CrashPoint
        ) async throws
    {
        try await crash(.sale, at: first, then: CrashPoint.sale) { ShiftedClock() }
    }

    @Test(arguments: CrashPoint.release)
    func `REL-11: a release that dies twice, at any two steps, frees the money once`(
        first: CrashPoint
    ) async throws {
        try await crash(.release, at: first, then: CrashPoint.release) { ShiftedClock() }
    }

    @Test(arguments: CrashPoint.silence)
    func `REL-11, ACQ-LATE: a silent bank and two crashes leave a decline and free money`(
        first: CrashPoint
    ) async throws {
        try await crash(.silence, at: first, then: CrashPoint.silence) { ManualClock() }
    }

    @Test
    func `REL-11: a payment left waiting past the bank's time is declined and reversed at the next start`()
        async throws
    {
        let clock = ManualClock()
        let journey = try await Journey(.silence, clock: clock, seed: 5)
        #expect(try await journey.play(run: 1, until: .line(.beforeSend, .inquiry), "the crash"))
        clock.advance(seconds: 3_600)
        #expect(try await journey.play(run: 2, until: nil, "an hour later") == false)
    }
}
