import FaultVFS
import Foundation
import GRDB
import Records
import TestKit
import Vocabulary

/// Lets SQLite's allocations fail in the writer, one after the other: the n-th once, and all from the n-th on
/// (REL-08). A process of its own, because SQLite takes another memory only before its first use. Nobody
/// reads meanwhile: a debug build of GRDB stops at a read whose end fails.
///
/// Prints a line for each thing that is wrong, and a summary.
/// Arguments: how many n, and the step between them.
@main
enum MemoryFaults {
    static func main() async throws {
        let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let (count, step) = (numbers.first ?? 100, numbers.dropFirst().first ?? 7)
        guard fv_memory_install() == 0 else {
            print("SQLite was in use before its memory was replaced")
            exit(2)
        }
        var (hits, flaws) = (0, 0)
        for forever in [false, true] {
            for nth in stride(from: 1, through: count * step, by: step) {
                let life = try await life(failing: nth, forever: forever)
                hits += life.hits
                flaws += life.flaws.count
                for flaw in life.flaws { print("\(nth) \(forever): \(flaw)") }
            }
        }
        print("\(2 * count) lives, \(hits) failed allocations, \(flaws) flaws")
        exit(flaws == 0 && hits > 0 ? 0 : 1)
    }

    /// Works with an allocation that fails, then without, and looks at what is there.
    private static func life(failing nth: Int, forever: Bool) async throws -> (hits: Int, flaws: [String]) {
        let folder = try TemporaryFolder()
        let path = folder.file("godkend.sqlite")
        let ledger = try open(path)
        var acknowledged: Set<String> = []
        fv_memory_fail(nth, forever ? 1 : 0)
        for number in 0..<4 {
            if (try? await ledger.submit(event(number))) != nil { acknowledged.insert("done-\(number)") }
        }
        let hits = fv_memory_failures()
        fv_memory_fail(0, 0)
        let back: Void? = try? await eventually("the writer") {
            (try? await ledger.submit(event(99))) != nil
        }
        let isBack = back != nil
        await ledger.close()
        let again = try open(path)
        let (there, integrity) = try await again.read { db in
            (
                try String.fetchAll(db, sql: "SELECT subject FROM leaves WHERE kind = 'key_event'"),
                try String.fetchAll(db, sql: "PRAGMA integrity_check")
            )
        }
        await again.close()
        var flaws = acknowledged.subtracting(there).sorted().map { "acknowledged and lost: \($0)" }
        flaws += integrity.filter { $0 != "ok" } + LogCheck.findings(path)
        if !isBack { flaws.append("the writer does not come back") }
        if Set(there).count != there.count { flaws.append("done twice") }
        return (hits, flaws)
    }

    private static func event(_ number: Int) -> RecordKeyEvent {
        RecordKeyEvent(subject: "done-\(number)", outcome: "log_key_made", publicKey: [1])
    }

    private static func open(_ path: String) throws -> Ledger {
        let (clock, entropy) = (ManualClock(), SeededEntropy(seed: 1))
        return try Ledger(
            path: path,
            context: LedgerContext(
                time: { ServerTime(clock.now()) }, randomBytes: { entropy.bytes($0) },
                answers: PlainAnswers(),
                vault: NoVault()))
    }
}

/// Nothing is sealed here.
private struct NoVault: RecordVault {
    func seal(_ body: [UInt8], for key: StoredAnswerKey) -> [UInt8] { body }
    func open(_ sealed: [UInt8], for key: StoredAnswerKey) -> [UInt8] { sealed }
    func seal(inputs: [UInt8], of decision: DecisionID) -> [UInt8] { inputs }
    func open(inputs sealed: [UInt8], of decision: DecisionID) -> [UInt8] { sealed }
}
