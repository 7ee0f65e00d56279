import Crypto
import Notation
package import Vocabulary
import X509

/// A small public-key infrastructure made in code, the same names, keys, serial numbers and days every time:
/// for tests, the demo and fixtures. Its keys are published.
///
/// Only the signatures differ from run to run, because ECDSA draws a number for each.
package struct SpecimenPKI: Sendable {
    /// The moment it is made for, whole seconds: the signers' certificates run from a year before it to four
    /// years after it, the expired doctor's to a day before it.
    package let moment: Instant
    let signers: [SpecimenSigner: ParsedCertificate]
    let authorities: [SpecimenAuthority: ParsedCertificate]
    let responders: [SpecimenAuthority: ParsedCertificate]

    package init(at moment: Instant) throws {
        let moment = moment.wholeSecond
        self.moment = moment
        signers = try Self.make(SpecimenSigner.allCases) { try SpecimenDrafts.signer($0, at: moment) }
        authorities = try Self.make(SpecimenAuthority.allCases) {
            try SpecimenDrafts.authority($0, at: moment)
        }
        responders = try Self.make(SpecimenAuthority.allCases) {
            try SpecimenDrafts.responder(for: $0, at: moment)
        }
    }

    private static func make<Holder: Hashable>(
        _ holders: [Holder], draft: (Holder) throws -> CertificateDraft
    ) throws -> [Holder: ParsedCertificate] {
        var made: [Holder: ParsedCertificate] = [:]
        for holder in holders {
            guard let parsed = ParsedCertificate(try draft(holder).made()) else { throw DERFlaw.notExpected }
            made[holder] = parsed
        }
        return made
    }

    /// DER.
    package func certificate(of signer: SpecimenSigner) -> [UInt8] { signers[signer]?.der ?? [] }

    /// DER.
    package func certificate(of authority: SpecimenAuthority) -> [UInt8] {
        authorities[authority]?.der ?? []
    }

    /// The `x5c` of a signer: the leaf, then the issuing authority for a prescriber. DER.
    package func chain(of signer: SpecimenSigner) -> [[UInt8]] {
        signer.issuer == .issuing
            ? [certificate(of: signer), certificate(of: .issuing)] : [certificate(of: signer)]
    }

    /// The signer's key.
    package static func key(of signer: SpecimenSigner) throws -> SigningKey {
        try SigningKey(raw: SpecimenKey.scalar(signer.rawValue))
    }

    /// The signer's key as PKCS #8 in PEM.
    package static func keyPEM(of signer: SpecimenSigner) throws -> String {
        try SpecimenKey.signing(signer.rawValue).pemRepresentation + "\n"
    }

    /// A certificate as PEM with its line of end; several are written behind one another.
    package static func pem(_ certificates: [[UInt8]]) -> String {
        certificates.map { PEM.write("CERTIFICATE", $0) }.joined()
    }
}
