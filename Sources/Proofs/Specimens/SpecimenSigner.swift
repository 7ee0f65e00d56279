package import Vocabulary

/// The people and the register of the specimen PKI. Their keys are published: they prove nothing.
package enum SpecimenSigner: String, CaseIterable, Sendable {
    case doctor, secondDoctor, dentist, specialist, onCallDoctor, treatingPharmacist
    /// Sells, and may not prescribe: the title is none of our roles.
    case pharmacist
    /// The specimen list of revocations names this one with `keyCompromise`.
    case revokedDoctor
    /// The certificate ended a day before the PKI's own moment.
    case expiredDoctor
    case register

    package var kind: SignerKind { self == .register ? .registry : .prescriber }

    /// `title` of the certificate.
    package var title: String { role?.rawValue ?? "pharmacist" }

    /// Nil for the pharmacist.
    package var role: SignerRole? {
        switch self {
        case .doctor, .secondDoctor, .revokedDoctor, .expiredDoctor: .doctor
        case .dentist: .dentist
        case .specialist: .specialist
        case .onCallDoctor: .onCallDoctor
        case .treatingPharmacist: .treatingPharmacist
        case .pharmacist: nil
        case .register: .register
        }
    }

    /// Nil for the register.
    package var authorisation: AuthorisationID? { authorisationText.flatMap { AuthorisationID($0) } }

    private var authorisationText: String? {
        switch self {
        case .doctor: "CCM9X"
        case .secondDoctor: "0BV2K"
        case .dentist: "7TND1"
        case .specialist: "5PCL8"
        case .onCallDoctor: "4VGT2"
        case .treatingPharmacist: "6BHF3"
        case .pharmacist: "9FRM5"
        case .revokedDoctor: "3TRK7"
        case .expiredDoctor: "2DLB4"
        case .register: nil
        }
    }

    /// Counts from 1: serial numbers and UUIDs are made of it.
    var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

    var commonName: String {
        switch self {
        case .doctor: "Specimen Doctor"
        case .secondDoctor: "Specimen Second Doctor"
        case .dentist: "Specimen Dentist"
        case .specialist: "Specimen Specialist"
        case .onCallDoctor: "Specimen On-call Doctor"
        case .treatingPharmacist: "Specimen Treating Pharmacist"
        case .pharmacist: "Specimen Pharmacist"
        case .revokedDoctor: "Specimen Revoked Doctor"
        case .expiredDoctor: "Specimen Expired Doctor"
        case .register: "Specimen Register"
        }
    }

    /// Who issues the certificate.
    package var issuer: SpecimenAuthority { self == .register ? .registerRoot : .issuing }
}

/// The authorities of the specimen PKI.
package enum SpecimenAuthority: String, CaseIterable, Sendable {
    /// Pinned for prescribers.
    case root
    /// Issues the prescribers' certificates; issued by `root`.
    case issuing
    /// Pinned for registers; issues the register's certificate.
    case registerRoot
    /// Same names and key identifiers as `root` and `issuing`, other keys: pinned by nobody.
    case foreignRoot, foreignIssuing

    var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

    /// The authority that signed its certificate.
    package var issuer: SpecimenAuthority {
        switch self {
        case .root, .issuing: .root
        case .registerRoot: .registerRoot
        case .foreignRoot, .foreignIssuing: .foreignRoot
        }
    }

    /// The authority whose names it bears.
    var looksLike: SpecimenAuthority {
        switch self {
        case .foreignRoot: .root
        case .foreignIssuing: .issuing
        case .root, .issuing, .registerRoot: self
        }
    }

    var commonName: String {
        switch looksLike {
        case .registerRoot: "Godkend Specimen Register Root"
        case .issuing: "Godkend Specimen Issuing CA"
        default: "Godkend Specimen Root"
        }
    }
}
