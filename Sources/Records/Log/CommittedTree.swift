package import GRDB
package import Proofs

/// The log's tree as one transaction sees it: what a checkpoint is made of and compared with.
package struct CommittedTree: Sendable, Hashable {
    /// The number of leaves.
    package let size: Int64
    /// The root over them, from the hashes that tiles and proofs are made of.
    package let root: [UInt8]
    /// The same from the tree's edge, which the writer keeps by itself.
    package let edgeRoot: [UInt8]
    /// The root over the leaves of an earlier tree; nil when there are fewer leaves now.
    package let earlierRoot: [UInt8]?

    /// Throws `LedgerFault.brokenEdge` when a node is missing.
    package static func read(after earlier: Int64?, in db: Database) throws -> CommittedTree {
        let size = try LogReading.size(in: db)
        let nodes = { (node: NodeAddress) in
            try LogReading.node(level: node.level, index: node.index, in: db)
        }
        return CommittedTree(
            size: size, root: try MerkleProof.root(size: size, nodes: nodes),
            edgeRoot: try LogReading.root(in: db),
            earlierRoot: try earlier.flatMap { earlier in
                earlier <= size ? try MerkleProof.root(size: earlier, nodes: nodes) : nil
            })
    }
}

extension LogReading {
    /// The path from a leaf to the root of the tree with `size` leaves (RFC 6962 section 2.1.1).
    package static func inclusion(of position: Int64, size: Int64, in db: Database) throws -> [[UInt8]] {
        try MerkleProof.inclusion(of: position, size: size) {
            try node(level: $0.level, index: $0.index, in: db)
        }
    }

    /// That the tree with `old` leaves is the beginning of the one with `new` (RFC 6962 section 2.1.2).
    package static func consistency(from old: Int64, to new: Int64, in db: Database) throws -> [[UInt8]] {
        try MerkleProof.consistency(from: old, to: new) {
            try node(level: $0.level, index: $0.index, in: db)
        }
    }

    /// The bytes of a tile (C2SP tlog-tiles): hashes one after the other, or the leaves with their lengths.
    /// Nil when the database has not all of it.
    package static func tile(_ tile: TileAddress, in db: Database) throws -> [UInt8]? {
        switch tile.content {
        case .hashes(let level):
            let hashes = try hashes(level: level, tile.positions, in: db)
            return hashes.count == tile.width ? hashes.flatMap { $0 } : nil
        case .entries:
            let leaves = try leaves(tile.positions, in: db)
            return leaves.count == tile.width ? try EntryBundle.write(leaves.map(\.bytes)) : nil
        }
    }
}
