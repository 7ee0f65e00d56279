import Notation
import Testing
import Vocabulary

@testable import Proofs

struct AnswerTests {
    private func verify(_ compact: String, _ statement: Statement, key: SigningKey) throws(ProofRefusal)
        -> VerifiedAnswer
    {
        try Answer.verify(
            compact, statement: statement.canonical(), key: key.publicKey, device: Example.device)
    }

    @Test(arguments: Verdict.allCases)
    func `SCA-02: an answer to exactly its statement is accepted with what was said`(verdict: Verdict) throws
    {
        let key = try Example.key()
        let statement = try Example.payment(effect: ["Bruger udlevering 3 af 4"], withPrescription: true)
        let code = verdict == .approve ? "47" : nil
        let compact = try Example.answer(statement, verdict: verdict, matchCode: code, key: key)
        let answer = try verify(compact, statement, key: key)
        #expect(answer.verdict == verdict)
        #expect(answer.verifiedBy == .pin)
        #expect(answer.matchCode?.text == code)
        #expect(answer.confirmation == Example.confirmation)
        #expect(answer.device == Example.device)
        #expect(answer.keyThumbprint == key.publicKey.thumbprint)
        #expect(answer.statementDigest == Digest.sha256(statement.canonical()))
        #expect(answer.digest == Digest.sha256(compact.utf8))
        let unverified = try Answer.Unverified(compact)
        #expect(unverified.device == Example.device)
        #expect(unverified.confirmation == Example.confirmation)
    }

    @Test(arguments: [ConfirmationKind.prescriptionLookup, .signIn])
    func `SCA-02: a look-up and a sign-in are answered without amount and payee`(kind: ConfirmationKind)
        throws
    {
        let key = try Example.key()
        let statement = try Example.question(kind)
        let answer = try verify(Example.answer(statement, key: key), statement, key: key)
        #expect(answer.confirmation == Example.confirmation)
    }

    @Test func `SCA-13: a match code of six digits is taken, of three is refused`() throws {
        let key = try Example.key()
        let statement = try Example.payment()
        func answer(code: String) throws -> String {
            try forge(
                statement, ["verdict": "approve", "verified_by": "pin", "match_code": .text(code)], key)
        }
        #expect(try verify(answer(code: "123456"), statement, key: key).matchCode?.text == "123456")
        for code in ["", "4", "123", "12345", "1234567", "4a", " 47", "４７"] {
            #expect(throws: ProofRefusal.wrongMember("match_code")) {
                try verify(answer(code: code), statement, key: key)
            }
        }
    }

    @Test func `SCA-02: any one byte of the answer flipped is refused`() throws {
        let key = try Example.key()
        let statement = try Example.payment(withPrescription: true)
        let bytes = Array(try Example.answer(statement, key: key).utf8)
        for index in bytes.indices {
            for mask: UInt8 in [0x01, 0x02, 0x20] {
                var flipped = bytes
                flipped[index] ^= mask
                let text = String(decoding: flipped, as: UTF8.self)
                #expect(throws: ProofRefusal.self, "byte \(index)") { try verify(text, statement, key: key) }
            }
        }
    }

    @Test func `SCA-02: any one byte of any field flipped is refused though the device signs it`() throws {
        let key = try Example.key()
        let statement = try Example.payment(withPrescription: true)
        let compact = try Example.answer(statement, key: key)
        let payload = try UnverifiedJWS(compact: compact, expecting: .answer).unverifiedPayload
        // A digit of the match code flipped into another digit is another answer, and the code's own check is
        // later.
        let text = String(decoding: payload, as: UTF8.self)
        let code = try #require(text.firstRange(of: "\"match_code\":\"47\""))
        let codeEnd = text.utf8.distance(from: text.startIndex, to: code.upperBound) - 1
        for index in payload.indices where !(codeEnd - 2..<codeEnd).contains(index) {
            var flipped = payload
            flipped[index] ^= 0x01
            let again = try key.sign(
                type: .answer, header: [("kid", .text(Example.device.text))], payload: flipped)
            #expect(throws: ProofRefusal.self, "byte \(index)") { try verify(again, statement, key: key) }
        }
    }

    @Test func `SCA-02: each field of the statement changed, missing or added is refused by name`() throws {
        let key = try Example.key()
        let statement = try Example.payment(withPrescription: true)
        let signed = try #require(try JSON.parse(statement.canonical()).object)
        #expect(signed.count == 19)
        for member in signed.members {
            #expect(throws: ProofRefusal.wrongMember(member.name)) {
                try verify(forge(statement, [member.name: "other"], key), statement, key: key)
            }
            #expect(throws: ProofRefusal.missingMember(member.name)) {
                try verify(forge(statement, [:], without: member.name, key), statement, key: key)
            }
        }
        #expect(throws: ProofRefusal.unknownMember("extra")) {
            try verify(forge(statement, ["extra": 1], key), statement, key: key)
        }
    }

    @Test func `SCA-03: an answer to the statement before a change is refused`() throws {
        let key = try Example.key()
        let before = try Example.payment(payee: "Bogbixen ApS")
        let after = try Example.payment(payee: "Bogbixen A/S")
        let compact = try Example.answer(before, key: key)
        #expect(throws: Never.self) { try verify(compact, before, key: key) }
        #expect(throws: ProofRefusal.wrongMember("payee")) { try verify(compact, after, key: key) }
    }

    @Test func `SCA-17: an answer for another pending confirmation is refused`() throws {
        let key = try Example.key()
        let one = try Example.payment(nonce: "b25l")
        let other = try Example.payment(nonce: "b3RoZXI")
        #expect(throws: ProofRefusal.wrongMember("nonce")) {
            try verify(Example.answer(one, key: key), other, key: key)
        }
    }

    @Test func `SCA-24: an answer by another device or another key is refused`() throws {
        let key = try Example.key()
        let statement = try Example.payment()
        #expect(throws: ProofRefusal.wrongDevice) {
            try verify(Example.answer(statement, device: Example.otherDevice, key: key), statement, key: key)
        }
        #expect(throws: ProofRefusal.badSignature) {
            try verify(Example.answer(statement, key: Example.key(2)), statement, key: key)
        }
        #expect(throws: ProofRefusal.wrongMember("device")) {
            let compact = try Example.answer(statement, device: Example.otherDevice, key: key)
            return try Answer.verify(
                compact, statement: statement.canonical(), key: key.publicKey, device: Example.otherDevice)
        }
    }

    static let saidWrongly: [(JSONObject, String?, ProofRefusal)] = [
        ([:], "verified_by", .missingMember("verified_by")),
        (["verified_by": "none"], nil, .wrongMember("verified_by")),
        (["verified_by": nil], nil, .wrongMember("verified_by")),
        (["verified_by": ["pin"]], nil, .wrongMember("verified_by")),
        ([:], "verdict", .missingMember("verdict")),
        (["verdict": "approved"], nil, .wrongMember("verdict")),
        (["verdict": true], nil, .wrongMember("verdict")),
        ([:], "match_code", .missingMember("match_code")),
        (["match_code": 47], nil, .wrongMember("match_code")),
        (["verdict": "deny"], nil, .unknownMember("match_code")),
        (["verdict": "report"], nil, .unknownMember("match_code")),
    ]

    @Test(arguments: saidWrongly)
    func `SCA-33: an answer without its verdict, its two elements or its match code is refused`(
        changes: JSONObject, missing: String?, refusal: ProofRefusal
    ) throws {
        let key = try Example.key()
        let statement = try Example.payment()
        #expect(throws: refusal) {
            try verify(forge(statement, changes, without: missing, key), statement, key: key)
        }
    }

    @Test func `SCA-34: a payload that is not its own canonical form is refused`() throws {
        let key = try Example.key()
        let statement = try Example.payment()
        let compact = try Example.answer(statement, key: key)
        let payload = try UnverifiedJWS(compact: compact, expecting: .answer).unverifiedPayload
        let text = String(decoding: payload, as: UTF8.self)
        let variants: [(String, ProofRefusal)] = [
            (" " + text, .notCanonical), (text + "\n", .notCanonical),
            (text.replacing("\"v\":1", with: "\"v\":1.0"), .notCanonical),
            (text.replacing("\"v\":1", with: "\"v\": 1"), .notCanonical),
            (text.replacing("Bogbixen", with: "\\u0042ogbixen"), .notCanonical),
            (
                "{\"verified_by\":\"pin\","
                    + text.dropFirst().replacing(",\"verified_by\":\"pin\"", with: ""), .notCanonical
            ),
            (text.replacing("\"v\":1", with: "\"v\":1,\"v\":1"), .malformed),
            ("[" + text + "]", .malformed),
        ]
        for (variant, refusal) in variants {
            let signed = try key.sign(
                type: .answer, header: [("kid", .text(Example.device.text))], payload: Array(variant.utf8))
            #expect(throws: refusal) { try verify(signed, statement, key: key) }
        }
    }

    /// Signs the statement's members with some changed, added or left out: a dishonest app with an honest
    /// key.
    private func forge(
        _ statement: Statement, _ changes: JSONObject, without missing: String? = nil, _ key: SigningKey
    ) throws -> String {
        let asked = try #require(try JSON.parse(statement.canonical()).object)
        var said: JSONObject = ["verdict": "approve", "verified_by": "pin", "match_code": "47"]
        for member in asked.members + changes.members { said.set(member.name, member.value) }
        let kept = said.without(missing)
        return try key.sign(
            type: .answer, header: [("kid", .text(Example.device.text))],
            payload: JSON.object(kept).canonical())
    }
}
