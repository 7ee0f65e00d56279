import FHIR
import Notation
import Testing
import Vocabulary

@Suite struct LineRefusalTests {
    static let line = RefusalTests.line
    static let dispense = "\(line).dispenseRequest"
    static let concept = "\(line).medicationCodeableConcept"

    @Test(arguments: [
        Refusal("\(line).status", "on-hold", .badValue), Refusal("\(line).status", "cancelled", .badValue),
        Refusal("\(line).intent", "proposal", .badValue), Refusal("\(line).status", .null, .wrongKind),
        Refusal("\(line).doNotPerform", true, .badValue),
        Refusal("\(line).reportedBoolean", true, .badValue),
        Refusal("\(line).identifier[1]", ["value": "x"], .repeated),
        Refusal("\(line).identifier[0].value", "2", .repeated, at: "entry[5].resource.identifier[0].value"),
        Refusal("\(line).identifier[0].value", .text(String(repeating: "x", count: 65)), .tooLong),
        Refusal("\(line).subject.reference", "urn:uuid:d", .unresolvedReference),
        Refusal("\(line).subject.reference", "Patient/other", .unresolvedReference),
        Refusal("\(line).requester.reference", "urn:uuid:p", .unresolvedReference),
        Refusal("\(line).authoredOn", "2026-08-02", .disagreement, at: "entry[5].resource.authoredOn"),
        Refusal("\(line).authoredOn", "2026-08-01T00:00:00Z", .badValue),
        Refusal("\(line).reasonCode[1]", ["text": "x"], .repeated),
        Refusal("\(line).dosageInstruction[1]", ["text": "x"], .repeated),
        Refusal("\(line).dosageInstruction[0].text", "1 tablet\nmorgen", .badValue),
        Refusal("\(line).dosageInstruction[0].text", .text(String(repeating: "x", count: 1_001)), .tooLong),
        Refusal("\(line).reasonCode[0].text", " x", .badValue),
        Refusal("\(line).substitution.allowedBoolean", "true", .wrongKind),
        Refusal(
            "\(line).substitution.allowedCodeableConcept", [:], .unknownElement, at: "\(line).substitution"),
        Refusal("\(line).priorPrescription.identifier.system", "urn:x", .unknownCode),
        Refusal("\(line).dispensRequest", [:], .unknownElement, at: line),
        Refusal("\(line).implicitRules", "urn:x", .unknownElement, at: line),
        Refusal(
            "\(line).contained", [["resourceType": "Patient"]], .unknownResource,
            at: "\(line).contained[0].resourceType"),
    ])
    func `RX-COVER: a line that cannot be followed to the letter is refused`(refusal: Refusal) throws {
        try RefusalTests().check(refusal)
    }

    @Test(arguments: [
        Refusal("\(concept).coding[0].code", "56232", .badValue),
        Refusal("\(concept).coding[0].code", "0562320", .badValue),
        Refusal("\(concept).coding[0].code", 56232, .wrongKind),
        Refusal("\(concept).coding[0].system", "urn:x", .missing, at: "\(concept).coding"),
        Refusal("\(concept).coding[1].code", "2810388800", .badValue),
        Refusal("\(concept).coding[2].code", "n02be01", .badValue),
        Refusal(
            "\(concept).coding[1].system", "urn:oid:1.2.208.176.3.2", .repeated,
            at: "\(concept).coding[1]"),
        Refusal("\(concept).text", "", .badValue),
        Refusal("\(line).medicationReference", ["reference": "#m"], .repeated),
        Refusal("entry[5].resource.medicationReference.reference", "#n", .unresolvedReference),
        Refusal("entry[5].resource.medicationReference.reference", "Patient/p", .unresolvedReference),
        Refusal("entry[5].resource.contained[0].status", "inactive", .badValue),
    ])
    func `RX-COVER: a product that is not named exactly is refused`(refusal: Refusal) throws {
        try RefusalTests().check(refusal)
    }

    @Test(arguments: [
        Refusal("\(dispense).quantity.comparator", "<", .unknownElement, at: "\(dispense).quantity"),
        Refusal("\(dispense).quantity.unit", "stk.", .unknownCode),
        Refusal("\(dispense).quantity.code", "{tbl}", .unknownCode),
        Refusal("\(dispense).initialFill", [:], .unknownElement, at: dispense),
        Refusal("\(dispense).validityPerod", [:], .unknownElement, at: dispense),
        Refusal("\(dispense).dispenseInterval.code", "a", .unknownCode),
        Refusal("\(dispense).dispenseInterval.system", "urn:x", .unknownCode),
        Refusal("\(dispense).dispenseInterval.value", .decimal("1.5"), .badValue),
        Refusal("\(dispense).dispenseInterval.value", 0, .badValue),
        Refusal("\(dispense).dispenseInterval.value", 1_000, .badValue),
        Refusal("\(dispense).performer.identifier.value", "5790000000013", .badValue),
        Refusal("\(dispense).performer.identifier.system", "urn:x", .unknownCode),
        Refusal("\(dispense).performer.reference", "urn:uuid:o", .unknownElement),
    ])
    func `RX-QTY: a supply that would be read in two ways is refused`(refusal: Refusal) throws {
        try RefusalTests().check(refusal)
    }

    @Test func `RX-COVER: fifty lines are read, none and fifty-one are not`() throws {
        let line = try #require(Example.json().value(at: "entry[5]")).setting("fullUrl", to: nil)
        let bundle = { (count: Int) throws -> JSON in
            let lines = (0..<count).map { index -> JSON in
                line.setting("resource.identifier[0].value", to: .text("line-\(index)"))
            }
            return try Example.json().editing("entry") { .array(($0?.array ?? []).prefix(4) + lines) }
        }
        #expect(try Example.read(bundle(50)).lines.count == 50)
        #expect(try Example.read(bundle(1)).lines.count == 1)
        let many = try #require(Example.refusal(of: bundle(51)))
        #expect(many.issue == .tooMany)
        #expect(many.path == "Bundle.entry[54].resource")
        #expect(try Example.refusal(of: bundle(0))?.issue == .missing)
    }
}
