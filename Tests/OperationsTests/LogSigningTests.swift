import Foundation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// Checkpoints: when one is signed, and when none is.
@Suite struct LogSigningTests {
    @Test func `LOG-ATOMIC: only committed sizes are signed, while many write and some are taken back`()
        async throws
    {
        let log = try LogStage()
        let gateway = log.gateway
        try await withThrowingTaskGroup { group in
            for writer in 0..<6 {
                group.addTask {
                    for round in 0..<40 {
                        if (writer + round) % 3 == 0 {
                            try? await gateway.ledger.submit(TakenBack())
                        } else {
                            _ = try await gateway.ledger.submit(AppendLeaves(count: 1 + round % 3))
                        }
                    }
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    for _ in 0..<60 {
                        await gateway.checkpointSigner.signNow()
                        let latest = try #require(gateway.log.latest)
                        let size = try await gateway.ledger.read { db in try LogReading.size(in: db) }
                        #expect(latest.size <= size)
                    }
                }
            }
            try await group.waitForAll()
        }
        try await log.sign()
        let (hashes, kept) = (try await log.hashes(), try log.kept())
        #expect(kept.count > 3)
        #expect(kept.last?.size == Int64(hashes.count))
        #expect(hashes.count > 200)
        for (one, next) in zip(kept, kept.dropFirst()) { #expect(one.size < next.size) }
        for checkpoint in kept {
            #expect(checkpoint.root == plainRoot(hashes[..<Int(checkpoint.size)]))
        }
        let outcomes = try await gateway.ledger.read { db in
            try LogReading.leaves(0..<1_000, in: db).map { $0.leaf?.outcome }
        }
        #expect(!outcomes.contains("never"))
        await log.stage.stop()
    }

    @Test func `LOG-ATOMIC: nothing is signed twice, and the empty log is signed too`() async throws {
        let log = try LogStage()
        #expect(log.gateway.log.latest == nil)
        #expect(try await log.sign().size == 0)
        try await log.append(2)
        #expect(try await log.sign().size == 2)
        try await log.sign()
        #expect(try log.kept().map(\.size) == [0, 2])
        let status = log.gateway.logStatus
        #expect(status.origin == "127.0.0.1:8080" && status.size == 2 && status.refusal == nil)
        #expect(status.latest == log.gateway.log.latest && status.signedAt != nil)
        #expect(try LogVerificationKey(parsing: status.verificationKey) == log.gateway.log.key)
        await log.stage.stop()
    }

    @Test func `LOG-ATOMIC: a checkpoint that cannot be kept is not published`() async throws {
        let log = try LogStage()
        try await log.append()
        let first = try await log.sign()
        try await log.append()
        log.stage.checkpoints.fail(true)
        await log.gateway.checkpointSigner.signNow()
        #expect(log.gateway.log.latest == first)
        #expect(log.gateway.logStatus.refusal == nil)
        log.stage.checkpoints.fail(false)
        #expect(try await log.sign().size == 2)
        #expect(try log.kept().map(\.size) == [1, 2])
        await log.stage.stop()
    }

    @Test func `LOG-ATOMIC: the gateway's loop signs by itself, and once more at the end`() async throws {
        let log = try LogStage()
        let gateway = log.gateway
        let runner = Task { try await gateway.run() }
        try await log.append()
        try await log.stage.until { gateway.log.latest != nil }
        try await log.append(3)
        runner.cancel()
        _ = try? await runner.value
        let size = try await gateway.ledger.read { db in try LogReading.size(in: db) }
        #expect(gateway.log.latest?.size == size && size >= 4)
        await log.stage.stop()
    }

    // MARK: The next start

    @Test func `LOG-ATOMIC: the next start goes on from the last checkpoint`() async throws {
        var log = try LogStage()
        try await log.append(5)
        let first = try await log.sign()
        log = try await log.again()
        #expect(log.gateway.log.latest == first)
        #expect(log.gateway.logStatus.signedAt == nil)
        try await log.append(3)
        let second = try await log.sign()
        let proof = try await log.gateway.consistencyProof(from: first.size, to: second.size)
        #expect(
            MerkleProof.verifiesConsistency(
                oldSize: first.size, oldRoot: first.root, newSize: second.size, newRoot: second.root,
                proof: proof))
        #expect(
            try await log.code { _ = try await log.gateway.consistencyProof(from: 1, to: 9) } == .notFound)
        #expect(
            try await log.code { _ = try await log.gateway.consistencyProof(from: 6, to: 5) } == .notFound)
        await log.stage.stop()
    }

    @Test func `LOG-TAMPER: an older database that was put back is not signed, and readiness says so`()
        async throws
    {
        var log = try LogStage()
        try await log.append(5)
        log = try await log.again()
        await log.stage.stop()
        let older = try log.copyOfDatabase()
        log = try await log.again()
        try await log.append(2)
        let last = try await log.sign()
        await log.stage.stop()
        try log.putBack(older)
        log = try await log.again()
        try await log.sign()
        let refusal = LogRefusal.olderDatabase(signed: 7, found: 5)
        #expect(log.gateway.logStatus.refusal == refusal)
        #expect(await log.gateway.health().problems == [refusal.explanation])
        #expect(try await log.code { _ = try await log.gateway.inclusionProof(of: 2) } == .notReady)
        // The last one that was signed stays published, and nothing is signed when the size is passed.
        try await log.append(10)
        #expect(try await log.sign() == last)
        #expect(try log.kept().last == last)
        await log.stage.stop()
    }

    @Test func `LOG-TAMPER: other leaves under the last checkpoint are a fork and are not signed`()
        async throws
    {
        var log = try LogStage()
        try await log.append(5)
        await log.stage.stop()
        let older = try log.copyOfDatabase()
        log = try await log.again()
        try await log.append(2)
        let last = try await log.sign()
        await log.stage.stop()
        try log.putBack(older)
        log = try await log.again()
        try await log.append(10, "forged")
        try await log.sign()
        #expect(log.gateway.logStatus.refusal == .fork(size: 7))
        #expect(log.gateway.log.latest == last)
        // No proof is given that its receiver could not verify.
        #expect(try await log.code { _ = try await log.gateway.inclusionProof(of: 5) } == .notReady)
        #expect(try await log.code { _ = try await log.gateway.inclusionProof(of: 7) } == .notReady)
        await log.stage.stop()
    }

    @Test func `LOG-TAMPER: without its database the log is not begun anew`() async throws {
        var log = try LogStage()
        try await log.append(5)
        try await log.sign()
        await log.stage.stop()
        try log.putBack([:])
        log = try await log.again()
        try await log.sign()
        #expect(log.gateway.logStatus.refusal == .olderDatabase(signed: 5, found: 0))
        await log.stage.stop()
    }

    @Test func `LOG-TAMPER: a last checkpoint by another key stops the signing`() async throws {
        var log = try LogStage()
        try await log.append(5)
        try await log.sign()
        log = try await log.again { $0.logKey = Array(repeating: 12, count: 32) }
        try await log.append()
        await log.gateway.checkpointSigner.signNow()
        #expect(log.gateway.logStatus.refusal == .otherKey)
        #expect(log.gateway.log.latest == nil)
        #expect(await !log.gateway.health().isReady)
        log = try await log.again()
        #expect(try await log.sign().size == 6)
        await log.stage.stop()
    }

    @Test func `LOG-FORMAT: under another name the same key goes on, and signs the same size anew`()
        async throws
    {
        var log = try LogStage()
        try await log.append(5)
        let first = try await log.sign()
        log = try await log.again { $0.settings[.logOrigin] = "log.example" }
        #expect(log.gateway.log.latest == nil)
        let second = try await log.sign()
        #expect(second.checkpoint.origin == "log.example")
        #expect(second.size == first.size && second.root == first.root)
        #expect(try LogVerificationKey(parsing: log.gateway.logStatus.verificationKey).verifies(second.note))
        await log.stage.stop()
    }
}
