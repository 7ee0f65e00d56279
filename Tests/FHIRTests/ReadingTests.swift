import FHIR
import Notation
import Testing
import Vocabulary

@Suite struct ReadingTests {
    @Test func `RX-COVER: a complete bundle says who, what, how often and until when`() throws {
        let content = try Example.read(Example.json())
        #expect(content.identity == RecordIdentity(system: .fmk, value: "495021753450021"))
        #expect(content.version == 3)
        #expect(content.kind == .prescriber)
        #expect(content.issuedAt == Instant(rfc3339: "2026-07-31T22:10:00Z"))
        #expect(try content.issuedOn == Example.date("2026-08-01"))
        #expect(content.attestedAt == nil)
        #expect(content.patient.personNumber.exposed() == "0101650001")
        #expect(content.patient.name.exposed() == "Eva Maria Lund")
        #expect(content.patient.initials == "EML")
        #expect(content.prescriber.authorisation.text == "6QF17")
        #expect(content.prescriber.role == .doctor)
        #expect(content.prescriber.organisation == "990027")
        #expect(content.lines.map(\.id) == ["1", "2"])
    }

    @Test func `RX-COVER: a line says all that a handover needs`() throws {
        let line = try #require(Example.read(Example.json()).line("1"))
        #expect(line.product.number.text == "056232")
        #expect(line.product.drug?.text == "28103888005")
        #expect(line.product.atc?.text == "N02BE01")
        #expect(line.product.name == "Eksempel 500 mg tabletter")
        #expect(line.product.packageSize == Quantity(100))
        #expect(line.product.group == .b)
        #expect(line.packagesPerHandover == Quantity("2.5"))
        #expect(line.handovers == 4)
        #expect(line.interval == HandoverInterval(14, .days))
        #expect(line.validFrom == LocalDate("2026-08-01"))
        #expect(line.validTo == LocalDate("2027-08-01"))
        #expect(line.pharmacy?.text == "5790000000012")
        #expect(line.isSubstitutionAllowed)
        #expect(!line.isUrgentWithoutPayment)
        #expect(line.dosage == "1 tablet 3 gange daglig")
        #expect(line.indication == "mod smerter")
        #expect(line.replaces == RecordIdentity(system: .godkend, value: "old-1"))
        #expect(line.history == nil)
    }

    @Test func `RX-COVER: a line with the least takes nothing for granted`() throws {
        let line = try #require(Example.read(Example.json()).line("2"))
        #expect(line.product.number.text == "000701")
        #expect(line.product.drug == nil && line.product.atc == nil)
        #expect(line.product.packageSize == nil && line.product.group == nil)
        #expect(line.packagesPerHandover == .one)
        #expect(line.handovers == 1)
        #expect(line.interval == nil && line.validFrom == nil && line.validTo == nil)
        #expect(line.pharmacy == nil && line.dosage == nil && line.indication == nil && line.replaces == nil)
        #expect(!line.isSubstitutionAllowed && !line.isUrgentWithoutPayment)
    }

    @Test func `RX-ID: a register adds when it looked and what was handed over`() throws {
        let content = try Example.read(Example.attested(), kind: .registry)
        #expect(content.kind == .registry)
        #expect(content.attestedAt == Instant(rfc3339: "2026-08-20T08:00:00Z"))
        #expect(
            content.line("1")?.history
                == AttestedHistory(
                    handedOver: 1, lastHandover: LocalDate("2026-08-02"), residual: Quantity("750.5")))
        #expect(
            content.line("2")?.history == AttestedHistory(handedOver: 0, lastHandover: nil, residual: nil))
    }

    @Test(arguments: ["Medication/m1", "urn:uuid:m1"])
    func `RX-COVER: a medication in an entry of its own is found`(reference: String) throws {
        let medication: JSON = [
            "fullUrl": "urn:uuid:m1",
            "resource": [
                "resourceType": "Medication", "id": "m1", "status": "active",
                "code": [
                    "text": "Andet", "coding": [["system": "urn:oid:1.2.208.176.3.2", "code": "111955"]],
                ],
            ],
        ]
        let json = try Example.json().setting("entry[6]", to: medication)
            .setting("entry[5].resource.medicationReference.reference", to: .text(reference))
        #expect(try Example.read(json).line("2")?.product.number.text == "111955")
    }

    @Test func `RX-PATIENT: a patient without a name is read`() throws {
        let json = try Example.json().setting("entry[0].resource.name", to: nil)
        #expect(try Example.read(json).patient.name.exposed().isEmpty)
    }

    @Test func `RX-ROLE: a record without organisation and without role resource is read`() throws {
        let json = try Example.json().setting("entry[3]", to: nil).setting("entry[2]", to: nil)
            .setting("entry[2].resource.requester.reference", to: "urn:uuid:d")
        #expect(try Example.read(json).prescriber.organisation == nil)
    }

    @Test(arguments: [
        "category", "note", "encounter", "recorder", "groupIdentifier", "_authoredOn", "text", "language",
    ])
    func `RX-COVER: an element that FHIR has and we need not is ignored`(name: String) throws {
        let plain = try Example.read(Example.json())
        let json = try Example.json().setting("entry[4].resource.\(name)", to: ["text": "anything"])
        #expect(try Example.read(json) == plain)
    }

    @Test func `RX-COVER: an extension of somebody else is ignored wherever it stands`() throws {
        let foreign: JSON = [["url": "https://example.dk/own", "valueString": "x"]]
        let plain = try Example.read(Example.json())
        for path in [
            "meta.extension", "entry[0].resource.extension", "entry[4].resource.dispenseRequest.extension",
            "entry[4].resource.medicationCodeableConcept.coding[0].extension",
        ] {
            #expect(try Example.read(Example.json().setting(path, to: foreign)) == plain)
        }
    }
}
