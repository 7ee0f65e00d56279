import Lifecycles
import Notation
import Vocabulary

extension JSONAnswers {
    /// A look-up; `records` is there only while they may be seen.
    func json(_ lookup: PrescriptionLookup) -> JSON {
        var object: JSONObject = [
            "id": .text(lookup.id.text), "object": "prescription_lookup",
            "confirmation": json(lookup.confirmation),
        ]
        object.set("challenges", .array(lookup.status == .pending ? challenges(lookup) : []))
        object.set("status", .text(lookup.status.rawValue))
        object.set("open_until", lookup.openUntil.map { .text($0.rfc3339) } ?? .null)
        if let records = lookup.records { object.set("records", .array(records.map(Self.json))) }
        return .object(object)
    }

    /// What may answer the question, here or on its page.
    private func challenges(_ lookup: PrescriptionLookup) -> [JSON] {
        [
            ["factor": .text(Factor.app.rawValue)],
            ["factor": .text(Factor.keyCard.rawValue), "key_number": .text(lookup.keyNumber)],
            ["factor": .text(Factor.codeToken.rawValue)],
        ]
    }

    static func json(_ record: PrescriptionSummary) -> JSON {
        [
            "id": .text(record.id.text), "record": record.record.map { .text($0) } ?? .null,
            "version": .integer(record.version), "kind": .text(record.kind.rawValue),
            "status": .text(record.status.rawValue), "authentic": .bool(record.isAuthentic),
            "valid_to": .text(record.validTo.description),
        ]
    }
}

extension Schemas {
    static let prescriptionSummary = ObjectSchema(
        "PrescriptionSummary", "A record of a patient; nothing of what was prescribed.",
        [
            Property("id", Shape.identifier("prx"), required: true),
            Property("record", Shape.orNull(Shape.text(1...64, "The signer's own id.")), required: true),
            Property("version", Shape.integer(1...Int64.max, "Version."), required: true),
            Property(
                "kind", Shape.choice(SignerKind.allCases.map(\.rawValue), "Who signed."), required: true),
            Property(
                "status", Shape.choice(PrescriptionStatus.allCases.map(\.rawValue), "State."),
                required: true),
            Property("authentic", Shape.boolean("False while revocation is not known."), required: true),
            Property(
                "valid_to", ["type": "string", "format": "date", "description": "Last day."], required: true),
        ])

    static let lookup = ObjectSchema(
        "PrescriptionLookup", "A request to see a patient's records; the same shape for an unknown user.",
        [
            Property("id", Shape.identifier("lku"), required: true),
            Property("object", Shape.constant("prescription_lookup"), required: true),
            Property(
                "status", Shape.choice(LookupStatus.allCases.map(\.rawValue), "State."), required: true),
            Property("confirmation", confirmation.reference, required: true),
            Property("challenges", Shape.list(challenge.reference, 0...10), required: true),
            Property(
                "open_until", Shape.orNull(Shape.instant("Until when records are shown.")), required: true),
            Property("records", Shape.list(prescriptionSummary.reference, 0...100)),
        ])
}
