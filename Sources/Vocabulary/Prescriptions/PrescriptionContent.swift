/// What a prescription says, flat: what was read from the signed bytes and from nothing else.
///
/// Whether it is authentic is another question; `VerifiedPrescription` answers it.
package struct PrescriptionContent: Hashable, Sendable {
    package let identity: RecordIdentity
    /// 1 or more.
    package let version: Int64
    package let kind: SignerKind
    /// When it was issued, by its own word; a register's record tells when the prescriber issued it.
    package let issuedAt: Instant
    /// The local date of issue, as each line says it; the same on all lines.
    package let issuedOn: LocalDate
    /// When a register looked; nil for a prescriber's record.
    package let attestedAt: Instant?
    package let patient: PatientContent
    package let prescriber: PrescriberContent
    /// At least one.
    package let lines: [PrescribedLine]

    package init(
        identity: RecordIdentity, version: Int64, kind: SignerKind, issuedAt: Instant, issuedOn: LocalDate,
        attestedAt: Instant?, patient: PatientContent, prescriber: PrescriberContent, lines: [PrescribedLine]
    ) {
        self.identity = identity
        self.version = version
        self.kind = kind
        self.issuedAt = issuedAt
        self.issuedOn = issuedOn
        self.attestedAt = attestedAt
        self.patient = patient
        self.prescriber = prescriber
        self.lines = lines
    }

    package func line(_ id: String) -> PrescribedLine? { lines.first { $0.id == id } }
}

/// For whom.
package struct PatientContent: Hashable, Sendable {
    package let personNumber: PersonNumber
    package let birthDate: LocalDate
    /// Given names and surname as the record has them; empty when it names nobody.
    package let name: Redacted<String>

    package init(personNumber: PersonNumber, birthDate: LocalDate, name: Redacted<String>) {
        self.personNumber = personNumber
        self.birthDate = birthDate
        self.name = name
    }

    /// The first letters of the names, as the code app shows them: `EL`.
    package var initials: String {
        let names = name.exposed().split(separator: " ")
        return names.compactMap { $0.first.map { String($0).uppercased() } }.joined()
    }
}

/// By whom.
package struct PrescriberContent: Hashable, Sendable {
    package let authorisation: AuthorisationID
    package let role: SignerRole
    /// The organisation's identifier, as written; nil when there is none.
    package let organisation: String?

    package init(authorisation: AuthorisationID, role: SignerRole, organisation: String?) {
        self.authorisation = authorisation
        self.role = role
        self.organisation = organisation
    }
}

/// One line of a prescription: one product, and how often how much of it.
package struct PrescribedLine: Hashable, Sendable {
    /// Its name inside the record, 1 to 64 characters.
    package let id: String
    package let product: PrescribedProduct
    /// Packages a handover; above zero, at most 9,999.
    package let packagesPerHandover: Quantity
    /// Handovers in all, from 1: FHIR `numberOfRepeatsAllowed` + 1, FMK `IterationNumber` (RX-COUNT).
    package let handovers: Int
    package let interval: HandoverInterval?
    /// First day; nil: the day of issue.
    package let validFrom: LocalDate?
    /// Last day, inclusive; nil: the rule's default (RX-VALID).
    package let validTo: LocalDate?
    /// The only pharmacy that may sell it.
    package let pharmacy: GLN?
    package let isSubstitutionAllowed: Bool
    /// Urgent supply without payment (BEK 827/2024 section 19): not offered here.
    package let isUrgentWithoutPayment: Bool
    /// In the prescriber's words, as on the label.
    package let dosage: String?
    /// In the prescriber's words: what it is for.
    package let indication: String?
    /// The record that this line takes the place of.
    package let replaces: RecordIdentity?
    /// What a register says was handed over before; nil for a prescriber's record.
    package let history: AttestedHistory?

    package init(
        id: String, product: PrescribedProduct, packagesPerHandover: Quantity, handovers: Int,
        interval: HandoverInterval? = nil, validFrom: LocalDate? = nil, validTo: LocalDate? = nil,
        pharmacy: GLN? = nil, isSubstitutionAllowed: Bool, isUrgentWithoutPayment: Bool = false,
        dosage: String? = nil, indication: String? = nil, replaces: RecordIdentity? = nil,
        history: AttestedHistory? = nil
    ) {
        self.id = id
        self.product = product
        self.packagesPerHandover = packagesPerHandover
        self.handovers = handovers
        self.interval = interval
        self.validFrom = validFrom
        self.validTo = validTo
        self.pharmacy = pharmacy
        self.isSubstitutionAllowed = isSubstitutionAllowed
        self.isUrgentWithoutPayment = isUrgentWithoutPayment
        self.dosage = dosage
        self.indication = indication
        self.replaces = replaces
        self.history = history
    }
}

/// What was prescribed.
package struct PrescribedProduct: Hashable, Sendable {
    package let number: ProductNumber
    package let drug: DrugID?
    package let atc: ATCCode?
    /// Name, strength and form in the record's words.
    package let name: String
    /// Units in a package, for example tablets; nil when the record does not say.
    package let packageSize: Quantity?
    /// As the prescriber knew it; the price list of the order's date decides.
    package let group: DispensingGroup?

    package init(
        number: ProductNumber, drug: DrugID?, atc: ATCCode?, name: String, packageSize: Quantity?,
        group: DispensingGroup?
    ) {
        self.number = number
        self.drug = drug
        self.atc = atc
        self.name = name
        self.packageSize = packageSize
        self.group = group
    }
}

/// What a register knows of earlier handovers of a line.
package struct AttestedHistory: Hashable, Sendable {
    /// Handovers that were begun, from 0.
    package let handedOver: Int
    /// The day of the last one; nil when there was none.
    package let lastHandover: LocalDate?
    /// Units that are left in all; nil when the register does not count them.
    package let residual: Quantity?

    package init(handedOver: Int, lastHandover: LocalDate?, residual: Quantity?) {
        self.handedOver = handedOver
        self.lastHandover = lastHandover
        self.residual = residual
    }
}
