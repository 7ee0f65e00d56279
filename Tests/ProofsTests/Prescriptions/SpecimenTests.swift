import Crypto
import Notation
import SwiftASN1
import Testing
import Vocabulary
import X509

@testable import Proofs

struct SpecimenTests {
    @Test func `RX-CERT-ONE: the specimen keys, names, serial numbers and days are the same every time`()
        throws
    {
        let one = try SpecimenPKI(at: Example.now)
        let other = try SpecimenPKI(at: Example.now.adding(milliseconds: 999))
        for signer in SpecimenSigner.allCases {
            let (left, right) = (try #require(one.signers[signer]), try #require(other.signers[signer]))
            #expect(left.certificate.publicKey == right.certificate.publicKey)
            #expect(left.certificate.subject == right.certificate.subject)
            #expect(left.certificate.serialNumber == right.certificate.serialNumber)
            #expect(left.notBefore == right.notBefore && left.notAfter == right.notAfter)
            #expect((signer.authorisation == nil) == (signer == .register))
        }
        let authorisations = SpecimenSigner.allCases.compactMap(\.authorisation)
        #expect(Set(authorisations).count == SpecimenSigner.allCases.count - 1)
    }

    @Test func `RX-CERT-ONE: certificates and keys are written as PEM that reads back`() throws {
        let pki = try SpecimenPKI(at: Example.now)
        let text = SpecimenPKI.pem(pki.chain(of: .doctor))
        #expect(try PEMDocument.parseMultiple(pemString: text).map(\.derBytes) == pki.chain(of: .doctor))
        for signer in SpecimenSigner.allCases {
            let key = try P256.Signing.PrivateKey(pemRepresentation: SpecimenPKI.keyPEM(of: signer))
            #expect([UInt8](key.rawRepresentation) == (try SpecimenPKI.key(of: signer).raw))
        }
    }

    @Test func `RX-CHAIN: a foreign authority bears the names of the pinned one, and another key`() throws {
        let pki = try SpecimenPKI(at: Example.now)
        for (foreign, real) in [
            (SpecimenAuthority.foreignRoot, SpecimenAuthority.root), (.foreignIssuing, .issuing),
        ] {
            let left = try #require(pki.authorities[foreign]).certificate
            let right = try #require(pki.authorities[real]).certificate
            #expect(left.subject == right.subject && left.issuer == right.issuer)
            #expect(left.publicKey != right.publicKey)
        }
    }
}

/// C2SP/wycheproof against the check of signatures on certificates, lists and responses.
@Suite(.enabled(if: SharedData.isPresent, SharedData.absence))
struct CertificateSignatureTests {
    @Test func `RX-CHAIN: ECDSA signatures in DER are judged as the public vectors say`() throws {
        let cases = try SharedData.cases("ecdsa_secp256r1_sha256_test.json")
        #expect(cases.count > 400)
        var wrong: [Int64] = []
        for (group, test) in cases {
            let point = try #require(group["publicKey"]?.object).hex("uncompressed")
            let key = try P256.Signing.PublicKey(x963Representation: point)
            let (signature, message) = (try test.hex("sig"), try test.hex("msg"))
            let accepted = SignatureRule.accepts(
                signature[...], over: message[...], by: .ecdsaWithSHA256, key: Certificate.PublicKey(key))
            if accepted != test.isValid { wrong.append(test.number) }
        }
        #expect(wrong == [])
    }
}
