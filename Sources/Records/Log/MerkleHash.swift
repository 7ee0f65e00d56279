import Crypto

/// The hashes of RFC 6962 section 2.1: leaves and inner nodes are told apart by their first byte.
package enum MerkleHash {
    package static func leaf(_ bytes: [UInt8]) -> [UInt8] { hash([0x00] + bytes) }

    package static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] { hash([0x01] + left + right) }

    /// The root of a tree from its complete subtrees, largest first; of the empty tree, the hash of nothing.
    package static func root(ofEdge edge: [[UInt8]]) -> [UInt8] {
        guard var root = edge.last else { return hash([]) }
        for hash in edge.dropLast().reversed() { root = node(hash, root) }
        return root
    }

    private static func hash(_ bytes: [UInt8]) -> [UInt8] { [UInt8](SHA256.hash(data: bytes)) }
}
