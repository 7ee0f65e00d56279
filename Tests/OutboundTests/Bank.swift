import Foundation
import Operations
import Outbound
import Synchronization
import Vocabulary

/// The two ways to the same bank.
enum Way: CaseIterable, Sendable {
    case inProcess
    case tcp
}

/// Answers without delay, so that no test waits.
let prompt = SandboxBehaviour(
    answerMilliseconds: 0, lateApprovalMilliseconds: 1, secondAnswerMilliseconds: 0, refusedReversals: 2)

/// Runs a test with a fresh file for books, and removes it.
func withBooks<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let path = FileManager.default.temporaryDirectory.path + "/books-\(UUID().uuidString).jsonl"
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
}

/// Runs a test against a fresh bank over one of the ways; `body` gets the acquirer and the path of the books.
func withBank(
    _ way: Way, clock: TestClock = TestClock(), behaviour: SandboxBehaviour = prompt,
    fault: SandboxFault = .none, _ body: (any Acquirer, String) async throws -> Void
) async throws {
    try await withBooks { path in
        let bank = try SandboxAcquirer(booksAt: path, clock: clock, behaviour: behaviour, fault: fault)
        switch way {
        case .inProcess:
            try await body(bank, path)
        case .tcp:
            let server = try await ISO8583SandboxServer.start(bank, clock: clock)
            let acquirer = ISO8583Acquirer(
                address: ISO8583Address(host: "127.0.0.1", port: server.port, institution: "45718"),
                clock: clock)
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body(acquirer, path)) } catch { outcome = .failure(error) }
            await acquirer.shutdown()
            await server.stop()
            try outcome.get()
        }
        bank.shutdown()
    }
}

/// Lets a test know that the bank has booked, and holds the bank there until the test lets it go on.
final class Gate: Sendable {
    private let booked: AsyncStream<IntentID>
    private let bookedEnd: AsyncStream<IntentID>.Continuation
    private let hold: AsyncStream<Void>
    private let holdEnd: AsyncStream<Void>.Continuation

    init() {
        (booked, bookedEnd) = AsyncStream.makeStream()
        (hold, holdEnd) = AsyncStream.makeStream()
    }

    /// The hook that stops at the booking of an authorization. A cancelled call goes on at once.
    var fault: SandboxFault {
        SandboxFault { [self] moment, call, intent in
            guard moment == .afterBooking, call == .authorize else { return false }
            bookedEnd.yield(intent)
            for await _ in hold {}
            return false
        }
    }

    func untilBooked() async {
        for await _ in booked { return }
    }

    func open() {
        holdEnd.finish()
    }
}
