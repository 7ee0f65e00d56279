import Notation
import Testing

@testable import Proofs

struct TlogProofTests {
    @Test(arguments: [(0, 1), (0, 2), (4, 5), (6, 13), (12, 13)])
    func `LOG-FORMAT: a proof is written, read and verified with the entry and the key alone`(
        index: Int, size: Int
    ) throws {
        let log = try ExampleLog(size: size)
        let proof = try log.proof(of: index, at: size)
        let hashes = log.tree.path(index, 0..<size).map { Base64.encode($0) + "\n" }.joined()
        let checkpoint = try log.checkpoint(at: size)
        #expect(proof.text == "c2sp.org/tlog-proof@v1\nindex \(index)\n\(hashes)\n\(checkpoint.text)")
        let read = try TlogProof(parsing: proof.text)
        #expect(read == proof)
        #expect(try read.verify(leaf: log.tree.leaves[index], key: log.key.verificationKey) == checkpoint)
    }

    @Test func `LOG-FORMAT: what is added to a proof comes back, and is not part of what is proved`() throws {
        let log = try ExampleLog(size: 3)
        let proof = try log.proof(of: 1, at: 3, extra: [1, 2, 3])
        #expect(proof.text.hasPrefix("c2sp.org/tlog-proof@v1\nextra AQID\nindex 1\n"))
        #expect(try TlogProof(parsing: proof.text) == proof)
        let other = try TlogProof(parsing: proof.text.replacing("AQID", with: "AQIE"))
        #expect(other.extra == [1, 2, 4])
        try other.verify(leaf: log.tree.leaves[1], key: log.key.verificationKey)
        #expect(try log.proof(of: 1, at: 3, extra: []).extra == nil)
    }

    @Test func `LOG-TAMPER: a proof with any bit flipped is refused`() throws {
        let log = try ExampleLog(size: 5)
        let text = try log.proof(of: 2, at: 5).text
        for bent in flipped(text) {
            #expect(throws: LogFlaw.self, "\(bent)") {
                try TlogProof(parsing: bent).verify(leaf: log.tree.leaves[2], key: log.key.verificationKey)
            }
        }
    }

    @Test func `LOG-TAMPER: a proof of another entry, of another log or by another key is refused`() throws {
        let (log, other) = (try ExampleLog(size: 5), try ExampleLog(size: 5, keyByte: 2))
        let proof = try log.proof(of: 2, at: 5)
        let key = log.key.verificationKey
        #expect(throws: LogFlaw.notIncluded) { try proof.verify(leaf: log.tree.leaves[3], key: key) }
        #expect(throws: LogFlaw.notIncluded) { try proof.verify(leaf: [], key: key) }
        #expect(throws: LogFlaw.notSigned) {
            try proof.verify(leaf: log.tree.leaves[2], key: other.key.verificationKey)
        }
        let elsewhere = TlogProof(index: 3, hashes: proof.hashes, checkpoint: try log.checkpoint(at: 5))
        #expect(throws: LogFlaw.notIncluded) { try elsewhere.verify(leaf: log.tree.leaves[2], key: key) }
        let earlier = TlogProof(index: 2, hashes: proof.hashes, checkpoint: try log.checkpoint(at: 4))
        #expect(throws: LogFlaw.notIncluded) { try earlier.verify(leaf: log.tree.leaves[2], key: key) }
    }

    @Test(arguments: [
        ("@v1", "@v2"), ("c2sp", "\nc2sp"), ("index 2", "index 02"), ("index 2", "index -1"),
        ("index 2", "index"), ("index 2", "Index 2"), ("index 2\n", ""), ("index 2", "index 2 "),
        ("index 2", "extra \nindex 2"), ("index 2", "extra AQI\nindex 2"),
        ("index 2", "extra AQ==\nextra AQ==\nindex 2"), ("index 2", "index 2\nextra AQ=="),
        ("index 2", "index 2\nAQ=="), ("index 2", "index 2\n!"), ("index 2", "index 2\r"),
    ])
    func `LOG-FORMAT: what is not a proof is refused`(old: String, new: String) throws {
        let text = try ExampleLog(size: 5).proof(of: 2, at: 5).text
        #expect(text.contains(old))
        #expect(throws: LogFlaw.malformedProof) { try TlogProof(parsing: text.replacing(old, with: new)) }
    }

    @Test func `LOG-FORMAT: a path has 63 hashes at most, and a checkpoint below it`() throws {
        let plain = try ExampleLog(size: 1).proof(of: 0, at: 1).text
        let hash = Base64.encode(MerkleHash.ofNothing) + "\n"
        func text(_ count: Int) -> String {
            plain.replacing("index 0\n", with: "index 0\n" + String(repeating: hash, count: count))
        }
        #expect(try TlogProof(parsing: text(63)).hashes.count == 63)
        #expect(throws: LogFlaw.malformedProof) { try TlogProof(parsing: text(64)) }
        let short = "c2sp.org/tlog-proof@v1\nindex 0\n"
        #expect(throws: LogFlaw.malformedProof) { try TlogProof(parsing: short) }
        #expect(throws: LogFlaw.malformedNote) { try TlogProof(parsing: short + "\n") }
    }
}
