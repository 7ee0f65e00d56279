import Notation
import Testing

@testable import Proofs

struct MerkleTamperTests {
    /// The same hashes with one changed in some way: a bit of any byte, too short, too long, left out, twice.
    private func changed(_ hashes: [[UInt8]]) -> [[[UInt8]]] {
        var all = hashes.isEmpty ? [] : [[[UInt8]](hashes.dropLast()), [[UInt8]](hashes.dropFirst())]
        all.append(hashes + [MerkleHash.leaf([7])])
        all.append([MerkleHash.leaf([7])] + hashes)
        for place in hashes.indices {
            for byte in 0..<32 {
                var bent = hashes
                bent[place][byte] ^= 0x40
                all.append(bent)
            }
            var (short, long) = (hashes, hashes)
            short[place].removeLast()
            long[place].append(0)
            all += [short, long, [[UInt8]](hashes[...place] + hashes[place...])]
        }
        return all
    }

    @Test(arguments: [1, 2, 3, 7, 8, 9, 13])
    func `LOG-FORMAT: an inclusion proof with anything changed is refused`(size: Int) throws {
        let tree = ReferenceTree(size: size)
        let root = tree.root(0..<size)
        func verifies(_ leaf: [UInt8], _ index: Int, _ root: [UInt8], _ proof: [[UInt8]]) -> Bool {
            MerkleProof.verifiesInclusion(
                leafHash: leaf, index: Int64(index), size: Int64(size), root: root, proof: proof)
        }
        for index in 0..<size {
            let proof = tree.path(index, 0..<size)
            let leaf = MerkleHash.leaf(tree.leaves[index])
            #expect(verifies(leaf, index, root, proof))
            #expect(!changed(proof).contains { verifies(leaf, index, root, $0) })
            #expect(
                !changed([leaf, root]).contains { $0.count == 2 && verifies($0[0], index, $0[1], proof) })
        }
    }

    @Test(arguments: [2, 3, 7, 8, 9, 13])
    func `LOG-FORMAT: a consistency proof with anything changed is refused`(new: Int) throws {
        let tree = ReferenceTree(size: new)
        let newRoot = tree.root(0..<new)
        func verifies(_ old: Int, _ oldRoot: [UInt8], _ newRoot: [UInt8], _ proof: [[UInt8]]) -> Bool {
            MerkleProof.verifiesConsistency(
                oldSize: Int64(old), oldRoot: oldRoot, newSize: Int64(new), newRoot: newRoot, proof: proof)
        }
        for old in 1...new {
            let proof = tree.subproof(old, 0..<new)
            let oldRoot = tree.root(0..<old)
            #expect(verifies(old, oldRoot, newRoot, proof))
            #expect(!changed(proof).contains { verifies(old, oldRoot, newRoot, $0) })
            #expect(
                !changed([oldRoot, newRoot]).contains { $0.count == 2 && verifies(old, $0[0], $0[1], proof) })
        }
    }

    @Test func `LOG-FORMAT: the empty tree is the beginning of each tree, a larger one of none`() {
        let (nothing, one) = (MerkleHash.ofNothing, MerkleHash.leaf([]))
        func verifies(_ old: Int64, _ oldRoot: [UInt8], _ new: Int64, _ newRoot: [UInt8]) -> Bool {
            MerkleProof.verifiesConsistency(
                oldSize: old, oldRoot: oldRoot, newSize: new, newRoot: newRoot, proof: [])
        }
        #expect(verifies(0, nothing, 0, nothing))
        #expect(verifies(0, nothing, 1, one))
        #expect(verifies(1, one, 1, one))
        #expect(!verifies(0, one, 1, one))
        #expect(!verifies(0, one, 0, one))
        #expect(!verifies(0, nothing, 0, one))
        #expect(!verifies(1, one, 0, nothing))
        #expect(!verifies(1, one, 2, one))
        #expect(!verifies(-1, nothing, 1, one))
    }
}
