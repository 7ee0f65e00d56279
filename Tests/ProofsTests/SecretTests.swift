import Testing
import Vocabulary

@testable import Proofs

struct PasswordHashTests {
    let salt: [UInt8] = Array(1...16)

    private func cheap() throws -> ScryptParameters {
        try #require(ScryptParameters(logN: 4, r: 1, p: 1))
    }

    @Test func `SCA-33: the right password matches after reading the stored text back and no other does`()
        throws
    {
        let hash = try PasswordHash.make("kode1234", salt: salt, parameters: cheap())
        let stored = try #require(PasswordHash(encoded: hash.encoded))
        #expect(stored == hash)
        #expect(try stored.matches("kode1234"))
        for wrong in ["kode1235", "kode123", "Kode1234", " kode1234", ""] {
            #expect(try !stored.matches(wrong))
        }
        let other = try PasswordHash.make("kode1234", salt: Array(2...17), parameters: cheap())
        #expect(other.hash != hash.hash)
    }

    @Test func `SCA-33: passwords are hashed at the cost that the requirements name`() throws {
        let hash = try PasswordHash.make("kode1234", salt: salt)
        #expect(hash.encoded.hasPrefix("$scrypt$ln=15,r=8,p=3$AQIDBAUGBwgJCgsMDQ4PEA$"))
        #expect(try hash.matches("kode1234"))
    }

    @Test func `SCA-33: one letter written in two ways is one password`() throws {
        let hash = try PasswordHash.make("ol\u{E5}ben1", salt: salt, parameters: cheap())
        #expect(try hash.matches("ola\u{30A}ben1"))
    }

    @Test func `SCA-33: an empty password and a short salt are not hashed`() throws {
        let parameters = try cheap()
        #expect(throws: ProofRefusal.malformed) {
            try PasswordHash.make("", salt: salt, parameters: parameters)
        }
        #expect(throws: ProofRefusal.malformed) {
            try PasswordHash.make("kode1234", salt: Array(1...7), parameters: parameters)
        }
        #expect(throws: Never.self) {
            try PasswordHash.make("kode1234", salt: Array(1...8), parameters: parameters)
        }
    }

    static let notStored = [
        "", "$scrypt$", "$scrypt$ln=4,r=1,p=1$AQIDBAUGBwgJCgsMDQ4PEA$AA",
        "$scrypt$ln=21,r=8,p=3$AQIDBAUGBwgJCgsMDQ4PEA$",
        "$argon2id$ln=4,r=1,p=1$AQIDBAUGBwgJCgsMDQ4PEA$AQIDBAUGBwgJCgsMDQ4PEAECAwQFBgcICQoLDA0ODxA",
        "$scrypt$ln=04,r=1,p=1$AQIDBAUGBwgJCgsMDQ4PEA$AQIDBAUGBwgJCgsMDQ4PEAECAwQFBgcICQoLDA0ODxA",
        "$scrypt$ln=4,r=1,p=17$AQIDBAUGBwgJCgsMDQ4PEA$AQIDBAUGBwgJCgsMDQ4PEAECAwQFBgcICQoLDA0ODxA",
        "$scrypt$r=1,ln=4,p=1$AQIDBAUGBwgJCgsMDQ4PEA$AQIDBAUGBwgJCgsMDQ4PEAECAwQFBgcICQoLDA0ODxA",
        "$scrypt$ln=4,r=1,p=1$AQIDBAUGBwgJCgsMDQ4PEA==$AQIDBAUGBwgJCgsMDQ4PEAECAwQFBgcICQoLDA0ODxA",
    ]

    @Test(arguments: notStored)
    func `SCA-33: a stored text that we did not write is refused`(text: String) {
        #expect(PasswordHash(encoded: text) == nil)
    }

    @Test func `SCA-33: the stored text that the refused ones vary is taken`() {
        let text = "$scrypt$ln=4,r=1,p=1$AQIDBAUGBwgJCgsMDQ4PEA$AQIDBAUGBwgJCgsMDQ4PEAECAwQFBgcICQoLDA0ODxA"
        #expect(PasswordHash(encoded: text)?.encoded == text)
    }
}

struct OneTimeCodeTests {
    let secret = Array("12345678901234567890".utf8)
    let now = Instant(milliseconds: 1_111_111_111_000)

    private func code(steps: Int) -> String {
        OneTimeCode.totp(secret: secret, at: now.adding(seconds: 30 * steps))
    }

    static let windows: [(Int, Int64?)] = [(-2, nil), (-1, -1), (0, 0), (1, 1), (2, nil)]

    @Test(arguments: windows)
    func `SCA-07: a token's code is taken one step early and one late and no further`(
        steps: Int, expected: Int64?
    ) {
        let current = OneTimeCode.step(at: now)
        let match = OneTimeCode.matchTOTP(code(steps: steps), secret: secret, at: now, notBefore: nil)
        #expect(match == expected.map { current + $0 })
    }

    @Test func `SCA-07: a token's code is taken once`() {
        let current = OneTimeCode.step(at: now)
        func match(_ code: String, after last: Int64) -> Int64? {
            OneTimeCode.matchTOTP(code, secret: secret, at: now, notBefore: last)
        }
        #expect(match(code(steps: 0), after: current - 1) == current)
        #expect(match(code(steps: 0), after: current) == nil)
        #expect(match(code(steps: -1), after: current) == nil)
        #expect(match(code(steps: 1), after: current) == current + 1)
    }

    @Test(arguments: ["", "0", "08180", "0818044", "07081804", "abcdef", "０５０４７１"])
    func `SCA-07: a code of another shape is no code`(code: String) {
        #expect(OneTimeCode.matchTOTP(code, secret: secret, at: now, notBefore: nil) == nil)
    }

    @Test func `SCA-07: a step changes on the second and before 1970 too`() {
        #expect(OneTimeCode.step(at: Instant(milliseconds: 29_999)) == 0)
        #expect(OneTimeCode.step(at: Instant(milliseconds: 30_000)) == 1)
        #expect(OneTimeCode.step(at: Instant(milliseconds: -1)) == -1)
        #expect(OneTimeCode.step(at: Instant(milliseconds: -30_000)) == -1)
        #expect(OneTimeCode.step(at: Instant(milliseconds: -30_001)) == -2)
    }
}
