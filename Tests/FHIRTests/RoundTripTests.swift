import FHIR
import Notation
import SeedKit
import Testing
import Vocabulary

@Suite struct RoundTripTests {
    @Test func `RX-SIG: the example comes back equal, as a prescriber's and as a register's`() throws {
        let content = try Example.read(Example.json())
        #expect(try Example.read(PrescriptionBundle.json(content)) == content)
        let attested = try Example.read(Example.attested(), kind: .registry)
        #expect(try Example.read(PrescriptionBundle.json(attested), kind: .registry) == attested)
    }

    /// The name of each case is its seed.
    @Test(arguments: TestSeed.told.map { [$0] } ?? Array(0..<300))
    func `RX-SIG: a content drawn at random comes back equal`(seed: UInt64) throws {
        var draw = Draw(seed: seed)
        let content = try draw.content()
        let json = PrescriptionBundle.json(content)
        #expect(try Example.read(json, kind: content.kind) == content)
        // The other way of writing JSON says the same.
        #expect(try PrescriptionBundle.read(json.canonical(), kind: content.kind) == content)
        #expect(Example.refusal(of: json, kind: content.kind == .registry ? .prescriber : .registry) != nil)
    }
}

/// Contents drawn at random within the limits of the reader.
struct Draw {
    private var dice: SplitMix

    init(seed: UInt64) { dice = SplitMix(seed: seed) }

    mutating func content() throws -> PrescriptionContent {
        let kind = pick(SignerKind.allCases)
        let day = LocalDate(dayText()) ?? Self.firstDay
        let person = try PersonNumber("0101650\(number(100...999))")
        let identity = try identity()
        var lines: [PrescribedLine] = []
        for index in 0..<number(1...6) { lines.append(try line("line \(index)", kind: kind)) }
        return PrescriptionContent(
            identity: identity, version: pick([1, 2, 20_042, .max]), kind: kind,
            issuedAt: instant(), issuedOn: day, attestedAt: kind == .registry ? instant() : nil,
            patient: PatientContent(
                personNumber: person, birthDate: person.birthDate,
                name: Redacted(pick(["", "Eva", "Eva Lund", "Søren Ærø Ågård", "Eva  Lund"]))),
            prescriber: PrescriberContent(
                authorisation: try #require(AuthorisationID(pick(["6QF17", "WNP01", "ZB1ZV"]))),
                role: pick(SignerRole.allCases.filter { $0 != .register }),
                organisation: maybe { $0.pick(["990027", "133016N", "Lægehuset"]) }),
            lines: lines)
    }

    private mutating func line(_ id: String, kind: SignerKind) throws -> PrescribedLine {
        let handedOver = number(0...3)
        let history = AttestedHistory(
            handedOver: handedOver, lastHandover: handedOver > 0 ? LocalDate(dayText()) : nil,
            residual: maybe { $0.quantity(0...1_000_000_000) })
        let from = maybe { $0.number(0...400) }
        let product = try product()
        let packages = try #require(quantity(1...9_999_000))
        let replaced = try number(0...3) == 0 ? identity() : nil
        return PrescribedLine(
            id: id, product: product, packagesPerHandover: packages, handovers: number(1...999),
            interval: HandoverInterval(number(0...999), pick(IntervalUnit.allCases)),
            validFrom: from.map { Self.firstDay.adding(days: $0) },
            validTo: maybe { Self.firstDay.adding(days: (from ?? 0) + $0.number(0...800)) },
            pharmacy: maybe { _ in GLN("5790000000012") } ?? nil, isSubstitutionAllowed: number(0...1) == 0,
            isUrgentWithoutPayment: number(0...9) == 0, dosage: maybe { $0.pick(Self.texts) },
            indication: maybe { $0.pick(Self.texts) }, replaces: replaced,
            history: kind == .registry ? history : nil)
    }

    private mutating func product() throws -> PrescribedProduct {
        let digits = String(number(1_000_000...1_999_999)).dropFirst()
        return PrescribedProduct(
            number: try #require(ProductNumber(String(digits))),
            drug: maybe { _ in DrugID("28103888005") } ?? nil,
            atc: maybe { ATCCode($0.pick(["N", "N02", "N02B", "N02BE", "N02BE01"])) } ?? nil,
            name: pick(Self.texts), packageSize: maybe { $0.quantity(1...1_000_000_000) } ?? nil,
            group: maybe { $0.pick(DispensingGroup.allCases) })
    }

    private mutating func identity() throws -> RecordIdentity {
        let system = pick(RecordSystem.allCases)
        let value =
            system == .fmk ? pick(["0", "495021753450021", "18446744073709551615"]) : "æ-\(number(1...9))"
        return try #require(RecordIdentity(system: system, value: value))
    }

    private static let texts = ["1 tablet", "1½ tablet \"efter\" måltid \\ 2", "😀 {\"a\": 1}", "x", "ß → β"]
    private static let firstDay = LocalDate(Instant(milliseconds: 1_700_000_000_000))

    private mutating func quantity(_ range: ClosedRange<Int>) -> Quantity? {
        Quantity(thousandths: Int64(number(range)))
    }

    private mutating func instant() -> Instant {
        Instant(milliseconds: Int64.random(in: 1_600_000_000_000...1_900_000_000_000, using: &dice))
    }

    private mutating func dayText() -> String {
        Self.firstDay.adding(days: number(0...2_000)).description
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &dice) }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0...values.count - 1)] }

    private mutating func maybe<Value>(_ value: (inout Draw) -> Value?) -> Value? {
        number(0...1) == 0 ? value(&self) : nil
    }
}
