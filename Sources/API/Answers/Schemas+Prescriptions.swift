import Lifecycles
import Notation
import Operations
import Vocabulary

extension Schemas {
    private static func day(_ description: String) -> JSON {
        ["type": "string", "format": "date", "description": .text(description)]
    }

    /// An exact amount: a decimal as a string, never a binary fraction.
    private static func decimal(_ description: String) -> JSON {
        Shape.pattern("^[0-9]{1,7}(\\.[0-9]{1,3})?$", description)
    }

    static let check = ObjectSchema(
        "Check", "One rule and what it says.",
        [
            Property("rule", Shape.text(1...64, "Name of the rule."), required: true),
            Property(
                "verdict",
                Shape.choice(["pass", "fail", "unknown", "not_checked", "not_applicable"], "Verdict."),
                required: true),
            Property("reason", Shape.choice(DeclineReason.allCases.map(\.rawValue), "Why not.")),
            Property("line", Shape.integer(0...99, "The line that it is about, from 0.")),
            Property("detail", ["type": "string", "description": "In words."], required: true),
        ])

    private static let summaryProperties = [
        Property("id", Shape.identifier("prx"), required: true),
        Property("object", Shape.constant("prescription"), required: true),
        Property("record", Shape.orNull(Shape.text(1...64, "The signer's own id.")), required: true),
        Property(
            "version", Shape.orNull(Shape.integer(1...Int64.max, "Null when nobody vouches.")),
            required: true),
        Property("kind", Shape.choice(SignerKind.allCases.map(\.rawValue), "Who signed."), required: true),
        Property(
            "status", Shape.choice(PrescriptionStatus.allCases.map(\.rawValue), "State."), required: true),
        Property("authentic", Shape.boolean("False while revocation is not known."), required: true),
        Property("checks", Shape.list(check.reference, 0...100), required: true),
    ]

    static let filedPrescription = ObjectSchema(
        "FiledPrescription", "What was filed, and every check of it.", summaryProperties)

    static let prescribedProduct = ObjectSchema(
        "PrescribedProduct", "What was prescribed.",
        [
            Property("number", productNumber, required: true),
            Property("name", ["type": "string"], required: true),
            Property("atc", Shape.orNull(Shape.text(1...7, "ATC code.")), required: true),
            Property("package_size", Shape.orNull(decimal("Units in a package.")), required: true),
        ])

    static let interval = ObjectSchema(
        "Interval", "The shortest time between two handovers, by the calendar.",
        [
            Property("count", Shape.integer(1...999, "So many."), required: true),
            Property("unit", Shape.choice(IntervalUnit.allCases.map(\.rawValue), "Unit."), required: true),
        ])

    private static let counts = [
        Property("prescribed", Shape.integer(1...Int64.max, "Handovers in all."), required: true),
        Property("handed_over", Shape.integer(0...Int64.max, "Handovers begun."), required: true),
        Property("held", Shape.integer(0...1, "Held by an order now."), required: true),
        Property("left", Shape.integer(0...Int64.max, "Handovers that are free."), required: true),
        Property(
            "next_from", Shape.orNull(day("First day of the next handover, today or later.")),
            required: true),
    ]

    static let prescribedLine = ObjectSchema(
        "PrescribedLine", "One line of a record, and what is left of it.",
        [
            Property("line", recordLine, required: true),
            Property("product", prescribedProduct.reference, required: true),
            Property("packages_per_handover", decimal("Packages."), required: true),
            Property("handovers", Shape.integer(1...Int64.max, "In all."), required: true),
            Property("interval", Shape.orNull(interval.reference), required: true),
            Property("valid_from", day("First day."), required: true),
            Property("valid_to", day("Last day, inclusive."), required: true),
            Property("substitution", Shape.boolean("An equivalent may be sold."), required: true),
            Property(
                "pharmacy", Shape.orNull(Shape.pattern("^[0-9]{13}$", "GLN of the only one.")),
                required: true),
        ] + counts + [
            Property(
                "next_handover", Shape.orNull(Shape.integer(1...Int64.max, "Its number.")), required: true),
            Property("dosage", Shape.orNull(["type": "string"]), required: true),
            Property("indication", Shape.orNull(["type": "string"]), required: true),
        ])

    static let prescriber = ObjectSchema(
        "Prescriber", "By whom.",
        [
            Property("authorisation", Shape.text(5...5, "Authorisation id."), required: true),
            Property("role", Shape.choice(SignerRole.allCases.map(\.rawValue), "Role."), required: true),
            Property("organisation", Shape.orNull(["type": "string"]), required: true),
        ])

    static let patient = ObjectSchema(
        "Patient", "For whom; never the CPR number.",
        [
            Property("name", ["type": "string"], required: true),
            Property("birth_date", day("Birth date."), required: true),
        ])

    static let prescription = ObjectSchema(
        "Prescription", "A record; its content only when somebody vouches for it.",
        summaryProperties + [
            Property("issued_on", day("Local date of issue.")),
            Property("valid_to", Shape.orNull(day("Last day of the last line."))),
            Property("prescriber", prescriber.reference), Property("patient", patient.reference),
            Property("lines", Shape.list(prescribedLine.reference, 0...100)),
        ])

    static let verifiedLine = ObjectSchema(
        "VerifiedLine", "What is left of a line.",
        [Property("line", recordLine, required: true)] + counts)

    static let verification = ObjectSchema(
        "Verification", "Whether an order of the patient's own would be covered; nothing was held.",
        [
            Property("authentic", Shape.boolean("Somebody vouches for it."), required: true),
            Property("covers", Shape.boolean("Every line would be covered today."), required: true),
            Property("checks", Shape.list(check.reference, 1...100), required: true),
            Property("lines", Shape.list(verifiedLine.reference, 0...100), required: true),
        ])

    /// What belongs to prescriptions, holds and handovers.
    static let ofPharmacies: [ObjectSchema] = [
        filing, verifyLine, verify, handoverLine, handoverRequest, undoRequest, shownOrder, hold,
        handedOverLine, handover, check, filedPrescription, prescribedProduct, interval, prescribedLine,
        prescriber, patient, prescription, verifiedLine, verification, patientReceipt,
    ]
}
