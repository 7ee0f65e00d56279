import Notation
import Vocabulary

/// Writes the bundle as a whole. Entries have addresses of their own inside the bundle and nowhere else.
struct BundleWriter {
    let content: PrescriptionContent

    var json: JSON {
        var meta: JSONObject = ["versionId": .text(String(content.version))]
        if let attestedAt = content.attestedAt { meta.set("lastUpdated", .text(attestedAt.rfc3339)) }
        return [
            "resourceType": "Bundle",
            "meta": .object(meta),
            "identifier": identifier(content.identity.system.rawValue, content.identity.value),
            "type": "collection",
            "timestamp": .text(content.issuedAt.rfc3339),
            "entry": .array(entries),
        ]
    }

    private var entries: [JSON] {
        var list = [entry(Self.patientURL, patient), entry(Self.practitionerURL, practitioner)]
        if let organisation = content.prescriber.organisation {
            list.append(entry(Self.roleURL, Self.role))
            list.append(entry(Self.organisationURL, Self.organization(organisation)))
        }
        for (index, line) in content.lines.enumerated() {
            let writer = LineWriter(line: line, issuedOn: content.issuedOn)
            list.append(entry("urn:godkend:entry:line-\(index + 1)", writer.json))
        }
        return list
    }

    private func entry(_ address: String, _ resource: JSON) -> JSON {
        ["fullUrl": .text(address), "resource": resource]
    }

    private var patient: JSON {
        let patient = content.patient
        var object: JSONObject = [
            "resourceType": "Patient",
            "identifier": [identifier(CodeSystem.personNumber, patient.personNumber.exposed())],
        ]
        let name = patient.name.exposed()
        if !name.isEmpty { object.set("name", [Self.humanName(name)]) }
        object.set("birthDate", .text(patient.birthDate.description))
        return .object(object)
    }

    /// The last word as the surname; a name whose words cannot be told apart, as text.
    private static func humanName(_ name: String) -> JSON {
        let words = name.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard let family = words.last, !words.contains("") else { return ["text": .text(name)] }
        let given = words.dropLast().map(JSON.text)
        return given.isEmpty ? ["family": .text(family)] : ["family": .text(family), "given": .array(given)]
    }

    private var practitioner: JSON {
        let prescriber = content.prescriber
        let role: JSON = ["coding": [coding(CodeSystem.role, prescriber.role.rawValue)]]
        return [
            "resourceType": "Practitioner",
            "identifier": [identifier(CodeSystem.authorisation, prescriber.authorisation.text)],
            "qualification": [["code": role]],
        ]
    }

    private static let role: JSON = [
        "resourceType": "PractitionerRole",
        "practitioner": ["reference": .text(practitionerURL)],
        "organization": ["reference": .text(organisationURL)],
    ]

    private static func organization(_ name: String) -> JSON {
        ["resourceType": "Organization", "identifier": [["value": .text(name)]]]
    }

    static let patientURL = "urn:godkend:entry:patient"
    static let practitionerURL = "urn:godkend:entry:practitioner"
    static let roleURL = "urn:godkend:entry:role"
    static let organisationURL = "urn:godkend:entry:organisation"
}
