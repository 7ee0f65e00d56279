package import Vocabulary

extension SpecimenCase {
    /// Whose key signs it.
    package var signer: SpecimenSigner {
        switch self {
        case .dentist, .roleMismatch: .dentist
        case .specialist: .specialist
        case .onCallDoctor: .onCallDoctor
        case .treatingPharmacist: .treatingPharmacist
        case .pharmacist: .pharmacist
        case .expiredBackDated: .expiredDoctor
        case .revokedKeyCompromise: .revokedDoctor
        case .authorisationEnded: .secondDoctor
        case .attestation1, .attestation2, .attestation3, .expired: .register
        default: .doctor
        }
    }

    /// When it is signed: an hour before the moment that the specimens are made for, unless the time is the
    /// point.
    package func signedAt(_ moment: Instant) -> Instant {
        switch self {
        case .signedTooEarly: moment.adding(seconds: -25 * 3_600)
        case .expiredBackDated: moment.adding(days: -3)
        case .attestation1: moment.adding(seconds: -1_200)
        case .attestation2: moment.adding(seconds: -600)
        case .attestation3, .expired: moment.adding(seconds: -60)
        case .cancellation: moment.adding(seconds: -1_800)
        default: moment.adding(seconds: -3_600)
        }
    }

    /// The OCSP response that is filed beside it; nil: the revocation lists are enough.
    package func stapled(_ moment: Instant) -> SpecimenStatus? {
        let signed = signedAt(moment)
        switch self {
        case .revokedBeforeSigning:
            return .revoked(at: signed.adding(seconds: -7_200), reason: .cessationOfOperation)
        case .revokedAfterSigning:
            return .revoked(at: signed.adding(seconds: 600), reason: .superseded)
        case .revokedCompromiseAfterSigning:
            return .revoked(at: signed.adding(seconds: 600), reason: .aACompromise)
        case .onHold:
            return .revoked(at: signed.adding(seconds: -600), reason: .certificateHold)
        case .good: return .good
        default: return nil
        }
    }

    /// Whether the trust folder's revocation lists are to be two days old.
    package var needsStaleLists: Bool { self == .revocationUnknown }
}
