package import Vocabulary

/// A prescription record whose signer and content were checked. Only `PrescriptionVerifier` makes one.
///
/// It exists also when nothing fresh says whether a certificate was revoked, and never when one was.
package struct VerifiedPrescription: Sendable {
    package let content: PrescriptionContent
    /// SHA-256 of the decoded payload.
    package let recordDigest: [UInt8]
    /// The text as it came.
    package let compact: String
    package let signer: SignerIdentity
    /// `iat` of the header.
    package let signedAt: Instant
    /// Our clock when it was first seen.
    package let firstSeen: Instant
    /// The OCSP responses filed with it, DER.
    package let stapled: [[UInt8]]
    package let revocation: RevocationFinding

    init(
        content: PrescriptionContent, recordDigest: [UInt8], compact: String, signer: SignerIdentity,
        signedAt: Instant, firstSeen: Instant, stapled: [[UInt8]], revocation: RevocationFinding
    ) {
        self.content = content
        self.recordDigest = recordDigest
        self.compact = compact
        self.signer = signer
        self.signedAt = signedAt
        self.firstSeen = firstSeen
        self.stapled = stapled
        self.revocation = revocation
    }
}
