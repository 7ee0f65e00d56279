/// Proofs of RFC 6962 section 2.1, made from the hashes of complete subtrees.
///
/// `nodes` is asked for complete subtrees within the tree only, so that hashes that never change are enough
/// to answer it. What it throws is passed on as it is. A proof begins at the bottom of the tree.
package enum MerkleProof {
    /// The root of the tree with `size` leaves (section 2.1). Throws `LogFlaw.outOfRange` for a size below 0.
    package static func root(
        size: Int64, nodes: (NodeAddress) throws -> [UInt8]
    ) throws -> [UInt8] {
        guard size >= 0 else { throw LogFlaw.outOfRange }
        return try hash(of: 0..<size, nodes)
    }

    /// The path from a leaf to the root of the tree with `size` leaves (section 2.1.1).
    /// Throws `LogFlaw.outOfRange` when the tree has no such leaf.
    package static func inclusion(
        of index: Int64, size: Int64, nodes: (NodeAddress) throws -> [UInt8]
    ) throws -> [[UInt8]] {
        guard index >= 0, index < size else { throw LogFlaw.outOfRange }
        var path: [[UInt8]] = []
        var range = 0..<size
        while let middle = split(range) {
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            path.append(try hash(of: index < middle ? right : left, nodes))
            range = index < middle ? left : right
        }
        return path.reversed()
    }

    /// That the tree with `oldSize` leaves is the beginning of the one with `newSize` leaves (section 2.1.2).
    /// Empty from an empty tree, and from a tree to itself. Throws `LogFlaw.outOfRange` for any other sizes
    /// than 0 ≤ old ≤ new.
    package static func consistency(
        from oldSize: Int64, to newSize: Int64, nodes: (NodeAddress) throws -> [UInt8]
    ) throws -> [[UInt8]] {
        guard oldSize >= 0, oldSize <= newSize else { throw LogFlaw.outOfRange }
        guard oldSize > 0, oldSize < newSize else { return [] }
        var proof: [[UInt8]] = []
        var range = 0..<newSize
        while range.upperBound != oldSize, let middle = split(range) {
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            proof.append(try hash(of: oldSize <= middle ? right : left, nodes))
            range = oldSize <= middle ? left : right
        }
        // Whoever checks the proof knows the old root; any other subtree must be named.
        if range.lowerBound != 0 { proof.append(try hash(of: range, nodes)) }
        return proof.reversed()
    }

    /// Where section 2.1 divides a range: at the largest power of two below its length. Nil for one leaf.
    private static func split(_ range: Range<Int64>) -> Int64? {
        let count = range.upperBound - range.lowerBound
        guard count > 1 else { return nil }
        return range.lowerBound + 1 << Int64(63 - (count - 1).leadingZeroBitCount)
    }

    private static func hash(
        of range: Range<Int64>, _ nodes: (NodeAddress) throws -> [UInt8]
    ) throws -> [UInt8] {
        MerkleHash.root(ofEdge: try NodeAddress.edge(of: range).map(nodes))
    }
}
