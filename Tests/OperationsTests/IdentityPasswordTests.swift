import Dispatch
import Proofs
import TestKit
import Testing
import Vocabulary

@testable import Operations

@Suite struct IdentityPasswordTests {
    private static func workers(atOnce: Int = 2, queueLimit: Int = 64, logN: Int) throws -> PasswordWorkers {
        PasswordWorkers(
            atOnce: atOnce, queueLimit: queueLimit,
            parameters: try #require(ScryptParameters(logN: logN, r: 8, p: 1)))
    }

    @Test func `SCA-09: for nobody's password the same work is done`() async throws {
        let workers = try Self.workers(logN: 13)
        let stored = try await workers.hash(Redacted("Hemmeligt-42"), salt: Array(repeating: 1, count: 16))
        var known: [Duration] = []
        var unknown: [Duration] = []
        let clock = ContinuousClock()
        for _ in 0..<9 {
            known.append(
                try await clock.measure { _ = try await workers.matches(Redacted("Forkert-42"), stored) })
            unknown.append(
                try await clock.measure { _ = try await workers.matches(Redacted("Forkert-42"), nil) })
        }
        // The fastest of nine tells the work; the rest tells what else ran on the machine.
        let (fastKnown, fastUnknown) = (try #require(known.min()), try #require(unknown.min()))
        #expect(fastUnknown < fastKnown * 3 && fastKnown < fastUnknown * 3)
    }

    @Test func `SCA-09: a right password matches, a wrong or empty one does not`() async throws {
        let workers = try Self.workers(logN: 4)
        let stored = try await workers.hash(Redacted("Hemmeligt-42"), salt: Array(repeating: 1, count: 16))
        #expect(try await workers.matches(Redacted("Hemmeligt-42"), stored))
        #expect(try await !workers.matches(Redacted("Hemmeligt-43"), stored))
        #expect(try await !workers.matches(Redacted(""), stored))
        #expect(try await !workers.matches(Redacted(""), nil))
    }

    @Test func `SCA-31: the queue before the password hashing is bounded, the rest is refused`() async throws
    {
        let workers = try Self.workers(atOnce: 1, queueLimit: 4, logN: 4)
        let gate = DispatchSemaphore(value: 0)
        // One job holds the only worker until the gate opens, so that the others must queue.
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let held = Task {
            try await workers.compute {
                enter.finish()
                gate.wait()
            }
        }
        for await _ in entered {}
        let queued = (0..<4).map { _ in
            Task { try await workers.matches(Redacted("Hemmeligt-42"), nil) }
        }
        try await eventually("four that wait") { workers.waiting >= 4 }
        for _ in 0..<10 {
            await #expect(throws: Refusal(.overloaded)) {
                try await workers.matches(Redacted("Hemmeligt-42"), nil)
            }
        }
        gate.signal()
        try await held.value
        for job in queued { #expect(try await !job.value) }
        #expect(workers.waiting == 0)
        #expect(try await !workers.matches(Redacted("Hemmeligt-42"), nil), "it goes on afterwards")
    }
}
