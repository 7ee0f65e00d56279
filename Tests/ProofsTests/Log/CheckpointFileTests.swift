import Notation
import Testing

@testable import Proofs

struct CheckpointFileTests {
    private func bytes(_ texts: [String]) -> [UInt8] { [UInt8](texts.joined().utf8) }

    private func texts(_ log: ExampleLog, _ sizes: [Int]) throws -> [String] {
        try sizes.map { try log.checkpoint(at: $0).text }
    }

    @Test func `LOG-FORMAT: checkpoints kept one after another are read and opened`() throws {
        let log = try ExampleLog(size: 9)
        var texts = try texts(log, [0, 1, 5, 9])
        texts[1] += "— witness.example AAAAAAE=\n— witness.example AAAAAAI=\n"
        let file = try CheckpointFile(parsing: bytes(texts))
        #expect(file.entries.map(\.note.written) == texts)
        #expect(file.entries.map(\.number) == [1, 2, 3, 4])
        #expect(file.entries.map(\.unverified.size) == [0, 1, 5, 9])
        #expect(file.entries.map(\.bytes.count) == texts.map(\.utf8.count))
        #expect(!file.isTorn && file.wholeLength == bytes(texts).count)
        #expect(try file.open(with: log.key.verificationKey).map(\.text) == texts)
    }

    @Test func `LOG-FORMAT: an empty file has no checkpoints and is not torn`() throws {
        let file = try CheckpointFile(parsing: [])
        #expect(file.entries.isEmpty && file.wholeLength == 0 && !file.isTorn)
    }

    @Test func `LOG-ATOMIC: a file cut anywhere keeps its whole notes, and says where they end`() throws {
        let texts = try texts(ExampleLog(size: 5), [1, 5])
        let (whole, first) = (bytes(texts), texts[0].utf8.count)
        for length in 0...whole.count {
            let file = try CheckpointFile(parsing: [UInt8](whole[..<length]))
            let count = length == whole.count ? 2 : length >= first ? 1 : 0
            #expect(file.entries.map(\.note.written) == [String](texts[..<count]))
            #expect(file.wholeLength == [0, first, whole.count][count])
            #expect(file.isTorn == ![0, first, whole.count].contains(length))
        }
    }

    @Test func `LOG-ATOMIC: zeros that a crash left at the end are torn`() throws {
        let texts = try texts(ExampleLog(size: 1), [1])
        let file = try CheckpointFile(parsing: bytes(texts) + [UInt8](repeating: 0, count: 4096))
        #expect(file.entries.count == 1 && file.isTorn && file.wholeLength == bytes(texts).count)
    }

    @Test(arguments: [
        ("\n5\n", "\n05\n", LogFlaw.malformedCheckpoint), ("— ", "- ", .malformedNote),
        ("log ", "log  ", .malformedNote), ("godkend.example/log\n5", "\n5", .malformedNote),
    ])
    func `LOG-TAMPER: a note that is not torn but wrong is named by its number`(
        old: String, new: String, flaw: LogFlaw
    ) throws {
        let texts = try texts(ExampleLog(size: 9), [1, 5, 9])
        let bent = [texts[0], texts[1].replacing(old, with: new), texts[2]]
        #expect(bent != texts)
        #expect(throws: LogFlaw.atNote(2, flaw)) { try CheckpointFile(parsing: bytes(bent)) }
        // At the end of the file too: only what is not whole is torn.
        #expect(throws: LogFlaw.atNote(2, flaw)) {
            try CheckpointFile(parsing: bytes([String](bent.dropLast())))
        }
    }

    @Test func `LOG-TAMPER: a checkpoint by another key is named by its number`() throws {
        let (log, other) = (try ExampleLog(size: 5), try ExampleLog(size: 5, keyByte: 2))
        let texts = try texts(log, [1, 3]) + texts(other, [5])
        let file = try CheckpointFile(parsing: bytes(texts))
        #expect(throws: LogFlaw.atNote(3, .notSigned)) { try file.open(with: log.key.verificationKey) }
        let bent = [texts[0].replacing("\n1\n", with: "\n2\n"), texts[1]]
        let rewritten = try CheckpointFile(parsing: bytes(bent))
        #expect(throws: LogFlaw.atNote(1, .badSignature)) {
            try rewritten.open(with: log.key.verificationKey)
        }
    }
}
