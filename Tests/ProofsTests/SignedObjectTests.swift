import Notation
import Testing
import Vocabulary

@testable import Proofs

/// One object of each kind, each taken by its own verifier and by no other.
struct SignedObjectTests {
    private func sample(_ type: SignedObjectType) throws -> String {
        let key = try Example.key()
        switch type {
        case .deviceProof:
            return try DeviceProof.sign(
                device: Example.device, method: "GET", target: Example.target, jti: "1", nonce: "n", key: key)
        case .enrolment:
            return try EnrolmentProof.sign(userID: "anna", activationCode: "code", name: "phone", key: key)
        case .answer: return try Example.answer(try Example.payment(), key: key)
        case .receipt: return try Example.receipt().sign(with: key)
        case .prescription, .prescriptionCancel:
            let header: [(String, JSON)] = [
                ("kind", "prescriber"), ("x5c", ["AA=="]), ("x5t#S256", "AA"), ("iat", 1),
            ]
            return try key.sign(type: type, header: header, payload: Array("{}".utf8))
        }
    }

    /// Offers a text to the one verifier of a kind.
    private func offer(_ compact: String, to type: SignedObjectType) throws {
        let key = try Example.key().publicKey
        switch type {
        case .deviceProof:
            _ = try DeviceProof.Unverified(compact).verified(by: key, method: "GET", target: Example.target)
        case .enrolment: _ = try EnrolmentProof.verify(compact)
        case .answer:
            let statement = try Example.payment().canonical()
            _ = try Answer.verify(compact, statement: statement, key: key, device: Example.device)
            _ = try Answer.Unverified(compact)
        case .receipt: _ = try Receipt.verify(compact, keys: [key])
        case .prescription, .prescriptionCancel:
            _ = try UnverifiedJWS(compact: compact, expecting: type).verified(by: key)
        }
    }

    @Test(arguments: SignedObjectType.allCases, SignedObjectType.allCases)
    func `SCA-34: every signed object is taken by its own verifier and refused by every other`(
        type: SignedObjectType, verifier: SignedObjectType
    ) throws {
        let compact = try sample(type)
        if type == verifier {
            #expect(throws: Never.self) { try offer(compact, to: verifier) }
        } else {
            #expect(throws: ProofRefusal.wrongType) { try offer(compact, to: verifier) }
        }
    }

    @Test(arguments: SignedObjectType.allCases)
    func `SCA-34: a typ that is missing, of another type or another case is refused`(type: SignedObjectType) {
        let rest = #""alg":"ES256","kid":"k""#
        for typ in [
            "", #""typ":null,"#, #""typ":1,"#, "\"typ\":\"\(type.rawValue.uppercased())\",", #""typ":"JWT","#,
        ] {
            #expect(throws: ProofRefusal.wrongType) {
                try UnverifiedJWS(compact: unsigned(header: "{\(typ)\(rest)}"), expecting: type)
            }
        }
    }

    @Test(
        arguments: SignedObjectType.allCases,
        ["none", "None", "HS256", "ES384", "RS256", "PS256", "es256", ""])
    func `SCA-34: an algorithm other than ES256 is refused`(type: SignedObjectType, algorithm: String) {
        let header = "{\"alg\":\"\(algorithm)\",\"typ\":\"\(type.rawValue)\"}"
        #expect(throws: ProofRefusal.wrongAlgorithm) {
            try UnverifiedJWS(compact: unsigned(header: header), expecting: type)
        }
    }

    static let forbidden = [
        "crit", "b64", "jku", "jwk", "x5u", "x5c", "x5t", "cty", "zip", "kid ", "Kid", "\u{212A}id",
    ]

    @Test(arguments: [SignedObjectType.deviceProof, .answer, .receipt], forbidden)
    func `SCA-34: a header member that the kind does not have is refused by name`(
        type: SignedObjectType, name: String
    ) {
        let header = "{\"alg\":\"ES256\",\"typ\":\"\(type.rawValue)\",\"kid\":\"k\",\"\(name)\":[]}"
        #expect(throws: ProofRefusal.forbiddenHeader(name)) {
            try UnverifiedJWS(compact: unsigned(header: header), expecting: type)
        }
    }

    @Test func `SCA-34: the table allows no dangerous header anywhere, and jwk at enrolment only`() {
        for type in SignedObjectType.allCases {
            #expect(type.allowedHeaders.isDisjoint(with: ["crit", "b64", "jku", "x5u"]))
            #expect(type.allowedHeaders.contains("jwk") == (type == .enrolment))
            #expect(type.allowedHeaders.isSuperset(of: type.requiredHeaders))
            #expect(!type.signedBy.isEmpty && !type.verifiedAt.isEmpty)
        }
        #expect(Set(SignedObjectType.allCases.map(\.verifiedAt)).count == SignedObjectType.allCases.count)
    }

    @Test(arguments: SignedObjectType.allCases)
    func `SCA-34: a required header member that is missing is refused by name`(type: SignedObjectType) {
        let all: JSONObject = [
            "alg": "ES256", "typ": .text(type.rawValue), "kid": "k", "jwk": [:], "kind": "prescriber",
            "x5c": [],
            "x5t#S256": "t", "iat": 1,
        ]
        for missing in type.requiredHeaders.dropFirst(2) {
            var header = JSONObject()
            for name in type.requiredHeaders where name != missing { header.set(name, all[name] ?? nil) }
            #expect(throws: ProofRefusal.missingHeader(missing)) {
                try UnverifiedJWS(compact: unsigned(header: JSON.object(header).writtenText), expecting: type)
            }
        }
    }

    static let goodHeader = #"{"alg":"ES256","typ":"godkend-answer+jws","kid":"k"}"#

    static let malformed: [String] = [
        "", ".", "..", "...", "a", "a.b", Base64URL.encode(Array(goodHeader.utf8)),
        unsigned(header: goodHeader) + ".", unsigned(header: goodHeader) + "=",
        " " + unsigned(header: goodHeader),
        unsigned(header: goodHeader) + "\n", unsigned(header: goodHeader, payload: ""),
        unsigned(header: goodHeader, signature: []), unsigned(header: "[]"), unsigned(header: "\"x\""),
        unsigned(header: goodHeader + "x"), unsigned(header: "\u{FEFF}" + goodHeader),
        unsigned(header: #"{"alg":"ES256","typ":"godkend-answer+jws","kid":"k","kid":"k"}"#),
        unsigned(header: #"{"alg":"none","alg":"ES256","typ":"godkend-answer+jws","kid":"k"}"#),
        unsigned(header: goodHeader, signature: [1]).dropLast() + "R",
    ]

    @Test(arguments: malformed)
    func `SCA-34: what is not three strict base64url parts with one header object is malformed`(text: String)
    {
        #expect(throws: ProofRefusal.malformed) { try UnverifiedJWS(compact: text, expecting: .answer) }
    }

    @Test func `SCA-34: a kid that is not a text is refused`() {
        let header = #"{"alg":"ES256","typ":"godkend-answer+jws","kid":1}"#
        #expect(throws: ProofRefusal.missingHeader("kid")) {
            try UnverifiedJWS(compact: unsigned(header: header), expecting: .answer)
        }
    }

    @Test(arguments: [(SignedObjectType.answer, 32 * 1024), (.prescription, 256 * 1024)])
    func `REL-LIMITS: an object of the most bytes is read and one more is refused`(
        type: SignedObjectType, bytes: Int
    ) {
        let text = String(repeating: "A", count: bytes)
        #expect(throws: ProofRefusal.malformed) { try UnverifiedJWS(compact: text, expecting: type) }
        #expect(throws: ProofRefusal.tooLarge) { try UnverifiedJWS(compact: text + "A", expecting: type) }
    }

    @Test func `SCA-09: a refusal explains itself and cuts what the caller wrote`() {
        let long = String(repeating: "x", count: 5_000)
        let refusals: [ProofRefusal] = [
            .malformed, .tooLarge, .wrongType, .wrongAlgorithm, .forbiddenHeader(long), .missingHeader(long),
            .badSignature, .badKey, .unknownKey, .notCanonical, .wrongMember(long), .missingMember(long),
            .unknownMember(long), .wrongDevice, .wrongMethod, .wrongTarget, .staleNonce, .cannotOpen,
        ]
        for refusal in refusals {
            #expect(refusal.explanation.hasSuffix("."))
            #expect((20...150).contains(refusal.explanation.count))
        }
        #expect(Set(refusals.map(\.explanation)).count == refusals.count)
    }
}
