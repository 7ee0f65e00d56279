extension MerkleProof {
    /// Whether the proof leads from the hash of a leaf to the root (RFC 9162 section 2.1.3.2).
    package static func verifiesInclusion(
        leafHash: [UInt8], index: Int64, size: Int64, root: [UInt8], proof: [[UInt8]]
    ) -> Bool {
        guard index >= 0, index < size, areHashes([leafHash, root]), areHashes(proof) else { return false }
        var (place, last) = (index, size - 1)
        var hash = leafHash
        for sibling in proof {
            guard last != 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = MerkleHash.node(sibling, hash)
                climbToRightChild(&place, &last)
            } else {
                hash = MerkleHash.node(hash, sibling)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    /// Whether the proof shows that the older tree is the beginning of the newer one (RFC 9162 section
    /// 2.1.4.2).
    ///
    /// The section leaves two cases open: the empty tree is the beginning of every tree, and each tree of
    /// itself; the proof of either is empty.
    package static func verifiesConsistency(
        oldSize: Int64, oldRoot: [UInt8], newSize: Int64, newRoot: [UInt8], proof: [[UInt8]]
    ) -> Bool {
        guard oldSize >= 0, oldSize <= newSize, areHashes([oldRoot, newRoot]), areHashes(proof) else {
            return false
        }
        if newSize == 0, newRoot != MerkleHash.ofNothing { return false }
        if oldSize == 0 { return proof.isEmpty && oldRoot == MerkleHash.ofNothing }
        if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }

        // An older tree that is one complete subtree is the first hash of its own proof.
        guard !proof.isEmpty else { return false }
        let path = oldSize.nonzeroBitCount == 1 ? [oldRoot] + proof : proof
        var (place, last) = (oldSize - 1, newSize - 1)
        let height = place.trailingOnes
        (place, last) = (place >> height, last >> height)
        var (old, new) = (path[0], path[0])
        for hash in path.dropFirst() {
            guard last != 0 else { return false }
            if place & 1 == 1 || place == last {
                old = MerkleHash.node(hash, old)
                new = MerkleHash.node(hash, new)
                climbToRightChild(&place, &last)
            } else {
                new = MerkleHash.node(new, hash)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && old == oldRoot && new == newRoot
    }

    /// Goes up from the last node of a row while it is a left child: such a node has no sibling and is its
    /// own parent.
    private static func climbToRightChild(_ place: inout Int64, _ last: inout Int64) {
        while place & 1 == 0, place != 0 { (place, last) = (place >> 1, last >> 1) }
    }

    private static func areHashes(_ hashes: [[UInt8]]) -> Bool { hashes.allSatisfy { $0.count == 32 } }
}

extension Int64 {
    fileprivate var trailingOnes: Int { (~self).trailingZeroBitCount }
}
