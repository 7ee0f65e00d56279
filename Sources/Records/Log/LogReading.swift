import Foundation
package import GRDB
import Proofs
package import Vocabulary

/// A leaf as it lies in the file: what is hashed, its hash, and what its digest stands for.
package struct StoredLeaf: Sendable, Hashable {
    package let position: Int64
    package let bytes: [UInt8]
    package let hash: [UInt8]
    /// Nil in leaves of version 1.
    package let body: [UInt8]?

    init(_ row: Row) {
        position = row["position"]
        bytes = [UInt8](row["bytes"] as Data)
        hash = [UInt8](row["hash"] as Data)
        body = (row["body"] as Data?).map { [UInt8]($0) }
    }

    /// Nil when the bytes are no leaf.
    package var leaf: Leaf? { Leaf(bytes: bytes, body: body) }
}

/// Reads the decision log: its size and root, its leaves, and the nodes that proofs and tiles are made of.
package enum LogReading {
    private static let columns = "SELECT position, bytes, hash, body FROM leaves"

    /// How many leaves there are.
    package static func size(in db: Database) throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT coalesce(max(position) + 1, 0) FROM leaves")) ?? 0
    }

    /// The root of the whole tree, from its edge (RFC 6962 section 2.1).
    package static func root(in db: Database) throws -> [UInt8] {
        let edge = try Data.fetchAll(
            db.cachedStatement(sql: "SELECT hash FROM log_edge ORDER BY level DESC"))
        return MerkleHash.root(ofEdge: edge.map { [UInt8]($0) })
    }

    package static func leaf(at position: Int64, in db: Database) throws -> StoredLeaf? {
        try Row.fetchOne(
            db.cachedStatement(sql: columns + " WHERE position = ?"), arguments: [position]
        ).map { StoredLeaf($0) }
    }

    /// The leaves of a range, in order.
    package static func leaves(_ range: Range<Int64>, in db: Database) throws -> [StoredLeaf] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: columns + " WHERE position >= ? AND position < ? ORDER BY position"),
            arguments: [range.lowerBound, range.upperBound]
        ).map { StoredLeaf($0) }
    }

    /// The hashes of a hash tile: at level L, the roots of 256^L leaves each (tlog-tiles). Only complete
    /// subtrees are there, so fewer than asked for are returned where the tree ends.
    package static func hashes(
        level: Int, _ range: Range<Int64>, in db: Database
    ) throws -> [[UInt8]] {
        let sql =
            level == 0
            ? "SELECT hash FROM leaves WHERE position >= ? AND position < ? ORDER BY position"
            : """
            SELECT hash FROM log_nodes WHERE position >= ? AND position < ? AND level = \(level * 8)
            ORDER BY position
            """
        return try Data.fetchAll(
            db.cachedStatement(sql: sql), arguments: [range.lowerBound, range.upperBound]
        ).map { [UInt8]($0) }
    }

    /// The root of the complete subtree over the leaves `index << level ..< (index + 1) << level`, folded
    /// from at most 256 kept hashes.
    package static func node(level: Int, index: Int64, in db: Database) throws -> [UInt8] {
        let kept = level / LogNodes.tileHeight
        let above = level % LogNodes.tileHeight
        var row = try hashes(level: kept, index << above..<(index + 1) << above, in: db)
        guard row.count == 1 << above else { throw LedgerFault.brokenEdge(level: level) }
        while row.count > 1 {
            row = stride(from: 0, to: row.count, by: 2).map { MerkleHash.node(row[$0], row[$0 + 1]) }
        }
        return row[0]
    }

    /// The position of a decision's leaf, for the merchant whose authorization it was about; with no owner,
    /// for the operator.
    package static func leafPosition(
        of decision: DecisionID, owner: Owner?, in db: Database
    ) throws -> Int64? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT d.leaf, a.merchant, a.is_live FROM decisions d
                    JOIN authorizations a ON a.id = d.authorization WHERE d.id = ?
                    """), arguments: [decision])
        guard let row else { return nil }
        if let owner, row["merchant"] != owner.merchant.text || row["is_live"] != owner.isLive { return nil }
        return row["leaf"]
    }
}
