import Foundation
import GRDB
import Lifecycles
import Records
import TestKit
import Testing
import Vocabulary

/// The single writer: batches, replies, failures.
@Suite struct WriterTests {
    private func scratchBench() async throws -> Bench {
        let bench = try Bench()
        try await bench.ledger.submit(Scratch.table)
        return bench
    }

    /// Holds the writer, queues the commands, lets it go on, and gives what became of each, in order.
    private func together<C: Command>(
        _ commands: [C], on bench: Bench
    ) async throws -> [Result<C.Outcome, any Error>] {
        let gate = Gate()
        let held = Task { try await bench.ledger.submit(gate.command) }
        await gate.waitUntilReached()
        return try await withThrowingTaskGroup(of: (Int, Result<C.Outcome, any Error>).self) { group in
            for (place, command) in commands.enumerated() {
                group.addTask {
                    do {
                        return (place, .success(try await bench.ledger.submit(command)))
                    } catch {
                        return (place, .failure(error))
                    }
                }
                await bench.ledger.waitUntilQueued(place + 1)
            }
            gate.open()
            _ = try await held.value
            var results: [Int: Result<C.Outcome, any Error>] = [:]
            for try await (place, result) in group { results[place] = result }
            return commands.indices.compactMap { results[$0] }
        }
    }

    @Test func `REL-10: a batch is one transaction of at most 128 commands`() async throws {
        let bench = try Bench(tickingMilliseconds: 1)
        try await bench.ledger.submit(Scratch.table)
        let results = try await together((0..<300).map { Scratch(number: $0) }, on: bench)
        // The time is read once a batch, and this clock never shows the same time twice.
        var sizes: [Instant: Int] = [:]
        for result in results { sizes[try result.get(), default: 0] += 1 }
        #expect(sizes.sorted { $0.key < $1.key }.map(\.value) == [128, 128, 44])
        #expect(Ledger.batchLimit == 128)
    }

    @Test func `REL-01: a command that fails takes back itself and nothing else`() async throws {
        let bench = try await scratchBench()
        let results = try await together(
            (0..<10).map { Scratch(number: $0, fails: $0.isMultiple(of: 3)) }, on: bench)
        for (number, result) in results.enumerated() {
            switch result {
            case .success: #expect(!number.isMultiple(of: 3))
            case .failure(let error): #expect(error as? BenchError == .onPurpose && number.isMultiple(of: 3))
            }
        }
        #expect(try await bench.texts("SELECT n FROM scratch ORDER BY n") == ["1", "2", "4", "5", "7", "8"])
    }

    @Test func `REL-01: a rule of the schema refuses one command, not its batch`() async throws {
        let bench = try await scratchBench()
        let results = try await together([1, 1, 2].map { Scratch(number: $0) }, on: bench)
        #expect(throws: Never.self) { try results[0].get() }
        let refusal = #expect(throws: DatabaseError.self) { try results[1].get() }
        #expect(refusal?.message == "UNIQUE constraint failed: scratch.n")
        #expect(throws: Never.self) { try results[2].get() }
        #expect(try await bench.number("SELECT count(*) FROM scratch") == 2)
    }

    @Test func `REL-10: a reply comes after its commit, never before`() async throws {
        let bench = try await scratchBench()
        let (first, second) = (Gate(), Gate())
        async let held = bench.ledger.submit(first.command)
        await first.waitUntilReached()
        let replied = Flag()
        async let written = {
            let time = try await bench.ledger.submit(Scratch(number: 1))
            replied.raise()
            return time
        }()
        await bench.ledger.waitUntilQueued(1)
        async let heldAgain = bench.ledger.submit(second.command)
        await bench.ledger.waitUntilQueued(2)
        first.open()
        await second.waitUntilReached()
        // The row is written in the open transaction; nobody sees it and nobody was told.
        #expect(!replied.isRaised)
        #expect(try await bench.number("SELECT count(*) FROM scratch") == 0)
        second.open()
        _ = try await (held, heldAgain)
        _ = try await written
        #expect(try await bench.number("SELECT count(*) FROM scratch") == 1)
    }

    @Test func `REL-06: a commit that fails acknowledges nothing, and the next one works`() async throws {
        let bench = try await scratchBench()
        // A foreign key that is checked at the commit, so that the commit itself fails.
        let broken = RunSQL(
            """
            PRAGMA defer_foreign_keys = ON;
            INSERT INTO scratch VALUES (100);
            INSERT INTO alerts VALUES ('alr_1', 'cus_nobody', 'reported', '', 1)
            """)
        let gate = Gate()
        let held = Task { try await bench.ledger.submit(gate.command) }
        await gate.waitUntilReached()
        let good = Task { try await bench.ledger.submit(Scratch(number: 1)) }
        await bench.ledger.waitUntilQueued(1)
        let bad = Task { try await bench.ledger.submit(broken) }
        await bench.ledger.waitUntilQueued(2)
        gate.open()
        _ = try await held.value
        // One transaction: the good command of the same batch is not acknowledged either.
        await #expect(throws: StorageFailure.outcomeUnknown) { try await good.value }
        await #expect(throws: StorageFailure.outcomeUnknown) { try await bad.value }
        _ = try await bench.ledger.submit(Scratch(number: 2))
        #expect(try await bench.texts("SELECT n FROM scratch") == ["2"])
        #expect(try await bench.ledger.submit(AskSQL("PRAGMA synchronous")) == "2")
    }

    @Test func `REL-15: the writer's time never runs backwards`() async throws {
        let bench = try await scratchBench()
        var last = try await bench.ledger.submit(Scratch(number: 0))
        for (number, step) in [5_000, -5_000, 1, -3_600_000, -86_400_000, 0, 100_000_000].enumerated() {
            bench.clock.advance(milliseconds: Int64(step))
            let now = try await bench.ledger.submit(Scratch(number: number + 1))
            #expect(now >= last)
            last = now
        }
        #expect(last == bench.clock.now())
    }

    @Test func `REL-15: a clock set back makes no question live longer and no leaf older`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        let asked = try await bench.create(person)
        let answer = try await bench.answering(asked, by: person)
        bench.clock.advance(seconds: 300)
        _ = try await bench.ledger.submit(RunSQL("SELECT 1"))
        bench.clock.advance(seconds: -200)
        await #expect(throws: Rejection.confirmationOver(.expired)) {
            try await bench.ledger.submit(answer)
        }
        _ = try await bench.create(try await bench.person(), reference: "1002")
        let times = try await bench.leaves().map(\.time)
        #expect(times == times.sorted())
    }

    @Test func `REL-20: a closed ledger takes nothing more; what waited is finished`() async throws {
        let bench = try await scratchBench()
        let gate = Gate()
        let held = Task { try await bench.ledger.submit(gate.command) }
        await gate.waitUntilReached()
        async let waiting = bench.ledger.submit(Scratch(number: 1))
        await bench.ledger.waitUntilQueued(1)
        async let closing: Void = bench.ledger.close()
        gate.open()
        _ = try await held.value
        _ = try await waiting
        await closing
        await #expect(throws: StorageFailure.closed) { try await bench.ledger.submit(Scratch(number: 2)) }
        await #expect(throws: StorageFailure.unavailable) { try await bench.number("SELECT 1") }
        #expect(try bench.raw { db in try Int.fetchAll(db, sql: "SELECT n FROM scratch") } == [1])
    }

    @Test func `ACQ-INTENT: whoever waits is told after the commit, and not at all after a failure`()
        async throws
    {
        let bench = try Bench()
        let person = try await bench.person()
        let asked = try await bench.create(person)
        let changes = bench.ledger.changes.changes(of: asked.id.text)
        try await bench.answer(asked, by: person)
        #expect(await ChangeHub.next(of: changes, within: .seconds(5)))
        var intents = bench.ledger.changes.intents.makeAsyncIterator()
        let told = await intents.next()
        let recorded = try await bench.ledger.read { db in try IntentRecord.original(of: asked.id, in: db) }
        #expect(told == recorded?.id)
        // A refused command tells nobody: the next that is told of is the next that was recorded.
        try await bench.settle(asked.id)
        await #expect(throws: Rejection.authorization(.captureAboveAuthorized(capturable: 100))) {
            try await bench.beginCapture(asked.id, 101)
        }
        guard case .begun(let intent) = try await bench.beginCapture(asked.id, 100) else {
            throw BenchError.bad("not begun")
        }
        #expect(await intents.next() == intent)
    }
}
