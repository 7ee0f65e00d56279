package import Vocabulary

/// A signer's word that a record no longer counts. Only `PrescriptionVerifier` makes one.
package struct VerifiedCancellation: Sendable {
    /// The id of the record as its signer wrote it.
    package let record: String
    /// 1 or more.
    package let version: Int64
    /// The signer's own words.
    package let reason: String
    /// SHA-256 of the decoded payload.
    package let digest: [UInt8]
    /// The text as it came.
    package let compact: String
    package let signer: SignerIdentity
    /// `iat` of the header.
    package let signedAt: Instant
    package let revocation: RevocationFinding
}

/// Everything that was found about a text that may be a signed cancellation.
package struct CancellationExamination: Sendable {
    /// All rules, in their order. The day of issue is never looked at: there is none.
    package let checks: [AuthenticityCheck]
    /// Why the payload is not `{record, version, reason}`; nil also when there was no payload.
    package let payloadFlaw: ProofRefusal?
    /// Present when no rule failed and the payload was read.
    package let verified: VerifiedCancellation?

    /// The reason of the first rule that failed. An unknown revocation is no flaw.
    package var flaw: DeclineReason? { firstFlaw(checks) }
}
