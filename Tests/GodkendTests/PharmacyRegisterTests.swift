import Operations
import Testing
import Vocabulary

/// A row of the list of pharmacies with one mistake.
private let badRows: [(row: String, says: String)] = [
    ("5790000000013,Nordlys,2024-01-01,,https://a.example", "gln"),
    ("579000000001,Nordlys,2024-01-01,,https://a.example", "gln"),
    ("5790000000012,,2024-01-01,,https://a.example", "name"),
    ("5790000000012,Nordlys,,,https://a.example", "listed_from"),
    ("5790000000012,Nordlys,2024-02-30,,https://a.example", "listed_from"),
    ("5790000000012,Nordlys,2024-01-02,2024-01-01,https://a.example", "listed_to"),
    ("5790000000012,Nordlys,2024-01-01,soon,https://a.example", "listed_to"),
    ("5790000000012,Nordlys,2024-01-01,,http://a.example", "eu_logo"),
    ("5790000000012,Nordlys,2024-01-01", "fields"),
]

@Suite struct PharmacyRegisterTests {
    private static let heading = "gln,name,listed_from,listed_to,eu_logo\n"
    private static let number = "5790000000012"

    private func register(_ rows: String...) throws -> PharmacyRegister {
        try PharmacyRegister(csv: Self.heading + rows.joined(separator: "\n") + "\n")
    }

    private func isListed(_ register: PharmacyRegister, _ day: String) throws -> Bool {
        register.isListed(try #require(GLN(Self.number)), on: try #require(LocalDate(day)))
    }

    @Test(arguments: [
        ("2023-12-31", false), ("2024-01-01", true), ("2026-03-31", true), ("2026-04-01", false),
    ])
    func `RX-MERCHANT: a pharmacy is listed from its first to its last day`(day: String, isIn: Bool) throws {
        let register = try register("\(Self.number),Nordlys,2024-01-01,2026-03-31,https://a.example")
        #expect(try isListed(register, day) == isIn)
    }

    @Test func `RX-MERCHANT: without a last day the entry stands`() throws {
        #expect(
            try isListed(register("\(Self.number),Nordlys,2024-01-01,,https://a.example"), "2099-12-31"))
    }

    @Test func `RX-MERCHANT: without an entry for the EU logo a pharmacy is not listed`() throws {
        #expect(try !isListed(register("\(Self.number),Nordlys,2024-01-01,,"), "2024-01-01"))
    }

    @Test func `RX-MERCHANT: a pharmacy that nobody lists is not listed`() throws {
        let other = try register("5790000000029,Fjorden,2024-01-01,,https://a.example")
        #expect(try !isListed(other, "2024-01-01"))
        #expect(try !isListed(PharmacyRegister([]), "2024-01-01"))
    }

    @Test func `RX-MERCHANT: one of two entries of a pharmacy is enough`() throws {
        let twice = try register(
            "\(Self.number),Nordlys,2020-01-01,2020-12-31,https://a.example",
            "\(Self.number),Nordlys,2024-01-01,,https://a.example")
        #expect(try isListed(twice, "2020-12-31"))
        #expect(try !isListed(twice, "2021-01-01"))
        #expect(try isListed(twice, "2024-01-01"))
    }

    @Test(arguments: badRows)
    func `RX-MERCHANT: a bad row is refused with its line`(row: String, says: String) throws {
        let flaw = try #require(throws: PharmacyFlaw.self) {
            try register("5790000000029,Fjorden,2024-01-01,,https://a.example", row)
        }
        #expect(flaw.line == 3)
        #expect(flaw.explanation.contains(says))
    }
}
