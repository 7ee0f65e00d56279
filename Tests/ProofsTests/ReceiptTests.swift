import Notation
import Testing
import Vocabulary

@testable import Proofs

struct ReceiptTests {
    @Test(arguments: [nil, "authentication_unavailable"])
    func `SCA-30: a receipt is verified with the published keys alone`(reason: String?) throws {
        let receipt = try Example.receipt(reason: reason)
        let compact = try receipt.sign(with: Example.key())
        let document = JWKS.document([try Example.key(2).publicKey, try Example.key().publicKey])
        let keys = try JWKS.keys(in: JSON.parse(document.written()))
        #expect(try Receipt.verify(compact, keys: keys) == receipt)
    }

    @Test func `SCA-30: the members are those of the contract, those without a value absent`() throws {
        func names(_ receipt: Receipt) throws -> Set<String> {
            let jws = try UnverifiedJWS(compact: receipt.sign(with: Example.key()), expecting: .receipt)
            #expect(jws.keyID == (try Example.key().publicKey.thumbprint))
            let value = try JSON.parse(jws.unverifiedPayload)
            #expect(try value.canonical() == jws.unverifiedPayload)
            return Set(try #require(value.object).names)
        }
        let always: Set<String> = [
            "v", "authorization", "merchant", "status", "amount", "currency", "captured", "refunded",
            "order_digest",
            "card", "customer", "device", "record_digests", "handovers", "decided_at", "leaf", "log",
        ]
        #expect(try names(Example.receipt()) == always.union(["factor", "verified_by", "answer_digest"]))
        #expect(try names(Example.receipt(reason: "card_expired")) == always.union(["reason"]))
        let ofPharmacy = try Example.receipt(reason: "card_expired", pharmacy: GLN("5790001234560"))
        #expect(
            try names(ofPharmacy) == always.union(["reason", "pharmacy", "handed_over_at", "patient"]))
    }

    @Test func `RX-RECEIPT: pharmacy, handover and patient are signed and read back`() throws {
        let receipt = try Example.receipt(pharmacy: GLN("5790001234560"))
        #expect(receipt.pharmacy != nil)
        let compact = try receipt.sign(with: Example.key())
        #expect(try Receipt.verify(compact, keys: [Example.key().publicKey]) == receipt)
    }

    @Test func `RX-RECEIPT: a patient is checked with salt and CPR number, and with nothing less`() throws {
        let keys = try KeyRing(master: Array(repeating: 3, count: 32))
        let salt = keys.patientSalt(for: AuthorizationID(at: Example.now, random: (4, 4)))
        let other = keys.patientSalt(for: AuthorizationID(at: Example.now, random: (5, 4)))
        #expect(salt.count == 32 && salt != other)
        let person = try PersonNumber("210300-9996")
        let digest = Receipt.patientDigest(of: person, salt: salt)
        // Computed with Python's hmac module over the ten digits.
        #expect(
            Receipt.patientDigest(of: person, salt: Array(0..<32))
                == "jYRjv19hVzpxjAuWSRyWVqySQs0B_jHnYElMkl9-DiY")
        #expect(Receipt.patientDigest(of: try PersonNumber("2103009996"), salt: salt) == digest)
        #expect(Receipt.patientDigest(of: try PersonNumber("2103009998"), salt: salt) != digest)
        #expect(Receipt.patientDigest(of: person, salt: other) != digest)
    }

    @Test func `SCA-30: a receipt by an unknown key, or changed in any byte, is refused`() throws {
        let compact = try Example.receipt().sign(with: Example.key())
        let keys = [try Example.key().publicKey]
        #expect(throws: ProofRefusal.unknownKey) { try Receipt.verify(compact, keys: []) }
        #expect(throws: ProofRefusal.unknownKey) {
            try Receipt.verify(compact, keys: [Example.key(2).publicKey])
        }
        let bytes = Array(compact.utf8)
        for index in bytes.indices {
            var flipped = bytes
            flipped[index] ^= 1
            let text = String(decoding: flipped, as: UTF8.self)
            #expect(throws: ProofRefusal.self, "byte \(index)") { try Receipt.verify(text, keys: keys) }
        }
    }

    @Test func `SCA-30: the published document names use, algorithm and thumbprint and nothing private`()
        throws
    {
        let key = try Example.key().publicKey
        let published = try #require(JWKS.document([key]).object?["keys"]?.array?.first?.object)
        #expect(Set(published.names) == ["kty", "crv", "x", "y", "use", "alg", "kid"])
        #expect(published["kid"] == .text(key.thumbprint))
        #expect(published["use"] == "sig")
        #expect(published["alg"] == "ES256")
    }

    static let changes: [(String, JSON, ProofRefusal)] = [
        ("extra", 1, .unknownMember("extra")), ("v", 2, .wrongMember("v")),
        ("amount", 0, .wrongMember("amount")),
        ("currency", "kr", .wrongMember("currency")), ("handovers", ["x"], .wrongMember("handovers")),
        ("handovers", [1], .wrongMember("handovers")), ("reason", nil, .wrongMember("reason")),
        ("factor", "face", .wrongMember("factor")), ("verified_by", "face", .wrongMember("verified_by")),
        ("pharmacy", "5790001234561", .wrongMember("pharmacy")),
        ("handed_over_at", "today", .wrongMember("handed_over_at")),
        ("leaf", "17", .wrongMember("leaf")), ("decided_at", "today", .wrongMember("decided_at")),
    ]

    @Test(arguments: changes)
    func `SCA-30: a receipt that says something else than receipts do is refused by name`(
        name: String, value: JSON, refusal: ProofRefusal
    ) throws {
        var object = try signedObject()
        object.set(name, value)
        let compact = try sign(JSON.object(object).canonical())
        #expect(throws: refusal) { try Receipt.verify(compact, keys: [Example.key().publicKey]) }
    }

    @Test func `SCA-34: a receipt that is not its own canonical form is refused`() throws {
        let object = try signedObject()
        let keys = [try Example.key().publicKey]
        let canonical = try JSON.object(object).canonical()
        #expect(throws: Never.self) { try Receipt.verify(sign(canonical), keys: keys) }
        #expect(throws: ProofRefusal.notCanonical) {
            try Receipt.verify(sign(canonical + [0x0A]), keys: keys)
        }
        let spaced = Array(
            String(decoding: canonical, as: UTF8.self).replacing("\"v\":1", with: "\"v\": 1").utf8)
        #expect(throws: ProofRefusal.notCanonical) { try Receipt.verify(sign(spaced), keys: keys) }
    }

    private func signedObject() throws -> JSONObject {
        let jws = try UnverifiedJWS(compact: Example.receipt().sign(with: Example.key()), expecting: .receipt)
        return try #require(try JSON.parse(jws.unverifiedPayload).object)
    }

    private func sign(_ payload: [UInt8]) throws -> String {
        let key = try Example.key()
        return try key.sign(
            type: .receipt, header: [("kid", .text(key.publicKey.thumbprint))], payload: payload)
    }
}
