import Notation
import Testing

@testable import Proofs

struct LogKeyTests {
    private typealias Known = SignedNoteTests.Known

    @Test(arguments: [Known.peter, Known.enoch, Known.sumdb, Known.foo])
    func `LOG-FORMAT: verification keys of others are read and written as they were`(text: String) throws {
        let key = try LogVerificationKey(parsing: text)
        #expect(key.description == text)
        #expect(try LogVerificationKey(name: key.name, publicKey: key.publicKey) == key)
    }

    @Test(arguments: [
        "", "+", "++", "PeterNeumann", "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpcAQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
    ])
    func `LOG-FORMAT: what is not a verification key is refused`(text: String) {
        #expect(throws: LogFlaw.malformedKey) { try LogVerificationKey(parsing: text) }
    }

    @Test(arguments: [
        (" PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", LogFlaw.badName),
        ("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .badName),
        ("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10Q=", .badKey),
    ])
    func `LOG-FORMAT: a verification key without a name or a whole key is refused`(
        text: String, flaw: LogFlaw
    ) {
        #expect(throws: flaw) { try LogVerificationKey(parsing: text) }
    }

    @Test(arguments: [
        ("a", true), ("godkend.example/log", true), ("lægemiddel", true), ("", false), ("a b", false),
        ("a+b", false), ("a\u{2003}b", false), ("a\nb", false), ("a\u{7F}b", false), ("a\u{85}b", false),
    ])
    func `LOG-FORMAT: a log's name has no spaces, plus signs or control characters`(
        name: String, isName: Bool
    ) {
        let key = [UInt8](repeating: 9, count: 32)
        #expect(SignedNote.isName(name) == isName)
        #expect(
            flaw { () throws(LogFlaw) in _ = try LogKey(raw: key, name: name) } == (isName ? nil : .badName))
    }

    @Test(arguments: [(255, true), (256, false)])
    func `LOG-FORMAT: a log's name has 255 bytes at most`(count: Int, isName: Bool) {
        #expect(SignedNote.isName(String(repeating: "a", count: count)) == isName)
        #expect(SignedNote.isName(String(repeating: "å", count: count / 2) + "a") == isName)
    }

    /// Coordinates of small order and ones not below the prime, each with both signs; one below it is taken.
    @Test(arguments: [
        ("00" + String(repeating: "00", count: 31), false),
        ("01" + String(repeating: "00", count: 31), false),
        ("01" + String(repeating: "00", count: 30) + "80", false),
        ("ec" + String(repeating: "ff", count: 30) + "7f", false),
        ("ed" + String(repeating: "ff", count: 30) + "7f", false),
        ("ee" + String(repeating: "ff", count: 30) + "ff", false),
        ("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", false),
        ("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", false),
        ("1a5cd907143c384c41e830c5bce12aa8817ec5649aaabf2c31388b35b2d744d6", true),
        ("eb" + String(repeating: "ff", count: 30) + "7f", true), ("00", false), ("", false),
    ])
    func `LOG-FORMAT: a key under which anybody can sign is refused`(key: String, isGood: Bool) throws {
        let bytes = try #require(Hex.decode(key))
        let found = flaw { () throws(LogFlaw) in _ = try LogVerificationKey(name: "a", publicKey: bytes) }
        #expect(found == (isGood ? nil : .badKey))
    }

    @Test func `LOG-FORMAT: a key comes back from its 32 bytes, and prints as a mask`() throws {
        let key = try LogKey(name: ExampleLog.name)
        let again = try LogKey(raw: key.raw, name: ExampleLog.name)
        #expect(key.raw.count == 32 && again.verificationKey == key.verificationKey)
        #expect(again.name == ExampleLog.name)
        #expect("\(key)" == "[log key]" && String(reflecting: key) == "[log key]")
        #expect(try LogKey(name: ExampleLog.name).raw != key.raw)
        #expect(throws: LogFlaw.badKey) { try LogKey(raw: [UInt8](key.raw.dropLast()), name: "a") }
    }
}
