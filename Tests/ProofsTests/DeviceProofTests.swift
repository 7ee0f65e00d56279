import Notation
import Testing
import Vocabulary

@testable import Proofs

struct DeviceProofTests {
    private func verify(_ payload: JSON, by key: SigningKey? = nil) throws -> VerifiedDeviceProof {
        let signer = try Example.key()
        let compact = try signer.sign(
            type: .deviceProof, header: [("kid", .text(Example.device.text))], payload: payload.written())
        return try DeviceProof.Unverified(compact).verified(
            by: (key ?? signer).publicKey, method: "POST", target: Example.target)
    }

    private func payload(_ changes: JSONObject = [:], without missing: String? = nil) -> JSON {
        var object: JSONObject = ["htm": "POST", "htu": .text(Example.target), "jti": "j1", "nonce": "n1"]
        for member in changes.members { object.set(member.name, member.value) }
        return .object(object.without(missing))
    }

    @Test func `SCA-24: a proof names its device, its own name and the nonce it used`() throws {
        let compact = try DeviceProof.sign(
            device: Example.device, method: "POST", target: Example.target, jti: "j1", nonce: "n1",
            key: Example.key())
        let unverified = try DeviceProof.Unverified(compact)
        #expect(unverified.device == Example.device)
        let key = try Example.key().publicKey
        let proof = try unverified.verified(by: key, method: "POST", target: Example.target)
        #expect(proof.device == Example.device)
        #expect(proof.jti == "j1")
        #expect(proof.nonce == "n1")
        #expect(proof.keyThumbprint == key.thumbprint)
    }

    @Test func `SCA-25: a first request has no nonce, and an empty one is never good`() throws {
        let proof = try verify(payload(without: "nonce"))
        #expect(proof.nonce.isEmpty)
        let issuer = NonceIssuer(key: [1, 2, 3], lifetimeSeconds: 300)
        #expect(!issuer.isGood(proof.nonce, at: Example.now))
    }

    @Test(arguments: ["iat", "exp", "nbf", "time"])
    func `SCA-25: a proof has no place for a time of the device`(name: String) {
        #expect(throws: ProofRefusal.unknownMember(name)) { try verify(payload([name: 1_795_348_800])) }
    }

    static let refused: [(JSONObject, String?, ProofRefusal)] = [
        (["htm": "GET"], nil, .wrongMethod), (["htm": "post"], nil, .wrongMethod),
        (["htm": nil], nil, .wrongMember("htm")),
        ([:], "htm", .missingMember("htm")), ([:], "htu", .missingMember("htu")),
        ([:], "jti", .missingMember("jti")),
        (["htu": .text(Example.target + "/")], nil, .wrongTarget),
        (["htu": .text(Example.target + "?a=1")], nil, .wrongTarget),
        (["htu": "http://godkend.example/app/v1/confirmations"], nil, .wrongTarget),
        (["htu": "/app/v1/confirmations"], nil, .wrongTarget),
        (["htu": .text(Example.target.uppercased())], nil, .wrongTarget),
        (["jti": ""], nil, .wrongMember("jti")),
        (["jti": 1], nil, .wrongMember("jti")),
        (["jti": .text(String(repeating: "j", count: 65))], nil, .wrongMember("jti")),
        (["nonce": 1], nil, .wrongMember("nonce")), (["nonce": nil], nil, .wrongMember("nonce")),
    ]

    @Test(arguments: refused)
    func `SCA-34: a proof for another method, address or shape is refused`(
        changes: JSONObject, missing: String?, refusal: ProofRefusal
    ) {
        #expect(throws: refusal) { try verify(payload(changes, without: missing)) }
    }

    @Test(arguments: [1, 64])
    func `SCA-34: a jti of one and of 64 characters is taken`(length: Int) throws {
        let jti = String(repeating: "j", count: length)
        #expect(try verify(payload(["jti": .text(jti)])).jti == jti)
    }

    @Test func `SCA-24: a proof signed by another key is refused`() throws {
        let other = try Example.key(2)
        #expect(throws: ProofRefusal.badSignature) { try verify(payload(), by: other) }
    }

    @Test(arguments: ["", "dev_1", "phone", "cus_01K00000000000000000000000"])
    func `SCA-24: a kid that names no device is refused`(kid: String) throws {
        let compact = try Example.key().sign(
            type: .deviceProof, header: [("kid", .text(kid))], payload: payload().written())
        #expect(throws: ProofRefusal.wrongDevice) { try DeviceProof.Unverified(compact) }
    }
}

struct NonceIssuerTests {
    let issuer = NonceIssuer(key: [UInt8](repeating: 3, count: 32), lifetimeSeconds: 300)

    static let ages: [(Int64, Bool)] = [
        (-86_400_000, false), (-1, false), (0, true), (1, true), (299_999, true), (300_000, true),
        (300_001, false),
        (86_400_000, false),
    ]

    @Test(arguments: ages)
    func `SCA-25: a nonce is good for its lifetime to the millisecond, by the server's clock`(
        age: Int64, isGood: Bool
    ) {
        let nonce = issuer.nonce(at: Example.now)
        #expect(issuer.isGood(nonce, at: Example.now.adding(milliseconds: age)) == isGood)
    }

    @Test func `SCA-25: a nonce of another start, changed or cut is not good`() {
        let nonce = issuer.nonce(at: Example.now)
        let other = NonceIssuer(key: [UInt8](repeating: 4, count: 32), lifetimeSeconds: 300)
        #expect(!other.isGood(nonce, at: Example.now))
        #expect(!issuer.isGood(nonce + "A", at: Example.now))
        #expect(!issuer.isGood(String(nonce.dropLast()), at: Example.now))
        for index in nonce.indices {
            var changed = nonce
            changed.replaceSubrange(index...index, with: nonce[index] == "A" ? "B" : "A")
            #expect(!issuer.isGood(changed, at: Example.now))
        }
    }

    @Test func `SCA-25: a nonce fits a header and its maker prints nothing`() {
        let nonce = issuer.nonce(at: Example.now)
        #expect(nonce.utf8.count == 32)
        #expect("\(issuer)" == "[nonce issuer]")
    }
}
