import Foundation
import GRDB
import Records
import Synchronization
import Vocabulary

/// Runs SQL on the writer's own connection, inside its transaction.
struct RunSQL: Command {
    let sql: String

    init(_ sql: String) { self.sql = sql }

    func run(in transaction: Transaction) throws { try transaction.db.execute(sql: sql) }
}

/// Reads one word from the writer's own connection.
struct AskSQL: Command {
    let sql: String

    init(_ sql: String) { self.sql = sql }

    func run(in transaction: Transaction) throws -> String? {
        try String.fetchOne(transaction.db, sql: sql)
    }
}

/// Writes a number into a table of the tests' own, and says when; fails afterwards if it is told to.
struct Scratch: Command {
    static let table = RunSQL("CREATE TABLE scratch (n INTEGER PRIMARY KEY) STRICT")

    let number: Int
    var fails = false

    func run(in transaction: Transaction) throws -> Instant {
        try transaction.db.execute(sql: "INSERT INTO scratch (n) VALUES (?)", arguments: [number])
        if fails { throw BenchError.onPurpose }
        return transaction.now
    }
}

/// Stops the writer until the test lets it go on.
final class Gate: Sendable {
    private let reached = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)

    var command: Hold { Hold(gate: self) }

    func open() { opened.signal() }

    /// Returns when the writer stands at the gate.
    func waitUntilReached() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                self.reached.wait()
                continuation.resume()
            }
        }
    }

    fileprivate func stand() {
        reached.signal()
        opened.wait()
    }

    struct Hold: Command {
        let gate: Gate

        func run(in transaction: Transaction) -> Instant {
            gate.stand()
            return transaction.now
        }
    }
}

extension Ledger {
    /// Returns when so many commands wait.
    func waitUntilQueued(_ count: Int) async {
        while queueLength < count { try? await Task.sleep(for: .milliseconds(1)) }
    }
}

/// Something that happened, or not yet.
final class Flag: Sendable {
    private let state = Mutex(false)

    var isRaised: Bool { state.withLock { $0 } }

    func raise() { state.withLock { $0 = true } }
}
