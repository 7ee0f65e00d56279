import FHIR
import Notation
import Testing
import Vocabulary

@Suite struct ExtensionTests {
    static let line = RefusalTests.line

    @Test(arguments: [
        "", "meta.", "identifier.", "entry[0].", "entry[0].resource.", "entry[0].resource.name[1].",
        "entry[1].resource.qualification[0].", "entry[1].resource.qualification[0].code.coding[0].",
        "entry[2].resource.", "entry[3].resource.", "\(line).", "\(line).dispenseRequest.",
        "\(line).dosageInstruction[0].", "\(line).dispenseRequest.quantity.", "\(line).extension[1].",
        // Where we read nothing at all.
        "\(line).note[0].", "entry[0].resource.contact[0].name.", "entry[5].resource.contained[0].",
    ])
    func `RX-COVER: a modifier extension is refused wherever it stands`(place: String) throws {
        let modifier: JSON = [["url": "https://example.dk/not", "valueBoolean": false]]
        let json = try Example.json().setting(place + "modifierExtension", to: modifier)
        let error = try #require(Example.refusal(of: json))
        #expect(error.issue == .modifierExtension)
        #expect(error.path == "Bundle.\(place)modifierExtension")
        #expect(error.issue.type == .extension)
    }

    @Test func `RX-COVER: an empty modifier extension is refused too`() throws {
        let json = try Example.json().setting("\(Self.line).modifierExtension", to: [])
        #expect(Example.refusal(of: json)?.issue == .modifierExtension)
    }

    @Test(arguments: [
        Refusal("\(line).extension[0].valueQuantity", nil, .badExtension, at: "\(line).extension[0]"),
        Refusal("\(line).extension[0].valueQuantity", 100, .wrongKind),
        Refusal("\(line).extension[0].valueQuantity.value", 0, .badValue),
        Refusal(
            "\(line).extension[0].valueQuantity.comparator", "<", .unknownElement,
            at: "\(line).extension[0].valueQuantity"),
        Refusal("\(line).extension[0].valueInteger", 1, .badExtension, at: "\(line).extension[0]"),
        Refusal("\(line).extension[2].valueCode", "C", .unknownCode),
        Refusal("\(line).extension[3].url", "URN:Godkend:urgent", .badExtension, at: "\(line).extension[3]"),
        Refusal("\(line).extension[2].valueCode", "b", .unknownCode),
        Refusal("\(line).extension[3].valueBoolean", "true", .wrongKind),
        Refusal("\(line).extension[2].url", "urn:godkend:urgent", .repeated, at: "\(line).extension[3]"),
        Refusal("\(line).extension[1].url", "urn:godkend:new", .badExtension, at: "\(line).extension[1]"),
        Refusal("\(line).extension[1].url", "urn:godkend:batch", .badExtension, at: "\(line).extension[1]"),
        Refusal(
            "\(line).extension[0].extension", [["url": "urn:x", "valueCode": "x"]], .badExtension,
            at: "\(line).extension[0]"),
    ])
    func `RX-COVER: an extension of ours is right or refused`(refusal: Refusal) throws {
        try RefusalTests().check(refusal)
    }

    @Test(arguments: [
        "extension", "entry[0].resource.extension", "\(line).dispenseRequest.extension",
        "\(line).extension[1].extension", "entry[5].resource.contained[0].extension",
        "entry[0].resource._birthDate.extension",
    ])
    func `RX-COVER: an extension of ours in another place is refused, not overlooked`(place: String) throws {
        let urgent: JSON = [["url": "urn:godkend:urgent", "valueBoolean": true]]
        let error = try #require(Example.refusal(of: Example.json().setting(place, to: urgent)))
        #expect(error.issue == .badExtension)
        #expect(error.path == "Bundle.\(place)[0]")
    }

    @Test(arguments: ["handed-over", "last-handover", "residual"])
    func `RX-ID: what only a register knows is refused from a prescriber`(name: String) throws {
        let values: [String: (String, JSON)] = [
            "handed-over": ("valueInteger", 0), "last-handover": ("valueDate", "2026-08-02"),
            "residual": ("valueDecimal", 5),
        ]
        let (member, value) = try #require(values[name])
        let history: JSON = .object(["url": .text("urn:godkend:\(name)"), member: value])
        let json = try Example.json().setting("\(Self.line).extension[4]", to: history)
        let error = try #require(Example.refusal(of: json))
        #expect(error.issue == .registryOnly)
        #expect(error.path == "Bundle.\(Self.line).extension[4]")
    }

    @Test func `RX-ID: only a register says when it looked, and it must`() throws {
        let path = "meta.lastUpdated"
        let prescriber = try Example.json().setting(path, to: "2026-08-20T08:00:00Z")
        #expect(Example.refusal(of: prescriber)?.issue == .registryOnly)
        #expect(Example.refusal(of: prescriber)?.path == "Bundle.meta.lastUpdated")
        let registry = try Example.attested().setting(path, to: nil)
        #expect(Example.refusal(of: registry, kind: .registry)?.issue == .missing)
        #expect(Example.refusal(of: registry, kind: .registry)?.path == "Bundle.meta.lastUpdated")
    }

    @Test(arguments: [
        // Without a count; a day without a count; a count without a day.
        Refusal("\(line).extension[4]", nil, .missing, at: "\(line).extension"),
        Refusal("\(line).extension[4].valueInteger", 0, .disagreement, at: "\(line).extension[5]"),
        Refusal("\(line).extension[5]", nil, .disagreement, at: "\(line).extension[4]"),
        Refusal("\(line).extension[4].valueInteger", -1, .badValue),
        Refusal("\(line).extension[4].valueInteger", .decimal("1.0"), .wrongKind),
        Refusal("\(line).extension[5].valueDate", "2026-08-02T10:00:00Z", .badValue),
        Refusal("\(line).extension[6].valueDecimal", .decimal("1e2"), .badValue),
        Refusal("\(line).extension[6].valueDecimal", -1, .badValue),
        Refusal("\(line).extension[6].valueDecimal", "5", .wrongKind),
    ])
    func `RX-ID: a register's history is complete and consistent`(refusal: Refusal) throws {
        let json = try Example.attested().setting(refusal.path, to: refusal.value)
        let error = try #require(Example.refusal(of: json, kind: .registry))
        #expect(error.issue == refusal.issue)
        #expect(error.path == "Bundle." + refusal.place)
    }
}
