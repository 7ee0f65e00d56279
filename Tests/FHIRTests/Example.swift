import FHIR
import Notation
import Testing
import Vocabulary

/// A complete bundle, written by hand and not by our writer, and what it says.
enum Example {
    /// Entry 0: patient, 1: practitioner, 2: his role, 3: organisation, 4: first line, 5: second line.
    static let text = """
        {"resourceType": "Bundle", "id": "b1", "meta": {"versionId": "3"},
         "identifier": {"system": "urn:oid:1.2.208.176.7.2.2", "value": "495021753450021"},
         "type": "collection", "timestamp": "2026-07-31T22:10:00.000Z",
         "entry": [
          {"fullUrl": "urn:uuid:p", "resource": {"resourceType": "Patient", "id": "p",
            "identifier": [{"system": "urn:oid:1.2.208.176.1.2", "value": "0101650001"},
                           {"system": "urn:example:card", "value": "7"}],
            "name": [{"use": "usual", "family": "Ellie"},
                     {"use": "official", "family": "Lund", "given": ["Eva", "Maria"]}],
            "birthDate": "1965-01-01", "gender": "female"}},
          {"fullUrl": "urn:uuid:d", "resource": {"resourceType": "Practitioner", "id": "d",
            "identifier": [{"system": "https://autregweb.sst.dk", "value": "6qf17"}],
            "qualification": [{"code": {"coding": [
               {"system": "urn:example:other", "code": "x"},
               {"system": "urn:godkend:role", "code": "doctor"}]}}]}},
          {"fullUrl": "urn:uuid:r", "resource": {"resourceType": "PractitionerRole", "id": "r",
            "practitioner": {"reference": "Practitioner/d"}, "organization": {"reference": "urn:uuid:o"}}},
          {"fullUrl": "urn:uuid:o", "resource": {"resourceType": "Organization", "id": "o",
            "identifier": [{"system": "urn:oid:1.2.208.176.1.4", "value": "990027"}]}},
          {"fullUrl": "urn:uuid:l1", "resource": {"resourceType": "MedicationRequest", "id": "l1",
            "extension": [
              {"url": "urn:godkend:package-size", "valueQuantity": {"value": 100.00, "unit": "stk."}},
              {"url": "urn:example:colour", "valueString": "white"},
              {"url": "urn:godkend:dispensing-group", "valueCode": "B"},
              {"url": "urn:godkend:urgent", "valueBoolean": false}],
            "identifier": [{"value": "1"}], "status": "active", "intent": "order",
            "medicationCodeableConcept": {"text": "Eksempel 500 mg tabletter", "coding": [
               {"system": "urn:oid:1.2.208.176.3.2", "code": "056232"},
               {"system": "urn:oid:1.2.208.176.3.1", "code": "28103888005"},
               {"system": "http://www.whocc.no/atc", "code": "N02BE01"}]},
            "subject": {"reference": "urn:uuid:p"}, "requester": {"reference": "PractitionerRole/r"},
            "authoredOn": "2026-08-01", "reasonCode": [{"text": "mod smerter"}],
            "dosageInstruction": [{"text": "1 tablet 3 gange daglig"}],
            "dispenseRequest": {
              "dispenseInterval": {"value": 14, "system": "http://unitsofmeasure.org", "code": "d"},
              "validityPeriod": {"start": "2026-08-01", "end": "2027-08-01"},
              "numberOfRepeatsAllowed": 3, "quantity": {"value": 2.5, "unit": "package"},
              "performer": {"identifier": {"system": "http://www.gs1.org/gln", "value": "5790000000012"}}},
            "substitution": {"allowedBoolean": true},
            "priorPrescription": {"identifier": {"system": "urn:godkend:record", "value": "old-1"}}}},
          {"fullUrl": "urn:uuid:l2", "resource": {"resourceType": "MedicationRequest",
            "contained": [{"resourceType": "Medication", "id": "m", "code": {"text": "Salve",
               "coding": [{"system": "urn:oid:1.2.208.176.3.2", "code": "000701"}]}}],
            "identifier": [{"value": "2"}], "status": "active", "intent": "order",
            "medicationReference": {"reference": "#m"}, "authoredOn": "2026-08-01",
            "dispenseRequest": {"quantity": {"value": 1}},
            "substitution": {"allowedBoolean": false}}}]}
        """

    static func json() throws -> JSON { try JSON.parse(text) }

    /// The same as a register attests it.
    static func attested() throws -> JSON {
        let history: [JSON] = [
            ["url": "urn:godkend:handed-over", "valueInteger": 1],
            ["url": "urn:godkend:last-handover", "valueDate": "2026-08-02"],
            ["url": "urn:godkend:residual", "valueDecimal": .decimal("750.5")],
        ]
        let none: JSON = [["url": "urn:godkend:handed-over", "valueInteger": 0]]
        return try json()
            .setting("meta.lastUpdated", to: "2026-08-20T08:00:00Z")
            .editing("entry[4].resource.extension") { .array(($0?.array ?? []) + history) }
            .setting("entry[5].resource.extension", to: none)
    }

    static func read(_ json: JSON, kind: SignerKind = .prescriber) throws -> PrescriptionContent {
        try PrescriptionBundle.read(json.written(), kind: kind)
    }

    /// The first line after one change of the bundle.
    static func line(_ path: String, _ value: JSON?) throws -> PrescribedLine {
        try #require(read(json().setting("entry[4].resource.\(path)", to: value)).lines.first)
    }

    /// The error that a bundle gives; nil when it is read.
    static func refusal(of json: JSON, kind: SignerKind = .prescriber) -> FHIRError? {
        do throws(FHIRError) {
            _ = try PrescriptionBundle.read(json.written(), kind: kind)
            return nil
        } catch {
            return error
        }
    }

    static func date(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }
}
