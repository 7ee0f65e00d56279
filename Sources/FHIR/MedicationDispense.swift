package import Notation
package import Vocabulary

/// A handover of one line as FHIR R4 tells it: for the pharmacy and for the record, without the patient.
package enum MedicationDispense {
    /// A `MedicationDispense` resource.
    package static func json(_ dispense: DispenseContent) -> JSON {
        [
            "resourceType": "MedicationDispense",
            "extension": .array(extensions(of: dispense)),
            "identifier": [identifier(CodeSystem.handover, dispense.id)],
            "status": .text(dispense.status.rawValue),
            "medicationCodeableConcept": concept(of: dispense),
            "performer": [
                ["actor": ["identifier": identifier(CodeSystem.gln, dispense.pharmacy.text)]]
            ],
            "authorizingPrescription": [
                [
                    "extension": [OurExtension.line.json(.text(dispense.line))],
                    "identifier": identifier(
                        dispense.prescription.system.rawValue, dispense.prescription.value),
                ]
            ],
            "quantity": ["value": dispense.quantity.json, "unit": "package"],
            "whenHandedOver": .text(dispense.handedOverAt.rfc3339),
        ]
    }

    private static func extensions(of dispense: DispenseContent) -> [JSON] {
        [OurExtension.handoverNumber.json(.integer(Int64(dispense.number)))]
            + (dispense.batch.map { [OurExtension.batch.json(.text($0))] } ?? [])
    }

    private static func concept(of dispense: DispenseContent) -> JSON {
        var concept: JSONObject = [
            "coding": [coding(CodeSystem.productNumber, dispense.product.text)]
        ]
        if let name = dispense.productName { concept.set("text", .text(name)) }
        return .object(concept)
    }
}

/// The states of a handover in the words of FHIR R4 (`medicationdispense-status`).
package enum DispenseStatus: String, CaseIterable, Hashable, Sendable {
    case completed
    /// Undone by the pharmacy.
    case enteredInError = "entered-in-error"
}

/// One line of a handover.
package struct DispenseContent: Hashable, Sendable {
    /// The handover's id.
    package let id: String
    package let status: DispenseStatus
    package let prescription: RecordIdentity
    /// The id of the line in its record.
    package let line: String
    package let product: ProductNumber
    package let productName: String?
    /// Packages.
    package let quantity: Quantity
    package let handedOverAt: Instant
    package let pharmacy: GLN
    /// The batch number as the pharmacy wrote it.
    package let batch: String?
    /// Which handover of the line this is, from 1.
    package let number: Int

    package init(
        id: String, status: DispenseStatus, prescription: RecordIdentity, line: String,
        product: ProductNumber, productName: String? = nil, quantity: Quantity, handedOverAt: Instant,
        pharmacy: GLN, batch: String?, number: Int
    ) {
        self.id = id
        self.status = status
        self.prescription = prescription
        self.line = line
        self.product = product
        self.productName = productName
        self.quantity = quantity
        self.handedOverAt = handedOverAt
        self.pharmacy = pharmacy
        self.batch = batch
        self.number = number
    }
}
