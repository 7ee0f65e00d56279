package import Proofs

/// The proof that neighbouring leaves are a stretch of a tree: the roots of the complete subtrees beside
/// them. With the leaves' own hashes they give the root of the whole tree (RFC 6962 section 2.1).
package enum RangeProof {
    /// The complete subtrees that a stretch of leaves is made of, from left to right.
    package static func nodes(of leaves: Range<Int64>) -> [NodeAddress] {
        var nodes: [NodeAddress] = []
        var start = leaves.lowerBound
        while start < leaves.upperBound {
            let left = leaves.upperBound - start
            let largest = 63 - left.leadingZeroBitCount
            let level = start == 0 ? largest : min(largest, start.trailingZeroBitCount)
            nodes.append(NodeAddress(level: level, index: start >> level))
            start += 1 << level
        }
        return nodes
    }

    /// Folds hashes from left to right into the root; holds no more than one hash a level.
    package struct Fold: Sendable {
        private var edge: [(level: Int, hash: [UInt8])] = []

        package init() {}

        /// Adds the root of the next complete subtree; a leaf has level 0.
        package mutating func add(_ hash: [UInt8], level: Int = 0) {
            var node = (level: level, hash: hash)
            while let last = edge.last, last.level == node.level {
                edge.removeLast()
                node = (level: node.level + 1, hash: MerkleHash.node(last.hash, node.hash))
            }
            edge.append(node)
        }

        package var root: [UInt8] { MerkleHash.root(ofEdge: edge.map(\.hash)) }
    }
}
