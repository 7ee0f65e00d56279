import Operations
import Proofs
import Testing
import Vocabulary

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
        let workers = try Self.workers(atOnce: 1, queueLimit: 4, logN: 14)
        let results = await withTaskGroup(of: ErrorCode?.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    do throws(Refusal) {
                        _ = try await workers.matches(Redacted("Hemmeligt-42"), nil)
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            return await group.reduce(into: [ErrorCode?]()) { $0.append($1) }
        }
        #expect(results.contains(nil) && results.contains(.overloaded))
        #expect(results.allSatisfy { $0 == nil || $0 == .overloaded })
        #expect(workers.waiting == 0)
        #expect(try await !workers.matches(Redacted("Hemmeligt-42"), nil), "it goes on afterwards")
    }
}
