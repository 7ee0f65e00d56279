import AsyncHTTPClient
import Foundation
import LoadKit
import Notation
import Outbound
import SeedKit
import Synchronization
import TestKit

/// One run: shops and customers at a real process that is killed again and again, and what was left in the
/// end.
struct CrashRun: Sendable {
    let seed: UInt64
    let kills: Int
    let journal: Journal
    let seen: [Seen]
    let booked: [Booked]
    let violations: [String]
    let integrity: [String]
    /// What breaks the invariants of pharmacy orders in the database.
    let invariants: [String]
    let exitStatus: Int32
    /// Seconds after the last restart until nothing was under way any more.
    let settledAfter: Double

    /// Runs with what the environment says: `GODKEND_KILLS` (20), `GODKEND_SEED` (drawn).
    static func perform() async throws -> CrashRun {
        let environment = ProcessInfo.processInfo.environment
        let kills = environment["GODKEND_KILLS"].flatMap { Int($0) } ?? 20
        let seed = TestSeed.drawn("REL-11, kills of a server")
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("godkend-crash-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let client = HTTPCaller.makeClient(connections: 128)
        let stage = CrashStage(
            folder: folder, client: client, command: try GodkendCommand.find(), seed: seed, kills: kills)
        do {
            let run = try await stage.run()
            try await client.shutdown()
            return run
        } catch {
            await stage.abandon()
            try? await client.shutdown()
            throw LoadFailure("seed \(seed): \(error)")
        }
    }

    var summary: String {
        let approved = seen.filter { $0.capturedMinor > 0 || $0.status != "declined" }.count
        let drawn = journal.promises.filter { $0.record != nil }
        let handovers = drawn.flatMap(\.handovers.values)
        return "seed \(seed): \(kills) kills, \(journal.promises.count) orders, \(approved) confirmed, "
            + "\(drawn.count) on \(Set(drawn.compactMap(\.record)).count) prescriptions "
            + "(\(journal.heldElsewhere) held elsewhere, \(handovers.count) handovers, "
            + "\(handovers.count(where: \.isUndone)) undone), "
            + "\(journal.interrupted) requests interrupted, \(journal.repeated) repeated after it, "
            + "settled after \(settledAfter) s"
    }
}
