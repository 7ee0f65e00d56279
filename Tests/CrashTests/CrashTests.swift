import Testing

/// A real server under the load of 64 clients, killed at random points. The judges are the clients' own
/// journal and the books of the bank, which know nothing of the gateway's database.
///
/// 20 kills, or as many as `GODKEND_KILLS` says. The seed is printed; `GODKEND_SEED` runs the same kills
/// again.
@Suite(.serialized, .timeLimit(.minutes(30))) struct CrashTests {
    private static let run = Task {
        let run = try await CrashRun.perform()
        print(run.summary)
        return run
    }

    @Test func `REL-01: after every kill all that was acknowledged is there as it was acknowledged`()
        async throws
    {
        let run = try await Self.run.value
        #expect(Judge.lost(run.journal.promises, run.seen) == [], "\(run.summary)")
        #expect(run.seen.count > run.kills)
    }

    @Test func `REL-02: no idempotency key made two authorizations or got two answers`() async throws {
        let run = try await Self.run.value
        #expect(Judge.doubled(run.journal.promises, run.seen) == [], "\(run.summary)")
        #expect(run.journal.complaints == [], "\(run.summary)")
        #expect(run.journal.interrupted > 0, "no kill hit a request")
        #expect(run.journal.repeated > 0, "no request was repeated")
    }

    @Test func `REL-03: nothing was captured or refunded twice or above its limit`() async throws {
        let run = try await Self.run.value
        #expect(Judge.above(run.seen) == [], "\(run.summary)")
        #expect(run.seen.contains { $0.capturedMinor > 0 })
        #expect(run.seen.contains { $0.refundedMinor > 0 })
    }

    @Test func `REL-11: nothing stays under way for a minute and the bank's books agree`() async throws {
        let run = try await Self.run.value
        #expect(run.violations == [], "\(run.summary)")
        #expect(Judge.disagreeing(run.seen, run.booked) == [], "\(run.summary)")
        #expect(!run.seen.contains { $0.status == "processing" })
        #expect(run.settledAfter < 60)
    }

    @Test func `REL-04: no line was held twice or handed over more often than prescribed`() async throws {
        let run = try await Self.run.value
        let drawn = Judge.overdrawn(run.seen, handovers: Shelf.handovers, packages: Shelf.packages)
        #expect(drawn == [], "\(run.summary)")
        #expect(run.journal.heldElsewhere > 0, "no two orders met at a line")
        #expect(run.journal.promises.contains { !$0.handovers.isEmpty })
    }

    @Test func `REL-11: approval, hold and handovers agree after every kill`() async throws {
        let run = try await Self.run.value
        #expect(Judge.misheld(run.journal.promises, run.seen) == [], "\(run.summary)")
        #expect(run.invariants == [], "\(run.summary)")
        #expect(run.seen.contains { $0.holds.contains { !$0.isActive } })
    }

    @Test func `REL-01: the file is whole and the server ends when it is told to`() async throws {
        let run = try await Self.run.value
        #expect(run.integrity == [], "\(run.summary)")
        #expect(run.exitStatus == 0)
    }
}
