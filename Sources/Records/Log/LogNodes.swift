import Foundation
import GRDB
import Proofs

/// The inner nodes of the log's tree that are kept: the right edge, and every eighth level for the tiles.
enum LogNodes {
    /// Levels of the tree in one level of tiles (tlog-tiles).
    static let tileHeight = 8

    /// Adds a leaf's hash. The edge is a binary counter: where a level is taken, both halves become one node
    /// a level higher.
    static func add(_ leaf: [UInt8], at position: Int64, in db: Database) throws {
        var (hash, level) = (leaf, 0)
        while position >> level & 1 == 1 {
            let left = try Data.fetchOne(
                db.cachedStatement(sql: "DELETE FROM log_edge WHERE level = ? RETURNING hash"),
                arguments: [level])
            guard let left else { throw LedgerFault.brokenEdge(level: level) }
            hash = MerkleHash.node([UInt8](left), hash)
            level += 1
            if level % tileHeight == 0 { try keep(hash, level: level, at: position >> level, in: db) }
        }
        try db.cachedStatement(sql: "INSERT INTO log_edge (level, hash) VALUES (?, ?)")
            .execute(arguments: [level, Data(hash)])
    }

    private static func keep(_ hash: [UInt8], level: Int, at position: Int64, in db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO log_nodes (level, position, hash) VALUES (?, ?, ?)")
            .execute(arguments: [level, position, Data(hash)])
    }

    /// Makes the kept nodes of a log that was written before they were kept.
    static func buildAll(in db: Database) throws {
        var edge: [[UInt8]?] = []
        let hashes = try Data.fetchCursor(db, sql: "SELECT hash FROM leaves ORDER BY position")
        var made: [(level: Int, position: Int64, hash: [UInt8])] = []
        var position: Int64 = 0
        while let leaf = try hashes.next() {
            var (hash, level) = ([UInt8](leaf), 0)
            while position >> level & 1 == 1, let left = edge[level] {
                hash = MerkleHash.node(left, hash)
                edge[level] = nil
                level += 1
                if level % tileHeight == 0 { made.append((level, position >> level, hash)) }
            }
            if level == edge.count { edge.append(hash) } else { edge[level] = hash }
            position += 1
        }
        for node in made { try keep(node.hash, level: node.level, at: node.position, in: db) }
    }
}
