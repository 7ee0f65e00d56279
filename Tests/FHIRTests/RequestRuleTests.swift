import FHIR
import Notation
import Testing
import Vocabulary

@Suite struct RequestRuleTests {
    private static let quantity = "dispenseRequest.quantity.value"
    private static let repeats = "dispenseRequest.numberOfRepeatsAllowed"
    private static let start = "dispenseRequest.validityPeriod.start"
    private static let end = "dispenseRequest.validityPeriod.end"

    @Test(arguments: [(JSON?.none, 1), (.some(0), 1), (1, 2), (3, 4), (998, 999)])
    func `RX-COUNT: repeats allowed and one more are the handovers`(repeats: JSON?, handovers: Int) throws {
        #expect(try Example.line(Self.repeats, repeats).handovers == handovers)
    }

    @Test(arguments: [-1, 999, .decimal("2.0"), "3", .null, true] as [JSON])
    func `RX-COUNT: another number of repeats is refused`(repeats: JSON) throws {
        let json = try Example.json().setting("entry[4].resource.\(Self.repeats)", to: repeats)
        #expect(Example.refusal(of: json)?.path == "Bundle.entry[4].resource.\(Self.repeats)")
    }

    @Test(arguments: [1, 2, 3, 4, 998, 999])
    func `RX-COUNT: handovers are written as one repeat less, and come back`(handovers: Int) throws {
        let line = try Example.line(Self.repeats, .integer(Int64(handovers) - 1))
        let json = try PrescriptionBundle.json(Example.content(with: [line]))
        #expect(
            json.value(at: "entry[4].resource.\(Self.repeats)") == .integer(Int64(handovers) - 1))
        #expect(try Example.read(json).lines.first?.handovers == handovers)
    }

    @Test(arguments: [
        (JSON.decimal("2.5"), "2.5"), (.decimal("2.50"), "2.5"), (1, "1"), (9_999, "9999"),
        (.decimal("0.001"), "0.001"), (.decimal("9999.000"), "9999"),
        // Through binary floating point, none of these would be itself.
        (.decimal("0.1"), "0.1"), (.decimal("0.3"), "0.3"), (.decimal("1.005"), "1.005"),
    ])
    func `RX-QTY: packages are read to the last decimal`(value: JSON, packages: String) throws {
        #expect(try Example.line(Self.quantity, value).packagesPerHandover.description == packages)
    }

    @Test(
        arguments: [
            0, .decimal("0.0"), -1, .decimal("-2.5"), 10_000, .decimal("9999.001"), .decimal("0.0001"),
            .decimal("1e3"), .decimal("2.5E0"), "2.5", .null, .integer(.max),
        ] as [JSON])
    func `RX-QTY: no packages, too many, and what is no plain decimal are refused`(value: JSON) throws {
        let json = try Example.json().setting("entry[4].resource.\(Self.quantity)", to: value)
        #expect(Example.refusal(of: json)?.path == "Bundle.entry[4].resource.\(Self.quantity)")
    }

    @Test(arguments: [("d", IntervalUnit.days), ("wk", .weeks), ("mo", .months)])
    func `RX-INTERVAL: days, weeks and months by their UCUM codes`(code: String, unit: IntervalUnit) throws {
        let line = try Example.line("dispenseRequest.dispenseInterval.code", .text(code))
        #expect(line.interval == HandoverInterval(14, unit))
        let json = try PrescriptionBundle.json(Example.content(with: [line]))
        #expect(try Example.read(json).lines.first?.interval == line.interval)
    }

    @Test(arguments: [JSON.integer(1), .integer(999), .decimal("14.0"), .decimal("14.000")])
    func `RX-INTERVAL: a whole number is whole however it is written`(value: JSON) throws {
        let interval = try Example.line("dispenseRequest.dispenseInterval.value", value).interval
        #expect(interval?.count == Int(value.integer ?? 14))
    }

    @Test(arguments: [
        "2026-08-31T23:59:59Z", "2026-08-31T23:59:59", "2026-08-31T00:00:00+02:00", "2026-08-31Z", "2026-08",
        "2026", "2026-02-29", "31-08-2026", "", " 2026-08-31",
    ])
    func `RX-VALID: the ends of validity are days; a moment would be another day`(text: String) throws {
        for path in [Self.start, Self.end] {
            let json = try Example.json().setting("entry[4].resource.\(path)", to: .text(text))
            let error = try #require(Example.refusal(of: json))
            #expect(error.issue == .badValue)
            #expect(error.path == "Bundle.entry[4].resource.\(path)")
        }
    }

    @Test(arguments: ["2026-03-29", "2026-10-25", "2028-02-29"])
    func `RX-VALID: a day is read as it is, also when the clocks change`(text: String) throws {
        #expect(try Example.line(Self.start, .text("2026-01-01")).validFrom == LocalDate("2026-01-01"))
        let json = try Example.json().setting("entry[4].resource.\(Self.start)", to: nil)
            .setting("entry[4].resource.\(Self.end)", to: .text(text))
        #expect(try Example.read(json).lines.first?.validTo == LocalDate(text))
        #expect(try Example.read(json).lines.first?.validFrom == nil)
    }

    @Test func `RX-VALID: a validity may be one day and never less`() throws {
        #expect(try Example.line(Self.end, "2026-08-01").validTo == LocalDate("2026-08-01"))
        let json = try Example.json().setting("entry[4].resource.\(Self.end)", to: "2026-07-31")
        #expect(Example.refusal(of: json)?.issue == .disagreement)
    }
}

extension Example {
    /// The content of the example with other lines.
    static func content(with lines: [PrescribedLine]) throws -> PrescriptionContent {
        let content = try read(json())
        return PrescriptionContent(
            identity: content.identity, version: content.version, kind: content.kind,
            issuedAt: content.issuedAt, issuedOn: content.issuedOn, attestedAt: content.attestedAt,
            patient: content.patient, prescriber: content.prescriber, lines: lines)
    }
}
