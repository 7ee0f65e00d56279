import Crypto
import Notation
import Testing

@testable import Proofs

/// C2SP/wycheproof: what is valid is accepted, what is invalid is refused.
@Suite(.enabled(if: SharedData.isPresent, SharedData.absence))
struct WycheproofTests {
    @Test func `SCA-02: ECDSA signatures of r and s are judged as the public vectors say`() throws {
        let cases = try SharedData.cases("ecdsa_secp256r1_sha256_p1363_test.json")
        #expect(cases.count == 262)
        for (group, test) in cases {
            let point = try #require(group["publicKey"]?.object).hex("uncompressed")
            let key = try DeviceKey(raw64: Array(point.dropFirst()))
            let accepted = try key.accepts(signature: test.hex("sig"), over: test.hex("msg"))
            #expect(accepted == test.isValid, "case \(test.number)")
        }
    }

    @Test func `SCA-02: the keys of the vectors read the same from a JWK as from the point`() throws {
        for (group, _) in try SharedData.cases("ecdsa_secp256r1_sha256_p1363_test.json") {
            guard let jwk = group["publicKeyJwk"] else { continue }
            let point = try #require(group["publicKey"]?.object).hex("uncompressed")
            #expect(try DeviceKey(jwk: jwk).raw64 == Array(point.dropFirst()))
        }
    }

    @Test func `SCA-34: JSON web signatures other than the valid ES256 ones are refused with their reason`()
        throws
    {
        let cases = try SharedData.cases("json_web_signature_test.json")
        #expect(cases.count == 401)
        var accepted: [Int64] = []
        for (group, test) in cases {
            let jwk = try #require(group["public"] ?? group["private"])
            do throws(ProofRefusal) {
                try check(test["jws"]?.text ?? "", jwk: jwk)
                accepted.append(test.number)
                #expect(test.isValid, "case \(test.number)")
            } catch {
                #expect(error == Self.expectedRefusal(test.number), "case \(test.number)")
            }
        }
        #expect(accepted == [18, 378])
    }

    /// The checks of `UnverifiedJWS` but for `typ`, which no vector has.
    private func check(_ compact: String, jwk: JSON) throws(ProofRefusal) {
        let parts = try JWSParts(compact: compact, maximumBytes: 32 * 1024)
        try parts.checkHeader(allowed: ["alg", "kid"], required: ["alg"])
        let key = try DeviceKey(jwk: jwk)
        guard key.accepts(signature: parts.signature, over: parts.signingInput) else { throw .badSignature }
    }

    private static func expectedRefusal(_ number: Int64) -> ProofRefusal {
        switch number {
        // Parts missing, empty or too many.
        case 3, 4, 6, 7, 9...17, 20, 21, 23, 24, 26...30, 35, 36, 38, 39, 41...45: .malformed
        // An empty payload, which nothing of ours has.
        case 259, 264, 268, 272, 320, 325: .malformed
        // `none` in its spellings comes with an empty signature and falls there.
        case 341...344: .malformed
        // Not base64url, or spare bits. (367 and 370 lost the padding that they are named for.)
        case 360...366, 368, 369, 371...375: .malformed
        case 31: .wrongAlgorithm
        case 32: .forbiddenHeader("jwk")
        // A good signature by a key that is for encryption.
        case 354, 356: .badKey
        case 19, 22, 25, 379...401: .badSignature
        default: .wrongAlgorithm
        }
    }

    @Test func `SCA-34: JSON web keys that are not for ES256 signatures are refused`() throws {
        let cases = try SharedData.cases("json_web_key_test.json")
        #expect(cases.count == 26)
        for (group, test) in cases {
            let keys = (group["public"] ?? group["private"])?.object?["keys"]?.array ?? []
            for jwk in keys where !Self.isGoodKeyOfMixedSet(test.number, jwk) {
                // Some groups have the private key only; without `d` they are refused for what they are named
                // for.
                var half = try #require(jwk.object)
                if half["d"] != nil {
                    #expect(throws: ProofRefusal.badKey) { try DeviceKey(jwk: jwk) }
                    half = half.without("d")
                }
                #expect(throws: ProofRefusal.badKey, "case \(test.number)") {
                    try DeviceKey(jwk: .object(half))
                }
            }
        }
    }

    /// Case 1 mixes a good key with a symmetric one.
    private static func isGoodKeyOfMixedSet(_ number: Int64, _ jwk: JSON) -> Bool {
        number == 1 && jwk.object?["kty"] == "EC"
    }

    @Test func `SCA-28: HMAC-SHA256 is the one of the public vectors`() throws {
        for (_, test) in try SharedData.cases("hmac_sha256_test.json") {
            let tag = authenticate(try test.hex("msg"), with: SymmetricKey(data: try test.hex("key")))
            let expected = try test.hex("tag")
            #expect((Array(tag.prefix(expected.count)) == expected) == test.isValid, "case \(test.number)")
        }
    }

    @Test func `SCA-07: HMAC-SHA1 of one-time codes is the one of the public vectors`() throws {
        for (_, test) in try SharedData.cases("hmac_sha1_test.json") {
            let tag = OneTimeCode.authenticationCode(
                try test.hex("msg"), secret: try test.hex("key"), algorithm: .sha1)
            let expected = try test.hex("tag")
            #expect((Array(tag.prefix(expected.count)) == expected) == test.isValid, "case \(test.number)")
        }
    }
}
