package import Vocabulary

/// What the verifier says to a specimen.
package enum SpecimenVerdict: Hashable, Sendable {
    case authentic
    case refused(DeclineReason)
    /// Sound, but nothing fresh says whether the certificate was revoked.
    case undecided

    /// The word of the table of cases.
    package var text: String {
        switch self {
        case .authentic: "pass"
        case .refused: "fail"
        case .undecided: "unknown"
        }
    }

    package var reason: DeclineReason? {
        switch self {
        case .authentic: nil
        case .refused(let reason): reason
        case .undecided: .rxRevocationUnknown
        }
    }
}

extension SpecimenCase {
    /// What the verifier must say at the moment the specimens are made for.
    package var verdict: SpecimenVerdict {
        switch self {
        case .signature: .refused(.rxSignatureInvalid)
        case .algorithmNone, .algorithmHS256: .refused(.rxAlgorithmRefused)
        case .twoCertificates: .refused(.rxCertificateMalformed)
        case .foreignChain: .refused(.rxChainUntrusted)
        case .expiredBackDated, .signedTooEarly: .refused(.rxSigningTimeImplausible)
        case .dateMismatch: .refused(.rxDateMismatch)
        case .revokedKeyCompromise, .revokedBeforeSigning, .revokedCompromiseAfterSigning:
            .refused(.rxRevoked)
        case .pharmacist, .roleMismatch, .authorisationMismatch: .refused(.rxPrescriberNotEntitled)
        case .authorisationEnded: .refused(.rxPrescriberInactive)
        case .onHold, .revocationUnknown: .undecided
        default: .authentic
        }
    }

    /// What an order on an authentic record is told, where it cannot be had; nil where it can.
    package var orderReason: DeclineReason? {
        switch self {
        case .notYetValid: .rxNotYetValid
        case .expired: .rxExpired
        case .groupAThreeHandovers: .rxGroupSingle
        case .hospitalOnly, .urgent: .rxNotCovered
        default: nil
        }
    }

    /// What is right or wrong, in one sentence.
    package var note: String {
        switch self {
        case .good: "Four handovers of one package, three months between."
        case .repeat1, .repeat2, .repeat3, .repeat4: "As many handovers as the name says, a month between."
        case .severalLines: "Three lines with different products."
        case .substitutionAllowed: "Another product of the group may be handed over."
        case .substitutionForbidden: "No other product may be handed over."
        case .partHandover: "Three packages a handover: the pharmacy may hand them over in parts."
        case .minor: "A child of six; the guardian orders."
        case .proxy: "The holder of a power of attorney orders."
        case .onCallDoctor: "Valid for seven days without saying so."
        case .dentist: "A dentist's own prescription."
        case .specialist: "A product that only certain specialists may prescribe."
        case .treatingPharmacist: "Valid for seven days without saying so."
        case .designatedPharmacy: "Only one pharmacy may sell it."
        case .paragraph4: "A product of § 4, one handover."
        case .attestation1: "A register's word: nothing was handed over."
        case .attestation2: "The same record ten minutes later: one handover."
        case .attestation3: "The same record another nine minutes later: two handovers."
        case .notYetValid: "Valid from a month after its issue."
        case .expired: "A register's word about a prescription of more than two years ago."
        case .urgent: "Urgent supply without payment, which is not offered."
        case .groupAThreeHandovers: "A product of group A with three handovers."
        case .hospitalOnly: "A product for hospitals only."
        case .signature: "The last byte of the signature was changed."
        case .algorithmNone: "No signature, algorithm none."
        case .algorithmHS256: "HMAC with the public key as its secret."
        case .twoCertificates: "Two certificates in one entry of x5c."
        case .foreignChain: "An issuer of the same name with another key."
        case .expiredBackDated: "The certificate has ended; the signing time says it had not."
        case .signedTooEarly: "Signed 25 hours before it is filed."
        case .dateMismatch: "Issued a day before it was signed."
        case .revokedKeyCompromise: "The certificate is on the revocation list, reason keyCompromise."
        case .revokedBeforeSigning: "Revoked two hours before the signature, reason cessationOfOperation."
        case .revokedCompromiseAfterSigning:
            "Revoked after the signature, reason aACompromise: no signature counts."
        case .revokedAfterSigning: "Revoked after the signature, reason superseded: the signature counts."
        case .pharmacist: "A pharmacist's sound signature."
        case .roleMismatch: "A dentist signs as a doctor."
        case .authorisationMismatch: "A doctor signs with another doctor's authorisation."
        case .authorisationEnded: "The authorisation ended the day before."
        case .onHold: "The certificate is on hold."
        case .revocationUnknown: "The revocation list is two days old."
        case .cancellation: "Cancels good, by the same doctor."
        }
    }
}
