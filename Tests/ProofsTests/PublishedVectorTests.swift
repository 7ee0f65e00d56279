import Notation
import Testing
import Vocabulary

@testable import Proofs

/// Vectors printed in the RFCs that the code follows.
struct PublishedVectorTests {
    /// RFC 4226 appendix D, secret "12345678901234567890".
    static let hotp: [(UInt64, String)] = [
        (0, "755224"), (1, "287082"), (2, "359152"), (3, "969429"), (4, "338314"), (5, "254676"),
        (6, "287922"),
        (7, "162583"), (8, "399871"), (9, "520489"),
    ]

    @Test(arguments: hotp)
    func `SCA-07: HOTP gives the codes of RFC 4226`(counter: UInt64, code: String) {
        #expect(OneTimeCode.hotp(secret: seed(20), counter: counter) == code)
    }

    /// RFC 6238 appendix B, seeds as in its reference code.
    static let totp: [(Int64, String, String, String)] = [
        (59, "94287082", "46119246", "90693936"),
        (1_111_111_109, "07081804", "68084774", "25091201"),
        (1_111_111_111, "14050471", "67062674", "99943326"),
        (1_234_567_890, "89005924", "91819424", "93441116"),
        (2_000_000_000, "69279037", "90698825", "38618901"),
        (20_000_000_000, "65353130", "77737706", "47863826"),
    ]

    @Test(arguments: totp)
    func `SCA-07: TOTP gives the codes of RFC 6238`(
        seconds: Int64, sha1: String, sha256: String, sha512: String
    ) {
        let now = Instant(milliseconds: seconds * 1_000)
        #expect(OneTimeCode.totp(secret: seed(20), at: now, digits: 8) == sha1)
        #expect(OneTimeCode.totp(secret: seed(32), at: now, digits: 8, algorithm: .sha256) == sha256)
        #expect(OneTimeCode.totp(secret: seed(64), at: now, digits: 8, algorithm: .sha512) == sha512)
        #expect(OneTimeCode.totp(secret: seed(20), at: now) == String(sha1.suffix(6)))
    }

    private func seed(_ length: Int) -> [UInt8] {
        (0..<length).map { UInt8(ascii: "0") + UInt8(($0 + 1) % 10) }
    }

    /// RFC 7515 appendix A.3.1.
    static let joseKey: JSON = [
        "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    ]
    static let joseInput =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
        + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    static let joseSignature =
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"

    @Test func `SCA-02: the signature of RFC 7515 A.3 is accepted and has no kind of ours`() throws {
        let key = try DeviceKey(jwk: Self.joseKey)
        let signature = try #require(Base64URL.decode(Self.joseSignature))
        #expect(key.accepts(signature: signature, over: Array(Self.joseInput.utf8)))
        #expect(!key.accepts(signature: signature, over: Array(Self.joseInput.utf8.dropLast())))
        for type in SignedObjectType.allCases {
            #expect(throws: ProofRefusal.wrongType) {
                try UnverifiedJWS(compact: Self.joseInput + "." + Self.joseSignature, expecting: type)
            }
        }
    }

    @Test func `SCA-30: the digest of canonical members is the thumbprint of RFC 7638 section 3.1`() throws {
        let modulus =
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJE"
            + "CPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2Q"
            + "vzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6"
            + "WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
        let members: JSON = ["n": .text(modulus), "e": "AQAB", "kty": "RSA"]
        #expect(
            Base64URL.encode(Digest.sha256(try members.canonical()))
                == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }

    @Test func `SCA-30: the thumbprint of the P-256 key of RFC 9449 is the one printed there`() throws {
        // The key of section 4.1, the `jkt` of section 6.1.
        let key = try DeviceKey(jwk: [
            "kty": "EC", "crv": "P-256", "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
            "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
        ])
        #expect(key.thumbprint == "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")
        #expect(try key.jwk.canonical() == key.jwk.written())
    }

    /// RFC 7914 section 12, the second and third vector.
    static let scrypt: [(String, String, Int, Int, Int, String)] = [
        (
            "password", "NaCl", 10, 8, 16,
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        ),
        (
            "pleaseletmein", "SodiumChloride", 14, 8, 1,
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        ),
    ]

    @Test(arguments: scrypt)
    func `SCA-33: scrypt gives the keys of RFC 7914`(
        password: String, salt: String, logN: Int, r: Int, p: Int, hex: String
    ) throws {
        let parameters = try #require(ScryptParameters(logN: logN, r: r, p: p))
        let key = try PasswordHash.derive(
            Array(password.utf8), salt: Array(salt.utf8), parameters: parameters, count: 64)
        #expect(Hex.encode(key) == hex)
    }
}
