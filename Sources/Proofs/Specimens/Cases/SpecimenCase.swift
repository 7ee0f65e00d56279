/// Every specimen record by its name, which is also the name of its file.
package enum SpecimenCase: String, CaseIterable, Sendable {
    // Sound, and an order may draw on it.
    case good
    case repeat1 = "repeat-1"
    case repeat2 = "repeat-2"
    case repeat3 = "repeat-3"
    case repeat4 = "repeat-4"
    case severalLines = "several-lines"
    case substitutionAllowed = "substitution-allowed"
    case substitutionForbidden = "substitution-forbidden"
    case partHandover = "part-handover"
    case minor
    case proxy
    case onCallDoctor = "on-call-doctor"
    case dentist
    case specialist
    case treatingPharmacist = "treating-pharmacist"
    case designatedPharmacy = "designated-pharmacy"
    case paragraph4 = "group-a-paragraph-4"
    case attestation1 = "attestation-1"
    case attestation2 = "attestation-2"
    case attestation3 = "attestation-3"
    // Authentic, but no order may draw on it, or not yet.
    case notYetValid = "not-yet-valid"
    case expired
    case urgent
    case groupAThreeHandovers = "group-a-three-handovers"
    case hospitalOnly = "hospital-only"
    // One defect each.
    case signature = "bad-signature"
    case algorithmNone = "alg-none"
    case algorithmHS256 = "alg-hs256"
    case twoCertificates = "two-certificates"
    case foreignChain = "foreign-chain"
    case expiredBackDated = "expired-back-dated"
    case signedTooEarly = "signed-too-early"
    case dateMismatch = "date-mismatch"
    case revokedKeyCompromise = "revoked-key-compromise"
    case revokedBeforeSigning = "revoked-before-signing"
    case revokedCompromiseAfterSigning = "revoked-compromise-after-signing"
    case pharmacist = "pharmacist-signature"
    case roleMismatch = "role-mismatch"
    case authorisationMismatch = "authorisation-mismatch"
    case authorisationEnded = "authorisation-ended"
    // Revoked for another reason after the signature: still good.
    case revokedAfterSigning = "revoked-after-signing"
    // Nothing decides it.
    case onHold = "certificate-on-hold"
    case revocationUnknown = "revocation-unknown"
    // By the signer of `good`.
    case cancellation
}
