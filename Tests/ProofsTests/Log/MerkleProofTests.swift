import Notation
import Testing

@testable import Proofs

struct MerkleProofTests {
    /// The leaves, roots and proofs of the reference tree of certificate-transparency
    /// (github.com/google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc, Apache 2.0).
    private static let leaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    private static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    /// The nodes that the published proofs name, by what they are made of.
    private enum Node {
        static let zero = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        static let one = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
        static let four = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
        static let six = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
        static let zeroOne = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
        static let twoThree = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
        static let fourFive = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
        static let sixSeven = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
        static let zeroToThree = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
        static let fourToSeven = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
    }

    private static func tree() throws -> ReferenceTree {
        ReferenceTree(try leaves.map { try #require(Hex.decode($0)) })
    }

    @Test(arguments: 0...8)
    func `LOG-FORMAT: the known roots of RFC 6962 are folded from complete subtrees`(size: Int) throws {
        let tree = try Self.tree()
        let root = try MerkleProof.root(size: Int64(size)) { try tree.node($0, within: size) }
        #expect(Hex.encode(root) == Self.roots[size])
    }

    @Test(arguments: [
        (0, 1, []), (0, 8, [Node.one, Node.twoThree, Node.fourToSeven]),
        (5, 8, [Node.four, Node.sixSeven, Node.zeroToThree]), (2, 3, [Node.zeroOne]),
        (1, 5, [Node.zero, Node.twoThree, Node.four]),
    ])
    func `LOG-FORMAT: the known inclusion proofs of RFC 6962 are made and verified`(
        index: Int, size: Int, known: [String]
    ) throws {
        let tree = try Self.tree()
        let proof = try MerkleProof.inclusion(of: Int64(index), size: Int64(size)) {
            try tree.node($0, within: size)
        }
        #expect(proof.map { Hex.encode($0) } == known)
        #expect(
            MerkleProof.verifiesInclusion(
                leafHash: MerkleHash.leaf(tree.leaves[index]), index: Int64(index), size: Int64(size),
                root: try #require(Hex.decode(Self.roots[size])), proof: proof))
    }

    @Test(arguments: [
        (1, 1, []), (1, 8, [Node.one, Node.twoThree, Node.fourToSeven]),
        (6, 8, [Node.fourFive, Node.sixSeven, Node.zeroToThree]), (2, 5, [Node.twoThree, Node.four]),
        (6, 7, [Node.fourFive, Node.six, Node.zeroToThree]),
    ])
    func `LOG-FORMAT: the known consistency proofs of RFC 6962 are made and verified`(
        old: Int, new: Int, known: [String]
    ) throws {
        let tree = try Self.tree()
        let proof = try MerkleProof.consistency(from: Int64(old), to: Int64(new)) {
            try tree.node($0, within: new)
        }
        #expect(proof.map { Hex.encode($0) } == known)
        #expect(
            MerkleProof.verifiesConsistency(
                oldSize: Int64(old), oldRoot: try #require(Hex.decode(Self.roots[old])),
                newSize: Int64(new), newRoot: try #require(Hex.decode(Self.roots[new])), proof: proof))
    }

    @Test(arguments: 0...70)
    func
        `LOG-FORMAT: every inclusion proof of a small tree is that of the recursion, and for no other leaf`(
            size: Int
        ) throws
    {
        let tree = ReferenceTree(size: size)
        let root = tree.root(0..<size)
        #expect(try MerkleProof.root(size: Int64(size)) { try tree.node($0, within: size) } == root)
        for index in 0..<size {
            let proof = try MerkleProof.inclusion(of: Int64(index), size: Int64(size)) {
                try tree.node($0, within: size)
            }
            #expect(proof == tree.path(index, 0..<size))
            let leaf = MerkleHash.leaf(tree.leaves[index])
            let places = (-1...size).filter {
                MerkleProof.verifiesInclusion(
                    leafHash: leaf, index: Int64($0), size: Int64(size), root: root, proof: proof)
            }
            #expect(places == [index])
        }
    }

    @Test(arguments: 0...70)
    func `LOG-FORMAT: every consistency proof of a small tree is that of the recursion`(new: Int) throws {
        let tree = ReferenceTree(size: new)
        let newRoot = tree.root(0..<new)
        for old in 0...new {
            let proof = try MerkleProof.consistency(from: Int64(old), to: Int64(new)) {
                try tree.node($0, within: new)
            }
            #expect(proof == (old == 0 ? [] : tree.subproof(old, 0..<new)))
            func verifies(_ oldRoot: [UInt8]) -> Bool {
                MerkleProof.verifiesConsistency(
                    oldSize: Int64(old), oldRoot: oldRoot, newSize: Int64(new), newRoot: newRoot, proof: proof
                )
            }
            #expect(verifies(tree.root(0..<old)))
            #expect(!verifies(MerkleHash.leaf([9])))
        }
    }

    @Test func `LOG-FORMAT: a complete subtree is folded from the hashes of tiles`() throws {
        let tree = ReferenceTree(size: 1024)
        for level in 0...10 {
            let address = NodeAddress(level: level, index: Int64(1024 >> level) - 1)
            let (tileLevel, positions) = address.tileHashes
            let width = Int64(1) << Int64(8 * tileLevel)
            #expect(positions.count <= 128 && positions.lowerBound / 256 == (positions.upperBound - 1) / 256)
            let hashes = try positions.map {
                try tree.node(NodeAddress(level: 8 * tileLevel, index: $0), within: 1024)
            }
            #expect(positions.lowerBound * width == address.leaves.lowerBound)
            #expect(MerkleHash.root(ofComplete: hashes) == (try tree.node(address, within: 1024)))
        }
        let hash = MerkleHash.leaf([])
        #expect(MerkleHash.root(ofComplete: []) == nil)
        #expect(MerkleHash.root(ofComplete: [hash, hash, hash]) == nil)
    }

    @Test func `LOG-FORMAT: what the store throws comes out, and questions outside the tree are refused`() {
        struct Gone: Error {}
        func node(_ address: NodeAddress) throws -> [UInt8] { throw Gone() }
        #expect(throws: Gone.self) { try MerkleProof.root(size: 1, nodes: node) }
        #expect(throws: Gone.self) { try MerkleProof.inclusion(of: 0, size: 2, nodes: node) }
        #expect(throws: Gone.self) { try MerkleProof.consistency(from: 1, to: 2, nodes: node) }
        #expect(throws: LogFlaw.outOfRange) { try MerkleProof.root(size: -1, nodes: node) }
        for (index, size) in [(-1, 2), (2, 2), (0, 0), (0, -1)] as [(Int64, Int64)] {
            #expect(throws: LogFlaw.outOfRange) {
                try MerkleProof.inclusion(of: index, size: size, nodes: node)
            }
        }
        for (old, new) in [(-1, 2), (3, 2), (0, -1)] as [(Int64, Int64)] {
            #expect(throws: LogFlaw.outOfRange) {
                try MerkleProof.consistency(from: old, to: new, nodes: node)
            }
        }
    }
}
