import Foundation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// Appends so many small leaves in one transaction.
struct AppendLeaves: Command {
    var count = 1
    var outcome = "read"

    /// - Returns: the position of the last one.
    func run(in transaction: Transaction) throws -> Int64 {
        var last: Int64 = -1
        for _ in 0..<count {
            last = try transaction.appendLeaf(
                LeafDraft(kind: .operatorRead, subject: "log", outcome: outcome))
        }
        return last
    }
}

/// Appends a leaf and then throws: nothing of it may stay.
struct TakenBack: Command {
    struct Reason: Error {}

    func run(in transaction: Transaction) throws {
        try transaction.appendLeaf(LeafDraft(kind: .operatorRead, subject: "log", outcome: "never"))
        throw Reason()
    }
}

/// The decision log of a stage that signs only when it is told to.
struct LogStage {
    let stage: Stage
    var gateway: Gateway { stage.gateway }

    init(_ change: (inout Stage.Options) -> Void = { _ in }) throws {
        stage = try Stage { options in
            options.isRunning = false
            change(&options)
        }
    }

    /// Another gateway on the same folder, after this one was stopped.
    func again(_ change: (inout Stage.Options) -> Void = { _ in }) async throws -> LogStage {
        await stage.stop()
        return try LogStage { options in
            options.folder = stage.folder
            change(&options)
        }
    }

    func append(_ count: Int = 1, _ outcome: String = "read") async throws {
        guard count > 0 else { return }
        _ = try await gateway.ledger.submit(AppendLeaves(count: count, outcome: outcome))
    }

    /// Signs and gives the newest checkpoint.
    @discardableResult func sign() async throws -> SignedCheckpoint {
        await gateway.checkpointSigner.signNow()
        return try #require(gateway.log.latest)
    }

    /// Hashes of all leaves, made from their bytes.
    func hashes() async throws -> [[UInt8]] {
        try await gateway.ledger.read { db in
            try LogReading.leaves(0..<Int64.max / 2, in: db).map { MerkleHash.leaf($0.bytes) }
        }
    }

    /// All checkpoints that were kept.
    func kept() throws -> [SignedCheckpoint] {
        try CheckpointFile(parsing: stage.checkpoints.bytes).open(with: gateway.log.key)
    }

    func code(_ work: () async throws -> Void) async throws -> ErrorCode? {
        do {
            try await work()
            return nil
        } catch let refusal as Refusal {
            return refusal.code
        }
    }

    /// The files of the database as they lie there now; only of a gateway that was stopped.
    func copyOfDatabase() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for (name, bytes) in try stage.folder.allBytes() where name.hasPrefix("godkend.sqlite") {
            files[name] = bytes
        }
        return files
    }

    func putBack(_ files: [String: Data]) throws {
        for name in ["godkend.sqlite", "godkend.sqlite-wal", "godkend.sqlite-shm"] {
            try? FileManager.default.removeItem(atPath: stage.folder.file(name))
            try files[name]?.write(to: URL(fileURLWithPath: stage.folder.file(name)))
        }
    }
}

/// The root of a tree from the hashes of its leaves, as RFC 6962 section 2.1 words it.
func plainRoot(_ hashes: ArraySlice<[UInt8]>) -> [UInt8] {
    guard hashes.count > 1 else { return hashes.first ?? MerkleHash.ofNothing }
    var half = 1
    while half * 2 < hashes.count { half *= 2 }
    let middle = hashes.startIndex + half
    return MerkleHash.node(plainRoot(hashes[..<middle]), plainRoot(hashes[middle...]))
}
