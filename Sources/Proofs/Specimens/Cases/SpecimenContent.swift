package import Vocabulary

/// A specimen that its own rules refuse.
package enum SpecimenFlaw: Error, Hashable, Sendable {
    case badContent(String)
}

/// What the specimen records say.
package enum SpecimenContent {
    /// The pharmacy of the designated record: Nordlys Apotek in `Merchants/`.
    package static let pharmacy = "5790000000012"

    /// The record of a case, for a moment.
    package static func record(_ name: SpecimenCase, at moment: Instant) throws -> PrescriptionContent {
        let signed = name.signedAt(moment)
        let isAttested = name.signer.kind == .registry
        let issuedAt = isAttested ? issuedBefore(name, moment) : signed
        let day = LocalDate(issuedAt)
        return PrescriptionContent(
            identity: try identity(name), version: 1, kind: name.signer.kind,
            issuedAt: issuedAt.wholeSecond, issuedOn: name == .dateMismatch ? day.adding(days: -1) : day,
            attestedAt: isAttested ? signed.wholeSecond : nil, patient: try name.patient.content(),
            prescriber: try prescriber(name), lines: try SpecimenLines.of(name, issuedOn: day))
    }

    /// Attestations are about prescriptions that were issued before.
    private static func issuedBefore(_ name: SpecimenCase, _ moment: Instant) -> Instant {
        name == .expired ? moment.adding(days: -740) : moment.adding(days: -70)
    }

    /// A register has FMK's ids; the three attestations are of one record.
    private static func identity(_ name: SpecimenCase) throws -> RecordIdentity {
        let found =
            switch name {
            case .attestation1, .attestation2, .attestation3:
                RecordIdentity(system: .fmk, value: "270120261120001")
            case .expired: RecordIdentity(system: .fmk, value: "270120241111002")
            default: RecordIdentity(system: .godkend, value: "specimen-" + name.rawValue)
            }
        guard let found else { throw SpecimenFlaw.badContent(name.rawValue) }
        return found
    }

    private static func prescriber(_ name: SpecimenCase) throws -> PrescriberContent {
        let named: SpecimenSigner =
            switch name {
            case .roleMismatch, .attestation1, .attestation2, .attestation3, .expired: .doctor
            case .authorisationMismatch: .secondDoctor
            default: name.signer
            }
        let ownAuthorisation = name == .roleMismatch ? name.signer.authorisation : named.authorisation
        guard let authorisation = ownAuthorisation else { throw SpecimenFlaw.badContent(name.rawValue) }
        return PrescriberContent(
            authorisation: authorisation, role: named.role ?? .doctor,
            organisation: "urn:godkend:specimen-clinic")
    }
}

extension SpecimenCase {
    /// For whom.
    package var patient: SpecimenPatient {
        switch self {
        case .minor: .rikke
        case .proxy: .aage
        case .attestation1, .attestation2, .attestation3, .expired: .einer
        case .severalLines, .partHandover: .niels
        case .dentist, .onCallDoctor: .muhammed
        case .specialist, .treatingPharmacist, .designatedPharmacy: .lonni
        default: .kaja
        }
    }
}
