import Crypto
import Notation
import Testing
import Vocabulary
import X509

@testable import Proofs

struct PrescriptionSignatureTests {
    let bench: PrescriptionBench

    init() throws { bench = try PrescriptionBench() }

    static let entitled: [SpecimenSigner] = [
        .doctor, .secondDoctor, .dentist, .specialist, .onCallDoctor, .treatingPharmacist, .register,
    ]

    @Test(arguments: entitled)
    func `RX-SIG: a good record of every kind of signer passes every rule`(signer: SpecimenSigner) throws {
        let compact = try bench.record(by: signer)
        let examination = try bench.examine(compact)
        expectAuthentic(examination)
        #expect(examination.checks.map(\.rule) == AuthenticityRule.allCases)
        #expect(examination.bundleError == nil)
        let verified = try #require(examination.verified)
        #expect(verified.compact == compact && verified.content == examination.unverifiedContent)
        #expect(verified.recordDigest == Digest.sha256(try bench.payload(by: signer)))
        #expect(verified.signer.role == signer.role && verified.signer.kind == signer.kind)
        #expect(verified.signer.authorisation == signer.authorisation)
        #expect(verified.signer.chain == bench.pki.chain(of: signer))
        #expect(verified.signer.leafDigest == Digest.sha256(bench.pki.certificate(of: signer)))
        #expect(verified.signedAt == bench.now && verified.firstSeen == bench.now)
        for check in examination.checks { #expect(!check.detail.isEmpty) }
    }

    /// The next digit of base64url; a dot becomes a digit.
    private func other(_ byte: UInt8) -> UInt8 {
        let digits = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        guard let index = digits.firstIndex(of: byte) else { return digits[0] }
        return digits[(index + 1) % digits.count]
    }

    @Test(arguments: [SpecimenSigner.doctor, .register])
    func `RX-SIG: any one character changed anywhere is refused`(signer: SpecimenSigner) throws {
        let compact = [UInt8](try bench.record(by: signer).utf8)
        let verifier = PrescriptionVerifier(trust: try bench.pki.trust(at: bench.now))
        let headerEnd = try #require(compact.firstIndex(of: UInt8(ascii: ".")))
        var taken: [Int] = []
        var wronglyNamed: [Int] = []
        for position in compact.indices {
            var changed = compact
            changed[position] = other(changed[position])
            let text = String(decoding: changed, as: UTF8.self)
            let examination = verifier.examine(text, stapled: [], firstSeen: bench.now)
            if examination.verified != nil || examination.flaw == nil { taken.append(position) }
            // A changed header may also spoil the algorithm or a certificate, and is then named for that.
            if position > headerEnd, examination.flaw != .rxSignatureInvalid {
                wronglyNamed.append(position)
            }
        }
        #expect(taken == [])
        #expect(wronglyNamed == [])
    }

    @Test func `RX-SIG: another text for the same bytes is refused`() throws {
        // The last digit of each part has spare bits when the part's length is no multiple of three.
        let parts = try bench.record().split(separator: ".").map(String.init)
        let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        let padded = ["=", "==", "\n", " "]
        for (index, part) in parts.enumerated() {
            let others = digits.filter { $0 != part.last }.map { String(part.dropLast()) + String($0) }
            for changed in others + padded.map({ part + $0 }) {
                var spoilt = parts
                spoilt[index] = changed
                #expect(try bench.examine(spoilt.joined(separator: ".")).flaw != nil)
            }
        }
    }

    @Test func `RX-SIG: the members of the payload in another order are refused`() throws {
        let parts = try bench.record().split(separator: ".").map(String.init)
        let bytes = try #require(Base64URL.decode(parts[1]))
        let payload = try #require(JSON.parse(bytes).object)
        var reordered = JSONObject()
        for member in payload.members.reversed() { reordered.set(member.name, member.value) }
        #expect(reordered == payload)
        let changed = [parts[0], Base64URL.encode(JSON.object(reordered).written()), parts[2]]
        let examination = try bench.examine(changed.joined(separator: "."))
        expectFailure(examination, .signature, .rxSignatureInvalid)
        #expect(examination.finding(.signature) == .signatureWrong)
        // What it says is the same; the bytes are not.
        #expect(examination.unverifiedContent == (try bench.examine(bench.record()).unverifiedContent))
    }

    @Test func `RX-SIG: the members of the header in another order, newly signed, are the signer's own word`()
        throws
    {
        let compact = try bench.record(header: ["typ": "godkend-prescription+jws", "alg": "ES256"])
        expectAuthentic(try bench.examine(compact))
    }

    @Test(arguments: ["", ".", "..", "a.b", "a.b.c", "hello", "{}", "e30.e30.e30.e30", "[].e30.AA"])
    func `RX-SIG: a text that is no signed object fails there and nothing else is looked at`(
        text: String
    ) throws {
        let examination = try bench.examine(text)
        expectFailure(examination, .signature, .rxSignatureInvalid)
        #expect(examination.checks.dropFirst().allSatisfy { $0.verdict == .notChecked })
        #expect(examination.checks.count == AuthenticityRule.allCases.count)
        #expect(examination.unverifiedContent == nil && examination.bundleError == nil)
    }

    @Test func `RX-SIG: a text over the limit is refused before it is read`() throws {
        let long = String(repeating: "A", count: SignedObjectType.prescription.maximumBytes + 1)
        #expect(try bench.examine(long).finding(.signature) == .notSigned(.tooLarge))
    }

    static let headers: [(JSONObject, ProofRefusal)] = [
        (["crit": []], .forbiddenHeader("crit")),
        (["crit": ["iat"]], .forbiddenHeader("crit")),
        (["b64": true], .forbiddenHeader("b64")),
        (["kid": "k"], .forbiddenHeader("kid")),
        (["jku": "https://example.org"], .forbiddenHeader("jku")),
        (["x5u": "https://example.org"], .forbiddenHeader("x5u")),
        (["x5t": "AA"], .forbiddenHeader("x5t")),
        (["typ": nil], .wrongType),
        (["typ": "JWT"], .wrongType),
        (["typ": "godkend-prescription-cancel+jws"], .wrongType),
        (["kind": nil], .missingHeader("kind")),
        (["kind": "Prescriber"], .missingHeader("kind")),
        (["kind": ["prescriber"]], .missingHeader("kind")),
    ]

    @Test(arguments: headers)
    func `RX-SIG: a signed header with another set of members is refused`(
        changes: JSONObject, refusal: ProofRefusal
    ) throws {
        let examination = try bench.examine(bench.record(header: changes))
        expectFailure(examination, .signature, .rxSignatureInvalid)
        #expect(examination.finding(.signature) == .header(refusal))
    }

    @Test func `RX-SIG: a sound signature by another key than the leaf's is refused`() throws {
        let other = try SpecimenKey.signing(SpecimenSigner.secondDoctor.rawValue)
        let compact = try bench.record(header: [:]) {
            try [UInt8](other.signature(for: $0).rawRepresentation)
        }
        let examination = try bench.examine(compact)
        expectFailure(examination, .signature, .rxSignatureInvalid)
        #expect(examination.checks.dropFirst().allSatisfy { $0.verdict == .pass })
    }

    @Test func `RX-SIG: the DER form of a signature is refused`() throws {
        let key = try SpecimenKey.signing(SpecimenSigner.doctor.rawValue)
        let compact = try bench.record(header: [:]) { try [UInt8](key.signature(for: $0).derRepresentation) }
        expectFailure(try bench.examine(compact), .signature, .rxSignatureInvalid)
    }

    @Test func `RX-SIG: a signed text that is no bundle is no flaw of the signature, and yields no record`()
        throws
    {
        let examination = try bench.examine(bench.record(header: [:], payload: [UInt8]("{}".utf8)))
        #expect(examination.flaw == nil && examination.verified == nil && !examination.isAuthentic)
        #expect(examination.bundleError != nil && examination.unverifiedContent == nil)
        #expect(examination.verdict(.signature) == .pass)
        #expect(examination.verdict(.issueDay) == .notChecked)
        #expect(examination.verdict(.role) == .notChecked)
    }
}

struct PrescriptionAlgorithmTests {
    let bench: PrescriptionBench

    init() throws { bench = try PrescriptionBench() }

    static let algorithms: [JSON] = [
        "none", "None", "NONE", "HS256", "HS384", "HS512", "RS1", "RS256", "PS256", "ES384", "ES512",
        "ES256K", "EdDSA", "es256", "", "http://www.w3.org/2000/09/xmldsig#rsa-sha1", 1, ["ES256"], nil,
    ]

    @Test(arguments: algorithms)
    func `RX-ALG: any algorithm but ES256 is refused, even over a signature that would fit`(
        algorithm: JSON
    ) throws {
        let examination = try bench.examine(bench.record(header: ["alg": algorithm]))
        expectFailure(examination, .algorithm, .rxAlgorithmRefused)
        #expect(examination.verdict(.signature) == .notChecked)
    }

    @Test func `RX-ALG: none without a signature is refused for its algorithm`() throws {
        let compact = try bench.record(header: ["alg": "none"]) { _ in [] }
        #expect(compact.hasSuffix("."))
        expectFailure(try bench.examine(compact), .algorithm, .rxAlgorithmRefused)
    }

    @Test func `RX-ALG: ES256 without a signature is refused for its signature`() throws {
        let compact = try bench.record(header: [:]) { _ in [] }
        expectFailure(try bench.examine(compact), .signature, .rxSignatureInvalid)
    }

    @Test func `RX-ALG: HMAC keyed with the public key is refused`() throws {
        let key = try SpecimenKey.signing(SpecimenSigner.doctor.rawValue).publicKey
        let forms = [
            [UInt8](key.rawRepresentation), [UInt8](key.x963Representation),
            [UInt8](key.derRepresentation), [UInt8](key.pemRepresentation.utf8),
        ]
        for form in forms {
            let compact = try bench.record(header: ["alg": "HS256"]) { bytes in
                authenticate(bytes, with: SymmetricKey(data: form))
            }
            expectFailure(try bench.examine(compact), .algorithm, .rxAlgorithmRefused)
        }
    }

    @Test func `RX-ALG: a key that is not for ES256 is refused`() throws {
        let p384 = P384.Signing.PrivateKey()
        var draft = try SpecimenDrafts.signer(.doctor, at: bench.now)
        draft.key = .init(p384.publicKey)
        let chain = [try draft.made(), bench.pki.certificate(of: .issuing)]
        let examination = try bench.examine(bench.record(chain: chain))
        expectFailure(examination, .algorithm, .rxAlgorithmRefused)
        #expect(examination.finding(.algorithm) == .keyOfOtherAlgorithm)
        #expect(examination.verdict(.chain) == .pass)
    }

    @Test func `RX-ALG: certificates signed by SHA-1 or by unlisted algorithms are not taken`() {
        #expect(SignatureRule.allows(.ecdsaWithSHA256) && SignatureRule.allows(.sha256WithRSAEncryption))
        #expect(!SignatureRule.allows(.sha1WithRSAEncryption))
        #expect(!SignatureRule.allows(.ed25519))
    }
}
