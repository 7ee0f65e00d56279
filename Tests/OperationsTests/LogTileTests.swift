import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// Tiles and proofs of trees of many sizes.
@Suite struct LogTileTests {
    @Test(arguments: [0, 1, 2, 255, 256, 257, 511, 512, 700])
    func `LOG-FORMAT: the tiles of a log are the hashes of its leaves`(size: Int) async throws {
        let log = try LogStage()
        try await log.append(size)
        try await checkTiles(of: log, size: size, levels: 2)
        await log.stage.stop()
    }

    @Test func `LOG-FORMAT: above 65,536 leaves there are three levels of tiles`() async throws {
        let log = try LogStage()
        let size = 65_536 + 300
        for start in stride(from: 0, to: size, by: 4_096) {
            try await log.append(min(4_096, size - start))
        }
        try await checkTiles(of: log, size: size, levels: 3)
        let checkpoint = try await log.sign()
        for position: Int64 in [0, 255, 256, 65_535, 65_536, Int64(size - 1)] {
            let proof = try await log.gateway.inclusionProof(of: position)
            let leaf = try await log.gateway.ledger.read { db in try LogReading.leaf(at: position, in: db) }
            #expect(
                try proof.verify(leaf: try #require(leaf).bytes, key: log.gateway.log.key).size
                    == checkpoint.size)
        }
        await log.stage.stop()
    }

    /// Compares all tiles with hashes made from the leaves' bytes, and asks for what is not there.
    private func checkTiles(of log: LogStage, size: Int, levels: Int) async throws {
        let checkpoint = try await log.sign()
        var row = try await log.hashes()
        #expect(row.count == size)
        #expect(checkpoint.size == Int64(size) && checkpoint.root == plainRoot(row[...]))
        for level in 0..<levels {
            for start in stride(from: 0, to: row.count, by: 256) {
                let index = Int64(start / 256)
                let width = min(256, row.count - start)
                let tile = try TileAddress(.hashes(level: level), index: index, width: width)
                let bytes = try await log.gateway.logTile(tile)
                #expect(bytes == row[start..<start + width].flatMap { $0 })
                // Every smaller tile stays there.
                let part = try TileAddress(.hashes(level: level), index: index, width: max(1, width / 2))
                #expect(try await log.gateway.logTile(part) == Array(bytes.prefix(32 * part.width)))
                guard width < 256 else { continue }
                let wider = try TileAddress(.hashes(level: level), index: index, width: width + 1)
                #expect(try await log.code { _ = try await log.gateway.logTile(wider) } == .notFound)
            }
            let next = try TileAddress(
                .hashes(level: level), index: Int64(row.count / 256), width: row.count % 256 + 1)
            #expect(try await log.code { _ = try await log.gateway.logTile(next) } == .notFound)
            row = stride(from: 0, to: row.count / 256 * 256, by: 256).map { plainRoot(row[$0..<$0 + 256]) }
        }
        let above = try TileAddress(.hashes(level: levels), index: 0, width: 1)
        #expect(try await log.code { _ = try await log.gateway.logTile(above) } == .notFound)
    }

    @Test func `LOG-FORMAT: what no checkpoint covers is not told`() async throws {
        let log = try LogStage()
        try await log.append(3)
        let tile = try TileAddress(.hashes(level: 0), index: 0, width: 3)
        #expect(try await log.code { _ = try await log.gateway.logTile(tile) } == .notFound)
        #expect(try await log.code { _ = try await log.gateway.inclusionProof(of: 0) } == .notYetCheckpointed)
        try await log.sign()
        #expect(try await log.gateway.logTile(tile).count == 96)
        try await log.append()
        #expect(try await log.code { _ = try await log.gateway.inclusionProof(of: 3) } == .notYetCheckpointed)
        #expect(try await log.gateway.inclusionProof(of: 2).index == 2)
        await log.stage.stop()
    }

    @Test func `OPS-ACCESS: the leaves themselves are for auditors, and each reading of them is a leaf`()
        async throws
    {
        let log = try LogStage()
        try await log.append(3)
        try await log.sign()
        let tile = try TileAddress(.entries, index: 0, width: 3)
        let bytes = try await log.gateway.logEntries(tile, by: .local)
        let leaves = try await log.gateway.ledger.read { db in try LogReading.leaves(0..<9, in: db) }
        #expect(try EntryBundle.parse(bytes) == leaves.prefix(3).map(\.bytes))
        let read = try #require(leaves.last?.leaf)
        #expect(leaves.count == 4 && read.kind == .operatorRead && read.outcome == "entries_read")
        #expect(read.actor == "local" && read.subject == "log")
        let id = OperatorID(at: log.stage.clock.now(), random: (1, 2))
        #expect(
            try await log.code { _ = try await log.gateway.logEntries(tile, by: .operator(id, .viewer)) }
                == .roleMissing)
        #expect(try await log.gateway.logEntries(tile, by: .operator(id, .auditor)) == bytes)
        let wider = try TileAddress(.entries, index: 0, width: 4)
        #expect(
            try await log.code { _ = try await log.gateway.logEntries(wider, by: .local) } == .notFound)
        let after = try await log.gateway.ledger.read { db in try LogReading.leaves(4..<9, in: db) }
        #expect(after.map(\.leaf?.outcome) == ["refused_role_missing", "entries_read"])
        #expect(after.map(\.leaf?.actor) == [id.text, id.text])
        await log.stage.stop()
    }

    @Test func `LOG-FORMAT: a merchant gets leaf and proof of its own decisions and of no others`()
        async throws
    {
        let log = try LogStage()
        let actor = try await log.stage.customer()
        let authorization = try await log.stage.authorize(actor, amount: 99_999_999)
        #expect(authorization.reason == .amountOverLimit)
        let decision = try #require(authorization.decisions.first)
        let shop = log.stage.shop
        #expect(
            try await log.code { _ = try await log.gateway.leaf(of: decision.id, caller: shop) }
                == .notYetCheckpointed)
        let checkpoint = try await log.sign()
        let leaf = try await log.gateway.leaf(of: decision.id, caller: shop)
        #expect(leaf.index == decision.leaf && leaf.kind == "decision" && leaf.outcome == "declined")
        #expect(leaf.content?.subject == authorization.id.text && leaf.content?.merchant == "bogbixen")
        #expect(leaf.content?.reason == "amount_over_limit" && leaf.content?.amountMinor == 99_999_999)
        #expect(leaf.bytes.suffix(32) == Digest.sha256(try #require(leaf.body))[...])
        let proof = try await log.gateway.proof(of: decision.id, caller: shop)
        #expect(try proof.verify(leaf: leaf.bytes, key: log.gateway.log.key) == checkpoint)
        #expect(throws: LogFlaw.notIncluded) {
            try proof.verify(leaf: leaf.bytes + [0], key: log.gateway.log.key)
        }
        for caller in [log.stage.otherShop, log.stage.pharmacy] {
            #expect(
                try await log.code { _ = try await log.gateway.leaf(of: decision.id, caller: caller) }
                    == .notFound)
            #expect(
                try await log.code { _ = try await log.gateway.proof(of: decision.id, caller: caller) }
                    == .notFound)
        }
        await log.stage.stop()
    }
}
