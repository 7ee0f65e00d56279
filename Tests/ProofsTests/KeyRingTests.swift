import Testing
import Vocabulary

@testable import Proofs

struct KeyRingTests {
    let place = SealingContext(table: "cards", row: "crd_1", owner: "cus_1")
    let plain = Array("not a card number".utf8)

    @Test func `PAN-1: a sealed value opens in its place and twice sealed differs`() throws {
        let ring = try Example.keyRing()
        let one = try ring.seal(plain, for: place)
        let other = try ring.seal(plain, for: place)
        #expect(one != other)
        #expect(one.count == 1 + 12 + plain.count + 16)
        #expect(try ring.open(one, for: place) == plain)
        #expect(try ring.open(other, for: place) == plain)
        #expect(try ring.open(ring.seal([], for: place), for: place).isEmpty)
    }

    static let elsewhere: [SealingContext] = [
        SealingContext(table: "card", row: "crd_1", owner: "cus_1"),
        SealingContext(table: "cards", row: "crd_2", owner: "cus_1"),
        SealingContext(table: "cards", row: "crd_1", owner: "cus_2"),
        SealingContext(table: "cards", row: "crd_1c", owner: "us_1"),
        SealingContext(table: "cardsc", row: "rd_1", owner: "cus_1"),
        SealingContext(table: "", row: "", owner: ""),
    ]

    @Test(arguments: elsewhere)
    func `PAN-1: a sealed value moved to another place does not open`(context: SealingContext) throws {
        let ring = try Example.keyRing()
        let sealed = try ring.seal(plain, for: place)
        #expect(throws: ProofRefusal.cannotOpen) { try ring.open(sealed, for: context) }
    }

    @Test func `PAN-1: a sealed value changed in any byte, cut or under another key does not open`() throws {
        let ring = try Example.keyRing()
        let sealed = try ring.seal(plain, for: place)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: ProofRefusal.cannotOpen) { try ring.open(changed, for: place) }
            #expect(throws: ProofRefusal.cannotOpen) { try ring.open(Array(sealed[..<index]), for: place) }
        }
        #expect(throws: ProofRefusal.cannotOpen) { try Example.keyRing(8).open(sealed, for: place) }
    }

    @Test(arguments: [0, 16, 31, 33, 64])
    func `PAN-1: a master key of another length than 32 bytes is refused`(length: Int) {
        #expect(throws: ProofRefusal.badKey) { try KeyRing(master: [UInt8](repeating: 1, count: length)) }
    }

    @Test func `PAN-1: a fingerprint is the same again, another for each kind, value and key`() throws {
        let ring = try Example.keyRing()
        let prints = FingerprintKind.allCases.map { ring.fingerprint(plain, as: $0) }
        #expect(Set(prints).count == FingerprintKind.allCases.count)
        #expect(prints.allSatisfy { $0.count == 32 })
        #expect(
            try Example.keyRing().fingerprint("not a card number", as: .card)
                == ring.fingerprint(plain, as: .card))
        #expect(ring.fingerprint(plain + [0], as: .card) != ring.fingerprint(plain, as: .card))
        #expect(try Example.keyRing(8).fingerprint(plain, as: .card) != ring.fingerprint(plain, as: .card))
    }

    @Test func `SCA-28: a key ring and a password hash print a mask`() throws {
        let ring = try Example.keyRing()
        #expect("\(ring)" == "[key ring]")
        #expect(Mirror(reflecting: ring).children.isEmpty)
        let parameters = try #require(ScryptParameters(logN: 4, r: 1, p: 1))
        let hash = try PasswordHash.make("kode1234", salt: Array(1...16), parameters: parameters)
        #expect("\(hash)" == "[password hash]")
    }

    @Test func `SCA-13: the match code is the same again and spreads over all its values`() throws {
        let ring = try Example.keyRing()
        var seen: [String: Int] = [:]
        for number in UInt64(0)..<5_000 {
            let id = ConfirmationID(at: Example.now, random: (1, number << 2))
            let code = ring.matchCode(for: id).text
            #expect(code == ring.matchCode(for: id).text)
            seen[code, default: 0] += 1
        }
        #expect(seen.count == 100)
        #expect(seen.values.allSatisfy { (15...100).contains($0) })
        #expect(ring.matchCode(for: Example.confirmation, digits: 6).text.count == 6)
    }

    @Test func `SCA-13: page token and pseudonym tell two confirmations, two shops and two keys apart`()
        throws
    {
        let ring = try Example.keyRing()
        let token = ring.pageToken(for: Example.confirmation)
        #expect(token.utf8.count == 43)
        #expect(token != ring.pageToken(for: ConfirmationID(at: Example.now, random: (9, 9))))
        #expect(try token != Example.keyRing(8).pageToken(for: Example.confirmation))
        let name = try ring.pseudonym("cus_1", merchant: Example.merchant())
        #expect(try name == ring.pseudonym("cus_1", merchant: Example.merchant()))
        #expect(try name != ring.pseudonym("cus_1", merchant: Example.merchant("byens-apotek")))
        #expect(try name != ring.pseudonym("cus_2", merchant: Example.merchant()))
        #expect(name.utf8.count == 22)
    }

    @Test func `ACQ-SCA: the authentication value has 20 bytes and is bound to the answer`() throws {
        let ring = try Example.keyRing()
        let value = ring.authenticationValue(for: Example.confirmation, answerDigest: Digest.sha256([1]))
        #expect(value.count == 20)
        #expect(
            value != ring.authenticationValue(for: Example.confirmation, answerDigest: Digest.sha256([2])))
        let other = ConfirmationID(at: Example.now, random: (9, 9))
        #expect(value != ring.authenticationValue(for: other, answerDigest: Digest.sha256([1])))
    }

    @Test func `SCA-23: test mode's own app has one key per customer, the same after a restart`() throws {
        let key = try Example.keyRing().testDeviceKey(for: Example.customer)
        #expect(try Example.keyRing().testDeviceKey(for: Example.customer).publicKey == key.publicKey)
        let other = CustomerID(at: Example.now, random: (8, 8))
        #expect(try Example.keyRing().testDeviceKey(for: other).publicKey != key.publicKey)
        let statement = try Example.payment()
        let compact = try Example.answer(statement, key: key)
        #expect(throws: Never.self) {
            try Answer.verify(
                compact, statement: statement.canonical(), key: key.publicKey, device: Example.device)
        }
    }
}
