import Notation
import Vocabulary

/// Writes one line as a `MedicationRequest`.
struct LineWriter {
    let line: PrescribedLine
    let issuedOn: LocalDate

    var json: JSON {
        var object: JSONObject = ["resourceType": "MedicationRequest"]
        let extensions = extensions
        if !extensions.isEmpty { object.set("extension", .array(extensions)) }
        object.set("identifier", [["value": .text(line.id)]])
        object.set("status", "active")
        object.set("intent", "order")
        object.set("medicationCodeableConcept", product)
        object.set("subject", ["reference": .text(BundleWriter.patientURL)])
        object.set("authoredOn", .text(issuedOn.description))
        object.set("requester", ["reference": .text(BundleWriter.practitionerURL)])
        if let indication = line.indication { object.set("reasonCode", [["text": .text(indication)]]) }
        if let dosage = line.dosage { object.set("dosageInstruction", [["text": .text(dosage)]]) }
        object.set("dispenseRequest", dispenseRequest)
        object.set("substitution", ["allowedBoolean": .bool(line.isSubstitutionAllowed)])
        if let replaced = line.replaces {
            let identifier = identifier(replaced.system.rawValue, replaced.value)
            object.set("priorPrescription", ["identifier": identifier])
        }
        return .object(object)
    }

    private var product: JSON {
        let product = line.product
        var codings: [JSON] = [coding(CodeSystem.productNumber, product.number.text)]
        if let drug = product.drug { codings.append(coding(CodeSystem.drug, drug.text)) }
        if let atc = product.atc { codings.append(coding(CodeSystem.atc, atc.text)) }
        return ["coding": .array(codings), "text": .text(product.name)]
    }

    private var extensions: [JSON] {
        let values: [(OurExtension, JSON?)] = [
            (.packageSize, line.product.packageSize.map { ["value": $0.json] }),
            (.dispensingGroup, line.product.group.map { .text($0.rawValue) }),
            (.urgent, line.isUrgentWithoutPayment ? true : nil),
            (.handedOver, line.history.map { .integer(Int64($0.handedOver)) }),
            (.lastHandover, line.history?.lastHandover.map { .text($0.description) }),
            (.residual, line.history?.residual?.json),
        ]
        return values.compactMap { kind, value in value.map(kind.json) }
    }

    private var dispenseRequest: JSON {
        var object: JSONObject = [:]
        if let interval = line.interval { object.set("dispenseInterval", duration(interval)) }
        var period: JSONObject = [:]
        if let from = line.validFrom { period.set("start", .text(from.description)) }
        if let to = line.validTo { period.set("end", .text(to.description)) }
        if period.count > 0 { object.set("validityPeriod", .object(period)) }
        object.set("numberOfRepeatsAllowed", .integer(Int64(line.handovers) - 1))
        object.set("quantity", ["value": line.packagesPerHandover.json, "unit": "package"])
        if let pharmacy = line.pharmacy {
            object.set("performer", ["identifier": identifier(CodeSystem.gln, pharmacy.text)])
        }
        return .object(object)
    }

    private func duration(_ interval: HandoverInterval) -> JSON {
        let code: JSON =
            switch interval.unit {
            case .days: "d"
            case .weeks: "wk"
            case .months: "mo"
            }
        return ["value": .integer(Int64(interval.count)), "system": .text(CodeSystem.ucum), "code": code]
    }
}
