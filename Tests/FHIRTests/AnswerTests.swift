import FHIR
import Notation
import Testing
import Vocabulary

@Suite struct AnswerTests {
    @Test func `RX-COVER: a refused bundle becomes an OperationOutcome with its path`() throws {
        let json = try Example.json().setting("entry[4].resource.status", to: "draft")
        let error = try #require(Example.refusal(of: json))
        let outcome = OperationOutcome.json([OutcomeIssue(error)])
        #expect(outcome.value(at: "resourceType") == "OperationOutcome")
        #expect(outcome.value(at: "issue[0].severity") == "error")
        #expect(outcome.value(at: "issue[0].code") == "value")
        #expect(outcome.value(at: "issue[0].diagnostics") == .text(error.explanation))
        #expect(outcome.value(at: "issue[0].expression") == ["Bundle.entry[4].resource.status"])
    }

    @Test func `RX-COVER: an outcome has an issue even when there is none to tell`() {
        let outcome = OperationOutcome.json([])
        #expect(outcome.value(at: "issue[0].severity") == "information")
        #expect(outcome.value(at: "issue")?.array?.count == 1)
        let plain = OutcomeIssue(severity: .warning, code: .conflict, diagnostics: "Twice.")
        #expect(OperationOutcome.json([plain, plain]).value(at: "issue")?.array?.count == 2)
        #expect(OperationOutcome.json([plain]).value(at: "issue[0].expression") == nil)
    }

    @Test func `RX-HANDOVER: a handover says what, how much, which batch, which number, and no patient`()
        throws
    {
        let dispense = MedicationDispense.json(try Self.handover(status: .completed, batch: "L-17"))
        let expected = try JSON.parse(
            """
            {"resourceType": "MedicationDispense",
             "extension": [{"url": "urn:godkend:handover-number", "valueInteger": 3},
                           {"url": "urn:godkend:batch", "valueString": "L-17"}],
             "identifier": [{"system": "urn:godkend:handover", "value": "hnd_1"}],
             "status": "completed",
             "medicationCodeableConcept": {"text": "Eksempel",
               "coding": [{"system": "urn:oid:1.2.208.176.3.2", "code": "056232"}]},
             "performer": [{"actor": {"identifier":
               {"system": "http://www.gs1.org/gln", "value": "5790000000012"}}}],
             "authorizingPrescription": [{
               "extension": [{"url": "urn:godkend:prescription-line", "valueString": "1"}],
               "identifier": {"system": "urn:oid:1.2.208.176.7.2.2", "value": "495021753450021"}}],
             "quantity": {"value": 2.5, "unit": "package"},
             "whenHandedOver": "2026-08-02T10:00:00.000Z"}
            """)
        #expect(dispense == expected)
    }

    @Test func `RX-UNDO: a handover that was undone is entered in error`() throws {
        let dispense = MedicationDispense.json(try Self.handover(status: .enteredInError, batch: nil))
        #expect(dispense.value(at: "status") == "entered-in-error")
        #expect(dispense.value(at: "extension")?.array?.count == 1)
    }

    private static func handover(status: DispenseStatus, batch: String?) throws -> DispenseContent {
        DispenseContent(
            id: "hnd_1", status: status,
            prescription: try #require(RecordIdentity(system: .fmk, value: "495021753450021")), line: "1",
            product: try #require(ProductNumber("056232")), productName: "Eksempel",
            quantity: try #require(Quantity("2.5")),
            handedOverAt: try #require(Instant(rfc3339: "2026-08-02T10:00:00Z")),
            pharmacy: try #require(GLN("5790000000012")), batch: batch, number: 3)
    }
}
