package import Vocabulary

/// Everything that decides whether prescription records cover an order, read in the transaction that decides.
///
/// The same facts serve a new authorization and the dry run that takes no lock.
package struct PrescriptionFacts: Sendable, Hashable {
    package let now: Instant
    /// The day of the order in Copenhagen; its price list counts.
    package let today: LocalDate
    /// Nil when the merchant is no pharmacy.
    package let pharmacy: PharmacyFacts?
    /// Who pays; nil when the card belongs to nobody we know.
    package let payerBirthDate: LocalDate?
    /// How old a child may be, in years, to be served through a guardian: below this age (RX-MINOR).
    package let guardianUntilAge: Int
    /// How long a register's word counts, in seconds.
    package let attestationSeconds: Int
    /// The first day of the price list that counts; nil when there is none.
    package let priceList: LocalDate?
    /// The lines of goods and medicine, and every line that names a record.
    package let lines: [OrderLineFacts]

    package init(
        now: Instant, today: LocalDate, pharmacy: PharmacyFacts?, payerBirthDate: LocalDate?,
        guardianUntilAge: Int, attestationSeconds: Int, priceList: LocalDate? = nil, lines: [OrderLineFacts]
    ) {
        self.now = now
        self.today = today
        self.pharmacy = pharmacy
        self.payerBirthDate = payerBirthDate
        self.guardianUntilAge = guardianUntilAge
        self.attestationSeconds = attestationSeconds
        self.priceList = priceList
        self.lines = lines
    }
}

/// The pharmacy that sells.
package struct PharmacyFacts: Sendable, Hashable {
    package let gln: GLN
    /// The copy of the agency's list of online pharmacies has it today, with its entry for the EU logo.
    package let isListed: Bool

    package init(gln: GLN, isListed: Bool) {
        self.gln = gln
        self.isListed = isListed
    }
}

/// One line of the order.
package struct OrderLineFacts: Sendable, Hashable {
    /// Its place in the order, from 0.
    package let position: Int
    /// Packages.
    package let quantity: Int
    /// The row of the price list of the order's date; nil when it has none.
    package let product: PricedProduct?
    /// Nil when the line names no record.
    package let drawn: DrawnLine?

    package init(position: Int, quantity: Int, product: PricedProduct?, drawn: DrawnLine?) {
        self.position = position
        self.quantity = quantity
        self.product = product
        self.drawn = drawn
    }
}

/// The record line that an order line draws on.
package enum DrawnLine: Sendable, Hashable {
    /// No record of this id, or none that this merchant may name.
    case unknown
    /// A record that failed a check: nothing in it is believed, whose it is neither.
    case flawed(DeclineReason)
    case found(RecordFacts)
}

/// An authentic record as it stands, and the one line of it that is drawn on.
package struct RecordFacts: Sendable, Hashable {
    package let status: PrescriptionStatus
    package let revocation: RevocationStanding
    /// SHA-256 of the list or answer that says so, in hexadecimal; nil where nothing does.
    package let evidence: String?
    package let kind: SignerKind
    package let role: SignerRole
    package let issuedOn: LocalDate
    /// When the register looked; nil for a prescriber's record.
    package let attestedAt: Instant?
    package let patient: PatientStanding
    package let patientBirthDate: LocalDate
    /// Nil when the record has no line of that name.
    package let line: PrescribedLine?
    /// The prescribed product in the price list of the order's date.
    package let prescribed: PricedProduct?
    package let use: LineUse
    /// Another line of the same order draws on this record line already.
    package let isDrawnTwice: Bool

    package init(
        status: PrescriptionStatus, revocation: RevocationStanding, evidence: String? = nil, kind: SignerKind,
        role: SignerRole,
        issuedOn: LocalDate, attestedAt: Instant?, patient: PatientStanding,
        patientBirthDate: LocalDate, line: PrescribedLine?, prescribed: PricedProduct?, use: LineUse,
        isDrawnTwice: Bool
    ) {
        self.status = status
        self.revocation = revocation
        self.evidence = evidence
        self.kind = kind
        self.role = role
        self.issuedOn = issuedOn
        self.attestedAt = attestedAt
        self.patient = patient
        self.patientBirthDate = patientBirthDate
        self.line = line
        self.prescribed = prescribed
        self.use = use
        self.isDrawnTwice = isDrawnTwice
    }
}

/// What fresh evidence says of the signer's certificate (RX-REV).
package enum RevocationStanding: String, Sendable, Hashable, CaseIterable {
    case good
    case revoked
    /// No evidence of the last 24 hours, or a certificate on hold.
    case unknown
}

/// What the payer is to the patient (RX-PATIENT, RX-MINOR, RX-PROXY).
package enum PatientStanding: Sendable, Hashable {
    /// The payer is the patient.
    case same
    /// A relation on file, approved and within its days.
    case related(RelationKind)
    /// A relation that was, is not yet approved, or lies outside its days.
    case notRelatedNow
    /// Nothing connects the two, or the order form names a third.
    case stranger
}

/// What was taken from a record line, and who holds it.
package struct LineUse: Sendable, Hashable {
    /// Handovers that were begun, whole or in part, a register's count included.
    package let handedOver: Int
    package let lastHandover: LocalDate?
    /// Units left in all, where a register counts them.
    package let residual: Quantity?
    /// Another order has an active hold.
    package let isHeld: Bool

    package init(handedOver: Int, lastHandover: LocalDate?, residual: Quantity?, isHeld: Bool) {
        self.handedOver = handedOver
        self.lastHandover = lastHandover
        self.residual = residual
        self.isHeld = isHeld
    }
}
