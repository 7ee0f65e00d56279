import Notation
import Testing

@testable import Proofs

struct CheckpointTests {
    /// The example of C2SP tlog-checkpoint.
    private static let known =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

    @Test func `LOG-FORMAT: the checkpoint of the specification is read and written as it was`() throws {
        let checkpoint = try Checkpoint(parsing: Self.known)
        #expect(checkpoint.origin == "example.com/behind-the-sofa" && checkpoint.size == 20_852_163)
        #expect(checkpoint.root.starts(with: [0x0A, 0xC5, 0x18]) && checkpoint.extensions == [])
        #expect(checkpoint.body == Self.known)
        let extended = try Checkpoint(parsing: Self.known + "one\ntwo words\n")
        #expect(extended.extensions == ["one", "two words"])
        #expect(extended.body == Self.known + "one\ntwo words\n")
    }

    @Test(arguments: [
        ("", "a"), ("20852163", "020852163"), ("20852163", "+1"), ("20852163", "-1"), ("20852163", ""),
        ("20852163", "1 "), ("20852163", "9223372036854775808"), ("20852163", "٣"), ("q2I=", "q2J="),
        ("q2I=", "q2I"), ("q2I=", "q2I=="), ("CsUY", ""), ("example.com/", "example com/"),
        ("example.com/behind-the-sofa", ""), ("\n2", "\n\n2"), ("q2I=\n", "q2I="), ("q2I=\n", "q2I=\n\n"),
        ("q2I=\n", "q2I=\na\n\nb\n"),
    ])
    func `LOG-FORMAT: what is not a checkpoint is refused`(old: String, new: String) {
        let body = old.isEmpty ? new : Self.known.replacing(old, with: new)
        #expect(throws: LogFlaw.malformedCheckpoint) { try Checkpoint(parsing: body) }
    }

    @Test func `LOG-FORMAT: a checkpoint that cannot be written is not made`() throws {
        let root = MerkleHash.ofNothing
        #expect(
            try Checkpoint(origin: "a", size: 0, root: root).body == "a\n0\n" + Base64.encode(root) + "\n")
        let largest = try Checkpoint(origin: "a", size: .max, root: root)
        #expect(try Checkpoint(parsing: largest.body) == largest)
        #expect(throws: LogFlaw.badName) { try Checkpoint(origin: "a b", size: 0, root: root) }
        #expect(throws: LogFlaw.malformedCheckpoint) { try Checkpoint(origin: "a", size: -1, root: root) }
        #expect(throws: LogFlaw.malformedCheckpoint) { try Checkpoint(origin: "a", size: 0, root: [1]) }
    }

    @Test func `LOG-FORMAT: a signed checkpoint is opened with the log's key and no other`() throws {
        let log = try ExampleLog(size: 5)
        let signed = try log.checkpoint(at: 5)
        #expect(try SignedCheckpoint(opening: signed.text, with: log.key.verificationKey) == signed)
        #expect(signed.size == 5 && signed.root == log.tree.root(0..<5))
        let other = try ExampleLog(size: 5, keyByte: 2).key.verificationKey
        #expect(throws: LogFlaw.notSigned) { try SignedCheckpoint(opening: signed.text, with: other) }
        let renamed = try ExampleLog(size: 5, name: "godkend.example/other").key.verificationKey
        #expect(throws: LogFlaw.notSigned) { try SignedCheckpoint(opening: signed.text, with: renamed) }
    }

    @Test func `LOG-FORMAT: a key signs checkpoints of its own log only`() throws {
        let key = try ExampleLog(size: 0).key
        let foreign = try Checkpoint(origin: "godkend.example/other", size: 0, root: MerkleHash.ofNothing)
        #expect(throws: LogFlaw.wrongOrigin) { try key.sign(foreign) }
        let note = try key.sign("hello\n")
        #expect(throws: LogFlaw.malformedCheckpoint) {
            try SignedCheckpoint(opening: note, with: key.verificationKey)
        }
    }

    @Test func `LOG-FORMAT: the signatures of witnesses stay below the checkpoint`() throws {
        let log = try ExampleLog(size: 3)
        let text = try log.checkpoint(at: 3).text + "— witness.example AAAAAAE=\n"
        let signed = try SignedCheckpoint(opening: text, with: log.key.verificationKey)
        #expect(signed.text == text && signed.note.signatures.count == 2)
    }

    @Test func `LOG-TAMPER: a checkpoint with any bit flipped is refused`() throws {
        let log = try ExampleLog(size: 3)
        for text in flipped(try log.checkpoint(at: 3).text) {
            #expect(throws: LogFlaw.self, "\(text)") {
                try SignedCheckpoint(opening: text, with: log.key.verificationKey)
            }
        }
    }
}
