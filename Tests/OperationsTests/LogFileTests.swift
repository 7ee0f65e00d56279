import Operations
import Proofs
import TestKit
import Testing
import Vocabulary

/// What is read of `checkpoints.log` at a start.
@Suite struct LogFileTests {
    private let folder: TemporaryFolder
    private let store: KeptCheckpoints
    private let key: LogKey

    init() throws {
        folder = try TemporaryFolder()
        store = KeptCheckpoints(in: folder)
        key = try LogKey(raw: Array(repeating: 3, count: 32), name: "log.example")
    }

    private func note(_ size: Int64) throws -> [UInt8] {
        let checkpoint = try Checkpoint(
            origin: key.name, size: size, root: Digest.sha256("root \(size)".utf8))
        return Array(try key.sign(checkpoint).text.utf8)
    }

    private func last() throws -> SignedCheckpoint? {
        try LastCheckpoint.read(from: store, key: key.verificationKey)
    }

    @Test func `LOG-ATOMIC: wherever a write was torn, the last whole checkpoint counts and the rest goes`()
        throws
    {
        let (first, second) = (try note(7), try note(9))
        for cut in 0..<second.count {
            try store.set(first + second.prefix(cut))
            #expect(try last()?.size == 7, "\(cut) bytes")
            #expect(store.bytes == first, "\(cut) bytes")
        }
        try store.set(first + second)
        #expect(try last()?.size == 9)
        for cut in 0..<first.count {
            try store.set(Array(first.prefix(cut)))
            #expect(try last() == nil)
            #expect(store.bytes.isEmpty)
        }
    }

    @Test(arguments: [1, 2, 300, 1_000])
    func `LOG-ATOMIC: of a long file only the end is read`(count: Int64) throws {
        let notes = try (0..<count).map(note)
        let all = Array(notes.joined())
        try store.set(all)
        #expect(try last()?.size == count - 1)
        // The end may begin at any byte of a note.
        guard all.count > 70_000 else { return }
        for more in stride(from: 1, through: notes[0].count, by: 7) {
            try store.set(all + (notes.last ?? []).prefix(more))
            #expect(try last()?.size == count - 1)
        }
    }

    @Test func `LOG-TAMPER: a flipped bit of the last checkpoint is seen`() throws {
        let (first, second) = (try note(7), try note(9))
        for index in second.indices {
            var forged = second
            forged[index] ^= 1
            try store.set(first + forged)
            let size: Int64?
            do {
                size = try last()?.size
            } catch {
                #expect([LogRefusal.otherKey, .unreadableCheckpoints].contains(error as? LogRefusal))
                continue
            }
            // A note whose end is not found is taken for a torn one: as if it had been cut off.
            #expect(size == 7 && second[index] == UInt8(ascii: "\n"), "byte \(index)")
        }
    }

    @Test func `LOG-TAMPER: a file that is no list of checkpoints is refused`() throws {
        for bytes in ["a\n\n\u{2014} x y\n", "a\nb\n\n\u{2014} log.example AAAAAAA=\n"] {
            try store.set(Array(bytes.utf8))
            #expect(throws: LogRefusal.unreadableCheckpoints) { try last() }
        }
        try store.set(Array(repeating: 0x61, count: 70_000))
        #expect(throws: LogRefusal.unreadableCheckpoints) { try last() }
        #expect(store.bytes.count == 70_000)
    }
}
