import Operations
import Testing
import Vocabulary

@testable import godkend

private let good = """
    kind: pharmacy
    name: Nordlys Apotek
    gln: "5790000000012"
    currencies: [DKK, EUR]
    limits:
      DKK: 100000
    origins:
      - https://nordlys.example
    keys:
      - id: key_01M81ME7RFFVPVMKNNSJXCN1CQ
        kind: secret
        mode: test
        sha256: f9d477d7a383ce2810be74fc854ad29d4aa52f469a918106c5da9b0bad4c23ca
    """

/// One line of the good file put in the place of another.
struct BadLine: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let line: Int?
    let says: String
    /// Whether the line is the YAML parser's own.
    let isAnywhere: Bool

    init(_ old: String, _ new: String, line: Int?, says: String, isAnywhere: Bool = false) {
        self.old = old
        self.new = new
        self.line = line
        self.says = says
        self.isAnywhere = isAnywhere
    }

    var testDescription: String { new }
}

private let badLines: [BadLine] = [
    BadLine("kind: pharmacy", "kind: shop", line: 1, says: "write webshop, pharmacy or filer"),
    BadLine("name: Nordlys Apotek", "nam: Nordlys Apotek", line: 2, says: "no key `nam`"),
    BadLine("name: Nordlys Apotek", "name: \"Nord\\u202Elys\"", line: 2, says: "U+202E"),
    BadLine("gln: \"5790000000012\"", "gln: \"5790000000013\"", line: 3, says: "check digit"),
    BadLine("gln: \"5790000000012\"\n", "", line: nil, says: "`gln` is missing"),
    BadLine("[DKK, EUR]", "[DKK, Euro]", line: 4, says: "ISO 4217"),
    BadLine("[DKK, EUR]", "[]", line: 4, says: "is empty"),
    BadLine("[DKK, EUR]", "DKK", line: 4, says: "takes a list"),
    BadLine("DKK: 100000", "DKK: 1000.00", line: 6, says: "whole number of minor units"),
    BadLine("DKK: 100000", "DKK: 0", line: 6, says: "whole number of minor units"),
    BadLine("DKK: 100000", "NOK: 100000", line: 6, says: "no key `NOK`"),
    BadLine("https://nordlys.example", "https://nordlys.example/shop", line: 8, says: "without a path"),
    BadLine("https://nordlys.example", "nordlys.example", line: 8, says: "https://host"),
    BadLine("kind: secret", "kind: sekret", line: 11, says: "secret or publishable"),
    BadLine("mode: test", "mode: demo", line: 12, says: "test or live"),
    BadLine("sha256: f9", "sha256: sk_test_f9", line: 13, says: "never the key itself"),
    BadLine("mode: test", "mode: test\n    secret: sk", line: 13, says: "no key `secret`"),
    BadLine(
        "name: Nordlys Apotek", "name: A\nname: B", line: nil, says: "Given twice: name", isAnywhere: true),
    BadLine("name: Nordlys Apotek", "name: [", line: nil, says: "no YAML", isAnywhere: true),
]

struct MerchantFileTests {
    private func problems(_ text: String, id: String = "nordlys") -> [YAMLProblem] {
        MerchantFile.read(text, id: id, file: "nordlys.yaml").problems
    }

    @Test func `a good merchant file is read whole`() throws {
        let merchant = try #require(MerchantFile.read(good, id: "nordlys", file: "f").merchant)
        #expect(merchant.kind == .pharmacy)
        #expect(merchant.name.text == "Nordlys Apotek")
        #expect(merchant.gln?.text == "5790000000012")
        #expect(merchant.currencies == [.dkk, .eur])
        #expect(merchant.maximumMinor(in: .dkk) == 100_000)
        #expect(merchant.maximumMinor(in: .eur) == nil)
        #expect(merchant.origins == ["https://nordlys.example"])
        #expect(merchant.keys.map(\.kind) == [.secret])
        #expect(!merchant.isSuspended)
    }

    @Test(arguments: badLines)
    func `a broken merchant file is refused with its line and what to do`(bad: BadLine) throws {
        let text = good.replacing(bad.old, with: bad.new)
        try #require(text != good)
        let problem = try #require(problems(text).first)
        #expect(problem.message.contains(bad.says), "\(problem)")
        if !bad.isAnywhere { #expect(problem.line == bad.line) }
        #expect(problem.description.hasPrefix("nordlys.yaml"))
    }

    @Test func `every problem of a file is told at once, in the order of its lines`() {
        let text = good.replacing("kind: pharmacy", with: "kind: x").replacing("DKK: 100000", with: "DKK: x")
        #expect(problems(text).map(\.line) == [1, 6])
    }

    @Test(arguments: ["N", "a", "Nordlys", "nordlys apotek", "1a"])
    func `a file whose name is no merchant id is refused`(id: String) {
        #expect(problems(good, id: id).count == 1)
    }

    @Test func `a filer has no publishable key`() {
        let filer = """
            kind: filer
            name: Klinik
            keys:
              - id: key_01M81ME7RFFVPVMKNNSJXCN1CQ
                kind: publishable
                mode: test
                sha256: f9d477d7a383ce2810be74fc854ad29d4aa52f469a918106c5da9b0bad4c23ca
            """
        #expect(problems(filer).map(\.message) == ["A filer has no publishable key: remove it."])
        #expect(problems(filer.replacing("publishable", with: "secret")).isEmpty)
    }

    @Test(arguments: [
        "5790000000012", "true",
    ])
    func `a suspended merchant is one whose file says so`(value: String) {
        let text = good + "\nsuspended: \(value)\n"
        let merchant = MerchantFile.read(text, id: "nordlys", file: "f").merchant
        #expect(merchant?.isSuspended == (value == "true" ? true : nil))
    }
}
