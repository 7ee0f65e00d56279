import FHIR
import Notation
import Testing
import Vocabulary

/// A change of the example, and the refusal that it must give.
struct Refusal: Sendable, CustomTestStringConvertible {
    let path: String
    let value: JSON?
    let issue: FHIRIssue
    /// Where the error is, when it is not at the changed place.
    let place: String

    init(_ path: String, _ value: JSON?, _ issue: FHIRIssue, at place: String? = nil) {
        self.path = path
        self.value = value
        self.issue = issue
        self.place = place ?? path
    }

    var testDescription: String { "\(path): \(value?.writtenText ?? "taken away")" }
}

@Suite struct RefusalTests {
    static let line = "entry[4].resource"
    static let patient = "entry[0].resource"
    static let doctor = "entry[1].resource"

    @Test(arguments: [
        "resourceType", "meta", "meta.versionId", "identifier", "identifier.system", "identifier.value",
        "type", "timestamp", "entry", "\(patient).resourceType", "\(patient).identifier",
        "\(patient).identifier[0].value", "\(patient).birthDate", "\(doctor).identifier",
        "\(doctor).identifier[0].value", "\(doctor).qualification", "\(doctor).qualification[0].code",
        "entry[3].resource.identifier", "entry[3].resource.identifier[0].value",
        "\(line).identifier", "\(line).identifier[0].value", "\(line).status", "\(line).intent",
        "\(line).medicationCodeableConcept", "\(line).medicationCodeableConcept.text", "\(line).authoredOn",
        "\(line).medicationCodeableConcept.coding", "\(line).medicationCodeableConcept.coding[0].code",
        "\(line).dosageInstruction[0].text", "\(line).dispenseRequest", "\(line).dispenseRequest.quantity",
        "\(line).dispenseRequest.quantity.value", "\(line).dispenseRequest.dispenseInterval.value",
        "\(line).dispenseRequest.dispenseInterval.system", "\(line).dispenseRequest.dispenseInterval.code",
        "\(line).dispenseRequest.performer.identifier", "\(line).substitution",
        "\(line).dispenseRequest.performer.identifier.value", "\(line).substitution.allowedBoolean",
        "\(line).priorPrescription.identifier", "\(line).priorPrescription.identifier.value",
        "entry[5].resource.medicationReference.reference", "entry[5].resource.contained[0].code",
    ])
    func `RX-COVER: a bundle without what it needs tells the path`(path: String) throws {
        let error = try #require(Example.refusal(of: Example.json().setting(path, to: nil)))
        #expect(error.issue == .missing)
        // A contained resource is read where it stands.
        #expect(error.path == "Bundle." + path)
    }

    @Test(arguments: [
        Refusal("resourceType", "Parameters", .unknownResource),
        Refusal("type", "document", .badValue),
        Refusal("meta.versionId", "0", .badValue), Refusal("meta.versionId", "01", .badValue),
        Refusal("meta.versionId", "x", .badValue), Refusal("meta.versionId", 3, .wrongKind),
        Refusal("identifier.system", "urn:oid:1.2", .unknownCode),
        Refusal("identifier.value", "18446744073709551616", .badValue),
        Refusal("identifier.value", "01", .badValue), Refusal("identifier.value", 7, .wrongKind),
        Refusal("identifier.use", "old", .badValue),
        Refusal("timestamp", "2026-07-31", .badValue), Refusal("timestamp", nil, .missing),
        Refusal("entry", [], .wrongKind), Refusal("entry[0]", "x", .wrongKind),
        Refusal("entry[3].resource.resourceType", "Device", .unknownResource),
        Refusal("entry[1].fullUrl", "urn:uuid:p", .repeated),
        Refusal("implicitRules", "urn:x", .unknownElement, at: ""),
        Refusal("\(patient).contained", [["resourceType": "Device"]], .unknownElement, at: patient),
        Refusal("signature", [:], .unknownElement, at: ""),
        Refusal("entry[0].request", [:], .unknownElement, at: "entry[0]"),
    ])
    func `RX-COVER: a bundle of another kind is refused`(refusal: Refusal) throws {
        try check(refusal)
    }

    @Test(arguments: [
        Refusal("\(patient).identifier[0].value", "3102650001", .badValue),
        Refusal("\(patient).identifier[0].value", "12345", .badValue),
        Refusal(
            "\(patient).identifier[1].system", "urn:oid:1.2.208.176.1.2", .repeated,
            at: "\(patient).identifier[1]"),
        Refusal("\(patient).identifier[0].use", "old", .badValue),
        Refusal("\(patient).birthDate", "1965-01-02", .disagreement),
        Refusal("\(patient).birthDate", "1865-01-01", .disagreement),
        Refusal("\(patient).birthDate", "1965", .badValue),
        Refusal("\(patient).active", false, .badValue),
        Refusal("\(patient).deceasedBoolean", false, .unknownElement, at: patient),
        Refusal("\(patient).name[1].family", "\u{202E}L", .badValue, at: "\(patient).name[1]"),
        Refusal("\(patient).name[1].given", "Eva", .wrongKind),
        Refusal("\(patient).name[1].given", [.null], .wrongKind),
        Refusal("\(patient).resourceType", "RelatedPerson", .unknownResource),
        Refusal("\(doctor).identifier[0].value", "6QF1", .badValue),
        Refusal("\(doctor).identifier[0].value", "6QF1A", .badValue),
        Refusal("\(doctor).qualification[0].code.coding[1].code", "pharmacist", .unknownCode),
        Refusal(
            "\(doctor).qualification[0].code.coding[0].system", "urn:godkend:role", .repeated,
            at: "\(doctor).qualification[0].code.coding[1]"),
        Refusal("entry[2].resource.practitioner.reference", "urn:uuid:o", .unresolvedReference),
        Refusal("entry[2].resource.organization.reference", "Organization/z", .unresolvedReference),
        Refusal("entry[3].resource.identifier[1]", ["value": "2"], .repeated),
        Refusal("entry[2].resource.resourceType", "Patient", .unknownElement, at: "entry[2].resource"),
    ])
    func `RX-PATIENT: people that cannot be told for certain are refused`(refusal: Refusal) throws {
        try check(refusal)
    }

    @Test func `RX-ROLE: a register is nobody's qualification, not even in a register's record`() throws {
        let path = "\(Self.doctor).qualification[0].code.coding[1].code"
        for kind in SignerKind.allCases {
            let json = try (kind == .registry ? Example.attested() : Example.json())
            #expect(
                Example.refusal(of: json.setting(path, to: "register"), kind: kind)?.issue == .unknownCode)
        }
    }

    @Test func `RX-PATIENT: two patients in one bundle are refused`() throws {
        let second = try #require(Example.json().value(at: Self.patient))
        let json = try Example.json().setting("entry[6]", to: ["resource": second])
        let error = try #require(Example.refusal(of: json))
        #expect(error.issue == .repeated)
        #expect(error.path == "Bundle.entry[6].resource")
    }

    func check(_ refusal: Refusal) throws {
        let json = try Example.json().setting(refusal.path, to: refusal.value)
        let error = try #require(Example.refusal(of: json))
        #expect(error.issue == refusal.issue)
        #expect(error.path == (refusal.place.isEmpty ? "Bundle" : "Bundle." + refusal.place))
    }
}
