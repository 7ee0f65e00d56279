import Crypto

/// The hashes of RFC 6962 section 2.1: leaves and inner nodes are told apart by their first byte.
package enum MerkleHash {
    package static func leaf(_ bytes: [UInt8]) -> [UInt8] { hash([0x00] + bytes) }

    package static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] { hash([0x01] + left + right) }

    /// The root of the tree without leaves: the hash of nothing.
    package static var ofNothing: [UInt8] { hash([]) }

    /// The root of a tree from its complete subtrees, largest first; of the empty tree, the hash of nothing.
    package static func root(ofEdge edge: [[UInt8]]) -> [UInt8] {
        guard var root = edge.last else { return ofNothing }
        for hash in edge.dropLast().reversed() { root = node(hash, root) }
        return root
    }

    /// The root over neighbouring subtrees of one height, left to right; their number is a power of two.
    /// Nil for any other number.
    package static func root(ofComplete hashes: [[UInt8]]) -> [UInt8]? {
        guard hashes.count.nonzeroBitCount == 1 else { return nil }
        var row = hashes
        while row.count > 1 {
            row = stride(from: 0, to: row.count, by: 2).map { node(row[$0], row[$0 + 1]) }
        }
        return row.first
    }

    private static func hash(_ bytes: [UInt8]) -> [UInt8] { [UInt8](SHA256.hash(data: bytes)) }
}
