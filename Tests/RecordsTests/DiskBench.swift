import Foundation
import GRDB
import Lifecycles
import Operations
import Records
import TestKit
import Vocabulary

/// A ledger in a folder whose disk fails when it is told to.
final class DiskBench: Sendable {
    let folder: TemporaryFolder
    let disk: FaultyDisk
    private let clock = ManualClock()
    private let entropy: SeededEntropy

    /// A database that was made and closed, to be copied: the schema is not made anew for each fault.
    private static let template = Result { try madeDatabase() }

    /// - Parameter isNew: the folder is empty, so that the database is made on the failing disk too.
    init(models: Bool = false, isNew: Bool = false, seed: UInt64 = 1) throws {
        folder = try TemporaryFolder()
        if !isNew { try Self.template.get().write(to: URL(fileURLWithPath: folder.file("godkend.sqlite"))) }
        disk = FaultyDisk(folder: folder.path, models: models)
        entropy = SeededEntropy(seed: seed)
    }

    var path: String { folder.file("godkend.sqlite") }

    func open(
        at path: String? = nil, syncFolder: (@Sendable (String) throws -> Void)? = nil
    ) throws -> Ledger {
        let disk = disk
        return try Self.open(
            at: path ?? self.path, clock: clock, entropy: entropy,
            syncFolder: syncFolder ?? { _ in disk.noteFolderSynced() })
    }

    func deed() throws -> Deed { Deed(id: entropy.identifier(at: clock.now()), card: try Bench.card()) }

    /// What is wrong with the file, opened as the next start would: a line each.
    func flaws(at path: String? = nil, acknowledged: Set<String>) async throws -> [String] {
        let path = path ?? self.path
        let ledger = try open(at: path)
        let flaws = try await ledger.read { db in
            let deeds = Set(try String.fetchAll(db, sql: "SELECT id FROM card_tokens"))
            let leaves = Set(
                try String.fetchAll(
                    db, sql: "SELECT subject FROM leaves WHERE subject LIKE 'tok\\_%' ESCAPE '\\'"))
            let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check")
            let foreign = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
            return acknowledged.subtracting(deeds).sorted().map { "acknowledged and lost: \($0)" }
                + deeds.symmetricDifference(leaves).sorted().map { "half there: \($0)" }
                + integrity.filter { $0 != "ok" } + (foreign == 0 ? [] : ["\(foreign) foreign keys broken"])
        }
        // It takes the next command, so that it is not only readable.
        _ = try await ledger.submit(try deed())
        await ledger.close()
        return flaws + LogCheck.findings(path)
    }

    private static func open(
        at path: String, clock: ManualClock, entropy: SeededEntropy,
        syncFolder: @escaping @Sendable (String) throws -> Void
    ) throws -> Ledger {
        try Ledger(
            path: path,
            context: LedgerContext(
                time: { ServerTime(clock.now()) }, randomBytes: { entropy.bytes($0) },
                answers: PlainAnswers(),
                vault: OpenVault()), syncFolder: syncFolder)
    }

    private static func madeDatabase() throws -> Data {
        let folder = try TemporaryFolder()
        let path = folder.file("godkend.sqlite")
        do {
            _ = try open(
                at: path, clock: ManualClock(), entropy: SeededEntropy(seed: 1), syncFolder: { _ in })
        }
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try queue.close()
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }
}

/// One acknowledged thing: a row and its leaf. Asked again with the same id, it is answered as it was.
struct Deed: Command {
    let id: CardTokenID
    let card: MaskedCard

    /// - Returns: whether it was done just now.
    func run(in transaction: Transaction) throws -> Bool {
        let isDone = try Bool.fetchOne(
            transaction.db, sql: "SELECT 1 FROM card_tokens WHERE id = ?", arguments: [id])
        if isDone == true { return false }
        guard let merchant = MerchantID("bogbixen") else { throw BenchError.bad("merchant") }
        _ = try CreateCardToken(
            id: id, owner: Owner(merchant: merchant, isLive: false), card: card,
            fingerprint: Array(repeating: 5, count: 32), numberSealed: Array(repeating: 6, count: 200),
            lifetimeSeconds: 900, key: nil
        ).run(in: transaction)
        try RecordKeyEvent(subject: id.text, outcome: "done", publicKey: [1]).run(in: transaction)
        return true
    }
}

extension DiskBench {
    /// What became of some deeds that were asked for at the same time.
    struct Asked: Sendable {
        var acknowledged: Set<String> = []
        var refused: [StorageFailure] = []
        /// Errors that no caller should see.
        var odd: [String] = []
    }

    /// Asks for deeds together, and returns when every one was answered.
    func ask(_ deeds: [Deed], of ledger: Ledger) async -> Asked {
        await withTaskGroup(of: (String, Result<Bool, any Error>).self) { group in
            for deed in deeds {
                group.addTask {
                    do {
                        return (deed.id.text, .success(try await ledger.submit(deed)))
                    } catch {
                        return (deed.id.text, .failure(error))
                    }
                }
            }
            var asked = Asked()
            for await (id, result) in group {
                switch result {
                case .success: asked.acknowledged.insert(id)
                case .failure(let failure as StorageFailure): asked.refused.append(failure)
                case .failure(let error): asked.odd.append("\(error)")
                }
            }
            return asked
        }
    }

    /// Asks the same again until it is done; the disk is well again.
    func insist(_ deeds: [Deed], of ledger: Ledger) async throws -> Set<String> {
        var acknowledged: Set<String> = []
        try await eventually("the writer to come back") {
            acknowledged = await ask(deeds, of: ledger).acknowledged
            return acknowledged.count == deeds.count
        }
        return acknowledged
    }
}
