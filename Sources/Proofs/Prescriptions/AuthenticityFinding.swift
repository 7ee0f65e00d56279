package import Vocabulary

/// What a rule of authenticity found, with its evidence.
package enum AuthenticityFinding: Hashable, Sendable {
    // RX-SIG
    case signatureFits
    case notSigned(ProofRefusal)
    case header(ProofRefusal)
    case signatureWrong
    // RX-ALG
    case algorithmAllowed
    case algorithmRefused
    case keyOfOtherAlgorithm
    // RX-CERT-ONE
    case certificatesInOrder(count: Int)
    case certificatesOutOfOrder(CertificateFlaw)
    // RX-CHAIN
    case chainTrusted(root: [UInt8])
    case chainUntrusted(PathFlaw)
    // RX-TIME
    case signedWithinWindow(signedAt: Instant)
    case signingTimeMissing
    case signedTooEarly(signedAt: Instant, earliest: Instant)
    case signedTooLate(signedAt: Instant, latest: Instant)
    /// `position` counts from the leaf, which is 0.
    case certificateNotValid(position: Int, from: Instant, to: Instant)
    // RX-DAY
    case issuedOnSigningDay(LocalDate)
    case issuedOnOtherDay(issued: LocalDate, signed: LocalDate)
    case attestedAtSigning(Instant)
    case attestedAtOtherTime(attested: Instant?, signed: Instant)
    // RX-REV
    case revocation(RevocationFinding)
    // RX-ROLE
    case entitled(SignerRole)
    case subjectIncomplete(SubjectFlaw)
    case titleNotEntitled
    case recordNamesOtherRole(certificate: SignerRole, record: SignerRole)
    case recordNamesOtherAuthorisation
    // RX-AUTH-ACTIVE
    case authorisationActive(on: LocalDate)
    case authorisationUnknown
    case authorisationNotActive(on: LocalDate)
    case registerNeedsNone
    // Any
    case notLookedAt(NotLookedAt)
}

/// Why a rule was not looked at.
package enum NotLookedAt: String, Hashable, Sendable {
    case notSigned, algorithm, kind, certificates, chain, signingTime, content, subject, cancellation
}
