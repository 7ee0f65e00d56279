/// Where a complete subtree stands in the tree of RFC 6962 section 2.1: `2^level` leaves, the `index`th such
/// group from the left. Level 0 is the leaves themselves.
package struct NodeAddress: Hashable, Sendable {
    /// The height of the subtree, 0 to 62.
    package let level: Int
    /// How many subtrees of this height stand to the left of it.
    package let index: Int64

    package init(level: Int, index: Int64) {
        self.level = level
        self.index = index
    }

    /// The leaves below it.
    package var leaves: Range<Int64> { index << level..<(index + 1) << level }

    /// The hashes of tiles (C2SP tlog-tiles) that it is made of: `positions` at a tile level, whose hashes
    /// cover 256^tileLevel leaves each. There are 1 to 128, all of one tile; `MerkleHash.root(ofComplete:)`
    /// folds them.
    package var tileHashes: (tileLevel: Int, positions: Range<Int64>) {
        let rest = level % 8
        return (level / 8, index << rest..<(index + 1) << rest)
    }

    /// The complete subtrees that a range of leaves is made of, largest first. The range must begin at a
    /// multiple of the smallest power of two that is not below its length, as all ranges of section 2.1 do.
    static func edge(of leaves: Range<Int64>) -> [NodeAddress] {
        var edge: [NodeAddress] = []
        var start = leaves.lowerBound
        let count = leaves.upperBound - start
        for level in (0..<63).reversed() where count & 1 << level != 0 {
            edge.append(NodeAddress(level: level, index: start >> level))
            start += 1 << level
        }
        return edge
    }
}
