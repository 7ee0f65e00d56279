import Foundation
import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Vocabulary

/// A finished database of real payments and pharmacy orders, with the checkpoints that were signed on the
/// way: what every tampering test works on copies of.
struct TamperSpecimen: Sendable {
    /// The database file, with nothing left in its log.
    let bytes: Data
    let key: LogKey
    /// The notes of `checkpoints.log`; the last covers every leaf.
    let notes: [String]
    let vault: any RecordVault

    /// About a megabyte; made once.
    static let large = Task { try await make(rounds: 5) }
    /// One of everything.
    static let small = Task { try await make(rounds: 1) }

    private static func make(rounds: Int) async throws -> TamperSpecimen {
        let shops = try await StillShops()
        let rx = shops.rx
        let path = rx.stage.folder.file("godkend.sqlite")
        let key = try LogKey(raw: Array(repeating: 3, count: 32), name: "log.example/godkend")
        let story = try await TamperStory(shops)
        var notes = [try checkpoint(of: path, by: key)]
        for round in 0..<rounds {
            try await story.tell(round)
            notes.append(try checkpoint(of: path, by: key))
        }
        let vault = rx.gateway.vault
        await rx.stage.stop()
        let queue = try DatabaseQueue(path: path)
        try await queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try queue.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        return TamperSpecimen(bytes: bytes, key: key, notes: notes, vault: vault)
    }

    /// A checkpoint of a file as it is now.
    static func checkpoint(of path: String, by key: LogKey) throws -> String {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { db in
            try key.sign(
                Checkpoint(
                    origin: key.name, size: LogReading.size(in: db), root: LogReading.root(in: db))
            ).text
        }
    }

    /// A copy of its own, to be spoiled.
    func copy() throws -> TamperCopy { try TamperCopy(self) }
}

/// One copy of a specimen in a folder of its own.
struct TamperCopy {
    let specimen: TamperSpecimen
    let folder: TemporaryFolder

    var path: String { folder.file("godkend.sqlite") }
    var checkpoints: String { folder.file("checkpoints.log") }

    init(_ specimen: TamperSpecimen) throws {
        self.specimen = specimen
        folder = try TemporaryFolder()
        try write(specimen.bytes)
        try write(notes: specimen.notes)
    }

    func write(_ bytes: Data) throws {
        for name in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + name) }
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    func write(notes: [String]) throws {
        try Data(notes.joined().utf8).write(to: URL(fileURLWithPath: checkpoints))
    }

    /// What `audit verify` finds with the log's key and, if told so, with checkpoints kept elsewhere.
    func verify(held: [String] = [], by key: LogKey? = nil) async -> AuditReport {
        let verifier = verifier(held: held, by: key)
        return await aside { verifier.verify() }
    }

    func verifier(held: [String] = [], by key: LogKey? = nil) -> AuditVerifier {
        AuditVerifier(
            path: path,
            checkpoints: CheckpointTrust(
                key: (key ?? specimen.key).verificationKey, file: checkpoints, held: held),
            vault: specimen.vault)
    }

    /// Works on the file past the program: no trigger, no check and no reference stands in the way.
    @discardableResult
    func spoil<Value>(_ body: (Database) throws -> Value) throws -> Value {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
            return try body(db)
        }
    }

    /// Findings but for the triggers that `spoil` took away: they are never what proves a change.
    func findings(held: [String] = [], by key: LogKey? = nil) async -> [AuditFinding] {
        await verify(held: held, by: key).findings.filter {
            if case .schemaDiffers(let name) = $0 { !name.hasPrefix("trigger ") } else { true }
        }
    }
}

/// Does long work on a thread of its own, one piece after the other: tests beside it have deadlines to meet.
func aside<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        asideQueue.async { continuation.resume(returning: work()) }
    }
}

private let asideQueue = DispatchQueue(label: "verification")
