import Decisions
import Vocabulary

/// A row of the price list, with the values as they stand in a file.
struct Row {
    var number = "012345"
    var drug: String?
    var atc: String?
    var size = "50"
    var substitution: String? = "100"
    var group = DispensingGroup.b

    func product() throws -> PricedProduct {
        guard let number = ProductNumber(number), let size = Quantity(size) else { throw BadScene() }
        return PricedProduct(
            number: number, drug: drug.flatMap { DrugID($0) }, atc: atc.flatMap { ATCCode($0) },
            name: "Examplin", packageSize: size, substitutionGroup: substitution, group: group,
            priceMinor: 4_995)
    }
}

/// A record line of which the second of four handovers may be had today.
struct GoodRecord {
    var status = PrescriptionStatus.partHandedOver
    var flaw: DeclineReason?
    var revocation = RevocationStanding.good
    var kind = SignerKind.prescriber
    var role = SignerRole.doctor
    var issuedOn = "2026-06-01"
    var attestedAt: Instant?
    var patient = PatientStanding.same
    var patientBirthDate = "1980-05-05"
    var hasLine = true
    var number = "012345"
    var drug: String?
    var atc: String?
    var packages = "2"
    var handovers = 4
    var interval = HandoverInterval(1, .months)
    var from: String?
    var to: String?
    var pharmacy: String?
    var isSubstitutionAllowed = true
    var isUrgent = false
    var row: Row? = Row()
    var used = 1
    var last: String? = "2026-09-01"
    var residual: String?
    var isHeld = false
    var isDrawnTwice = false

    func facts() throws -> RecordFacts {
        RecordFacts(
            status: status, revocation: revocation, kind: kind, role: role,
            issuedOn: try day(issuedOn), attestedAt: attestedAt, patient: patient,
            patientBirthDate: try day(patientBirthDate), line: hasLine ? try line() : nil,
            prescribed: try row?.product(),
            use: LineUse(
                handedOver: used, lastHandover: try last.map(day),
                residual: residual.flatMap { Quantity($0) },
                isHeld: isHeld), isDrawnTwice: isDrawnTwice)
    }

    private func line() throws -> PrescribedLine {
        guard let number = ProductNumber(number), let packages = Quantity(packages) else { throw BadScene() }
        return PrescribedLine(
            id: "1",
            product: PrescribedProduct(
                number: number, drug: drug.flatMap { DrugID($0) }, atc: atc.flatMap { ATCCode($0) },
                name: "Examplin", packageSize: nil, group: nil),
            packagesPerHandover: packages, handovers: handovers, interval: interval,
            validFrom: try from.map(day), validTo: try to.map(day), pharmacy: pharmacy.flatMap { GLN($0) },
            isSubstitutionAllowed: isSubstitutionAllowed, isUrgentWithoutPayment: isUrgent)
    }
}

/// A line of an order that its record covers.
struct GoodLine {
    enum Drawn { case nothing, unknown, found }

    var product: Row? = Row()
    var quantity = 2
    var drawn = Drawn.found
    var record = GoodRecord()

    func facts(at position: Int) throws -> OrderLineFacts {
        let drawnLine: DrawnLine? =
            switch drawn {
            case .nothing: nil
            case .unknown: .unknown
            case .found: try record.flaw.map { .flawed($0) } ?? .found(record.facts())
            }
        return OrderLineFacts(
            position: position, quantity: quantity, product: try product?.product(), drawn: drawnLine)
    }
}

/// An order of one line that its prescription covers; a test spoils what it is about.
struct GoodOrder {
    static let here = "5790000000012"
    static let elsewhere = "5790000000029"

    var now = DecisionsTests.now
    var today = "2026-11-22"
    var pharmacy: String? = here
    var isListed = true
    var payerBirthDate: String? = "1980-05-05"
    var guardianUntilAge = 15
    var attestationSeconds = 600
    var lines = [GoodLine()]

    /// The first line, which most tests are about.
    var line: GoodLine {
        get { lines[0] }
        set { lines[0] = newValue }
    }

    var record: GoodRecord {
        get { line.record }
        set { line.record = newValue }
    }

    func facts() throws -> PrescriptionFacts {
        PrescriptionFacts(
            now: now, today: try day(today),
            pharmacy: pharmacy.flatMap { GLN($0) }.map { PharmacyFacts(gln: $0, isListed: isListed) },
            payerBirthDate: try payerBirthDate.map(day), guardianUntilAge: guardianUntilAge,
            attestationSeconds: attestationSeconds,
            lines: try lines.enumerated().map { try $0.element.facts(at: $0.offset) })
    }

    func decision() throws -> Decision { RuleSet.prescription.decide(try facts(), at: now) }

    /// What one rule of the set says.
    func verdict(of rule: String) throws -> RuleVerdict? {
        try decision().trace.first { $0.rule == rule }?.verdict
    }

    /// What a rule outside the set says.
    func verdict(of rule: some Rule<PrescriptionFacts>) throws -> RuleVerdict {
        rule.judge(try facts()).verdict
    }
}

/// A day that is written rightly.
func day(_ text: String) throws -> LocalDate {
    guard let day = LocalDate(text) else { throw BadScene() }
    return day
}

/// The day in Copenhagen at a moment, as text.
func localDay(at moment: String) throws -> String {
    guard let instant = Instant(rfc3339: moment) else { throw BadScene() }
    return LocalDate(instant).description
}
