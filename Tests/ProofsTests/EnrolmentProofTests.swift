import Notation
import Testing
import Vocabulary

@testable import Proofs

struct EnrolmentProofTests {
    @Test func `SCA-23: a new device proves that it holds its key`() throws {
        let key = try Example.key()
        let compact = try EnrolmentProof.sign(
            userID: "anna", activationCode: "K7QD-1", name: "Annas telefon", key: key)
        let proof = try EnrolmentProof.verify(compact)
        #expect(proof.key == key.publicKey)
        #expect(proof.userID == "anna")
        #expect(proof.activationCode.exposed() == "K7QD-1")
        #expect(proof.name == "Annas telefon")
        #expect(!"\(proof)".contains("K7QD-1"))
        #expect(!String(reflecting: proof).contains("K7QD-1"))
    }

    @Test func `SCA-23: a proof signed by another key than the one it shows is refused`() throws {
        let shown = try Example.key(2).publicKey.jwk
        let payload: JSON = ["activation_code": "c", "name": "n", "user_id": "anna"]
        let compact = try Example.key(1).sign(
            type: .enrolment, header: [("jwk", shown)], payload: payload.canonical())
        #expect(throws: ProofRefusal.badSignature) { try EnrolmentProof.verify(compact) }
    }

    /// Made once with WebCrypto in Node.js: `exportKey("jwk")`, `sign` with ECDSA and SHA-256. The key was
    /// thrown away.
    @Test func `SCA-23: a proof made by a browser's own cryptography is taken`() throws {
        let header =
            "eyJhbGciOiJFUzI1NiIsInR5cCI6ImdvZGtlbmQtZW5yb2wrandzIiwiandrIjp7ImtleV9vcHMiOlsidmVyaWZ5Il0s"
            + "ImV4dCI6dHJ1ZSwia3R5IjoiRUMiLCJ4IjoiR3pjb0x2SWVQUHU4X1E0RFdpdXVDSGQwX1BsQmhxTlBtTVdod1huTjFs"
            + "ayIsInkiOiJkTGZNcENCczZHMDQxWndHYXcxS01FdGxmR2hLSDFZTVZzclFicWxRLVlNIiwiY3J2IjoiUC0yNTYifX0"
        let payload =
            "eyJ1c2VyX2lkIjoiYW5uYSIsImFjdGl2YXRpb25fY29kZSI6Iks3UUQtMSIsIm5hbWUiOiJCcm93c2VyIHDDpSBrw7hr"
            + "a2VuYm9yZGV0In0"
        let signature =
            "ldsXOo90JnfH6hPIEF-z2XhLC9Hfoyzy0xgXT8hVjWhOJvZWIblBpVcz-I3nhLiTN8wYK4QXFQLI760N9TvpXw"
        let proof = try EnrolmentProof.verify([header, payload, signature].joined(separator: "."))
        #expect(proof.name == "Browser på køkkenbordet")
        #expect(proof.activationCode.exposed() == "K7QD-1")
        #expect(proof.key.thumbprint == "p-CAGDSmtCJMa9i12AnxNEH2NfADPz5D7XcqXIe5Mpo")
    }

    static let refused: [(JSON, ProofRefusal)] = [
        (["name": "n", "user_id": "a"], .missingMember("activation_code")),
        (["activation_code": "c", "user_id": "a"], .missingMember("name")),
        (["activation_code": "c", "name": "n"], .missingMember("user_id")),
        (["activation_code": 1, "name": "n", "user_id": "a"], .wrongMember("activation_code")),
        (["activation_code": "c", "iat": 1, "name": "n", "user_id": "a"], .unknownMember("iat")),
        ([], .malformed),
    ]

    @Test(arguments: refused)
    func `SCA-23: a proof with other members than the three is refused by name`(
        payload: JSON, refusal: ProofRefusal
    ) throws {
        let key = try Example.key()
        let compact = try key.sign(
            type: .enrolment, header: [("jwk", key.publicKey.jwk)], payload: payload.written())
        #expect(throws: refusal) { try EnrolmentProof.verify(compact) }
    }
}

struct DeviceKeyTests {
    private func changed(_ name: String, _ value: JSON?) throws -> JSON {
        var kept = try #require(try Example.key().publicKey.jwk.object).without(name)
        if let value { kept.set(name, value) }
        return .object(kept)
    }

    static let refused: [(String, JSON?)] = [
        ("kty", nil), ("crv", nil), ("x", nil), ("y", nil), ("kty", "OKP"), ("kty", "ec"), ("crv", "P-384"),
        ("crv", "secp256k1"),
        ("d", "AQ"), ("d", JSON.null), ("x", ""), ("x", 1), ("x", "AQ"),
        ("y", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("y", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), ("alg", "ES384"), ("use", "enc"),
        ("key_ops", ["sign"]),
        ("key_ops", ["verify", "sign"]), ("ext", "yes"), ("kid", 1), ("x5u", "https://a.example"),
        ("k", "AQ"), ("n", "AQ"),
    ]

    @Test(arguments: refused)
    func `SCA-34: a JWK with a member missing, wrong or private is refused`(name: String, value: JSON?) throws
    {
        let jwk = try changed(name, value)
        #expect(throws: ProofRefusal.badKey) { try DeviceKey(jwk: jwk) }
    }

    static let taken: [(String, JSON)] = [
        ("alg", "ES256"), ("use", "sig"), ("key_ops", ["verify"]), ("ext", true), ("kid", "mine"),
    ]

    @Test(arguments: taken)
    func `SCA-23: what browsers add to a public JWK is taken`(name: String, value: JSON) throws {
        let jwk = try changed(name, value)
        #expect(try DeviceKey(jwk: jwk) == Example.key().publicKey)
    }

    @Test func `SCA-23: a point that is not on the curve is no key`() throws {
        var raw = try Example.key().publicKey.raw64
        #expect(throws: Never.self) { try DeviceKey(raw64: raw) }
        raw[63] ^= 1
        #expect(throws: ProofRefusal.badKey) { try DeviceKey(raw64: raw) }
        #expect(throws: ProofRefusal.badKey) { try DeviceKey(raw64: [UInt8](repeating: 0, count: 64)) }
        #expect(throws: ProofRefusal.badKey) { try DeviceKey(raw64: [UInt8](repeating: 0xFF, count: 64)) }
        #expect(throws: ProofRefusal.badKey) { try DeviceKey(raw64: [4] + raw) }
        #expect(throws: ProofRefusal.badKey) { try DeviceKey(raw64: []) }
    }

    @Test func `SCA-28: a signing key comes back from its bytes and prints a mask`() throws {
        let key = try SigningKey()
        #expect(try SigningKey(raw: key.raw).publicKey == key.publicKey)
        #expect(try SigningKey().publicKey != key.publicKey)
        #expect("\(key)" == "[signing key]")
        #expect(Mirror(reflecting: key).children.isEmpty)
        #expect(throws: ProofRefusal.badKey) { try SigningKey(raw: [UInt8](repeating: 0, count: 32)) }
        #expect(throws: ProofRefusal.badKey) { try SigningKey(raw: [UInt8](repeating: 0xFF, count: 32)) }
        #expect(throws: ProofRefusal.badKey) { try SigningKey(raw: [1]) }
    }
}
