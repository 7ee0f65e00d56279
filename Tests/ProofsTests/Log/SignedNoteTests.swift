import Notation
import Testing

@testable import Proofs

struct SignedNoteTests {
    /// Keys and notes of golang.org/x/mod/sumdb/note (note.go and note_test.go, BSD 3-clause), of the example
    /// of C2SP signed-note, and the verification key of the Go checksum database.
    enum Known {
        static let peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        static let peterSecret = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
        static let enoch = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
        static let sumdb = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
        static let foo = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        static let text =
            "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n"
        static let peterLine =
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6Ryy"
            + "BwJnAM=\n"
        static let enochLine =
            "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc"
            + "+QQ=\n"
        static let fooNote =
            "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Z"
            + "tg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
        static let note = text + "\n" + peterLine
    }

    @Test(arguments: [
        (Known.peter, Known.note), (Known.foo, Known.fooNote),
        (Known.peter, Known.note + Known.enochLine), (Known.enoch, Known.note + Known.enochLine),
    ])
    func `LOG-FORMAT: a note that others signed is read, verified and written as it was`(
        key: String, text: String
    ) throws {
        let note = try SignedNote(parsing: text)
        #expect(note.written == text)
        #expect(try LogVerificationKey(parsing: key).verifies(note))
    }

    @Test func `LOG-FORMAT: we sign a note as others do`() throws {
        let secret = try #require(Base64.decode(Known.peterSecret))
        let key = try LogKey(raw: [UInt8](secret.dropFirst()), name: "PeterNeumann")
        #expect(key.verificationKey.description == Known.peter)
        let note = try key.sign(Known.text)
        #expect(key.verificationKey.verifies(note))
        #if os(Linux)
        // Elsewhere the system's signatures differ from time to time, as RFC 8032 allows a signer.
        #expect(note.written == Known.note)
        #endif
    }

    @Test func `LOG-FORMAT: a signature counts for its own text and key alone`() throws {
        let peter = try LogVerificationKey(parsing: Known.peter)
        func verifies(_ text: String) throws -> Bool { peter.verifies(try SignedNote(parsing: text)) }
        #expect(try !verifies(Known.text + "\n" + Known.enochLine))
        #expect(try !verifies(Known.text.replacing("your", with: "their") + "\n" + Known.peterLine))
        #expect(try !verifies(Known.text + "more\n\n" + Known.peterLine))
        #expect(try !verifies(Known.note + Known.peterLine))
        // Under the same name a foreign key ID is passed over, and the other way round.
        let foreign = "— PeterNeumann AAAAAAA=\n"
        #expect(try verifies(Known.note + foreign))
        #expect(try verifies(Known.note + Known.peterLine.replacing("Peter", with: "Petra")))
        #expect(try !verifies(Known.text + "\n" + foreign))
    }

    @Test func `LOG-FORMAT: a note with any bit flipped is refused`() throws {
        let peter = try LogVerificationKey(parsing: Known.peter)
        for text in flipped(Known.note) {
            let note = try? SignedNote(parsing: text)
            #expect(note.map(peter.verifies) != true, "\(text)")
        }
    }

    @Test(arguments: [
        "", "\n", "a\n", "a\n\n", "a", "a\n\n— b AAAAAAE=", "a\n— b AAAAAAE=\n", "a\n\n— b AAAAAAE=\n\n",
        "a\n\n- b AAAAAAE=\n", "a\n\n—b AAAAAAE=\n", "a\n\n— b  AAAAAAE=\n", "a\n\n—  AAAAAAE=\n",
        "a\n\n— b AAAAAAE= \n", "a\n\n— b AAAAAAE\n", "a\n\n— b AAAAAAF=\n", "a\n\n— b AAAAAA==\n",
        "a\n\n— b \n", "a\n\n— b+c AAAAAAE=\n", "a\n\n— b\u{00A0}c AAAAAAE=\n", "a\r\n\n— b AAAAAAE=\n",
        "a\u{0}\n\n— b AAAAAAE=\n", "a\tb\n\n— b AAAAAAE=\n", "a\n\n— b AAAAAAE=\nc\n",
    ])
    func `LOG-FORMAT: what is not a note is refused`(text: String) {
        #expect(throws: LogFlaw.malformedNote) { try SignedNote(parsing: text) }
    }

    @Test func `LOG-FORMAT: the last empty line divides, and bytes must be UTF-8`() throws {
        let note = try SignedNote(parsing: "a\n\nb\n\n— c AAAAAAE=\n")
        #expect(note.text == "a\n\nb\n")
        #expect(note.signatures == [.init(name: "c", keyID: [0, 0, 0, 0], signature: [1])])
        #expect(throws: LogFlaw.malformedNote) {
            try SignedNote(parsing: [0xC3] + [UInt8]("\n\n— c AAAAAAE=\n".utf8))
        }
    }

    @Test func `LOG-FORMAT: a note has a hundred signatures at most`() throws {
        func note(_ count: Int) -> String { "a\n\n" + String(repeating: "— c AAAAAAE=\n", count: count) }
        #expect(try SignedNote(parsing: note(100)).signatures.count == 100)
        #expect(throws: LogFlaw.malformedNote) { try SignedNote(parsing: note(101)) }
    }

    @Test(arguments: ["a", "a\rb\n", "a\tb\n", ""])
    func `LOG-FORMAT: a text that no note can have is not signed`(text: String) throws {
        let key = try ExampleLog(size: 0).key
        #expect(throws: LogFlaw.malformedNote) { try key.sign(text) }
    }
}
