import Notation
import Operations
import Proofs
import Testing
import Vocabulary

/// Price lists as comma-separated values.
@Suite struct PriceTableTests {
    private func problems(of files: [PriceFile], layout: PriceLayout? = nil) -> [PriceListProblem] {
        do {
            let list = try PriceListReader.read(files, layout: layout)
            Issue.record("read \(list.products.count) products")
            return []
        } catch {
            return error.problems
        }
    }

    @Test func `RX-SUBST: each field of a row is read`() throws {
        let file = PriceSamples.csv(PriceSamples.row)
        let list = try PriceListReader.read([file])
        let product = PricedProduct(
            number: try #require(ProductNumber("012345")), drug: DrugID("28100000001"),
            atc: ATCCode("N02BE01"), name: "Examplin 500 mg", packageSize: try #require(Quantity(100)),
            substitutionGroup: "S1", group: .b, priceMinor: 2_495)
        #expect(list.products == [product])
        #expect(list.digest == Digest.sha256(file.bytes))
    }

    @Test func `RX-SUBST: what may be empty is nil, and products stand in the order of their numbers`() throws
    {
        let list = try PriceListReader.read([
            PriceSamples.csv("900002,,,B,2.5,,HF,", name: "a.csv"),
            PriceSamples.csv("900001,,,A,0.001,,A,0", name: "b.csv"),
        ])
        #expect(list.products.map(\.number.text) == ["900001", "900002"])
        let last = try #require(list.products.last)
        #expect(last.drug == nil && last.atc == nil && last.substitutionGroup == nil)
        #expect(last.priceMinor == nil && last.packageSize == Quantity("2.5"))
        #expect(list.products[0].priceMinor == 0)
    }

    @Test(arguments: DispensingGroup.allCases)
    func `RX-GROUP: every dispensing group is read from the list`(group: DispensingGroup) throws {
        let list = try PriceListReader.read([PriceSamples.csv("900001,,,A,1,,\(group.rawValue),")])
        #expect(list.products.map(\.group) == [group])
    }

    @Test(arguments: [
        ("12345,,,A,1,,B,", "number", PriceListFlaw.numberInvalid),
        ("1234567,,,A,1,,B,", "number", .numberInvalid),
        ("12345x,,,A,1,,B,", "number", .numberInvalid),
        ("900001,2810000000,,A,1,,B,", "drug_id", .drugInvalid),
        ("900001,,n02be01,A,1,,B,", "atc", .atcInvalid),
        ("900001,,,,1,,B,", "name", .nameInvalid),
        ("900001,,, A,1,,B,", "name", .nameInvalid),
        ("900001,,,A\u{91}B,1,,B,", "name", .nameInvalid),
        ("900001,,,A,0,,B,", "package_size", .packageSizeInvalid),
        ("900001,,,A,,,B,", "package_size", .packageSizeInvalid),
        ("900001,,,A,-1,,B,", "package_size", .packageSizeInvalid),
        ("900001,,,A,0.0001,,B,", "package_size", .packageSizeInvalid),
        ("900001,,,A,1,,C,", "dispensing_group", .groupUnknown("C")),
        ("900001,,,A,1,,b,", "dispensing_group", .groupUnknown("b")),
        ("900001,,,A,1,,,", "dispensing_group", .groupUnknown(nil)),
        ("900001,,,A,1, S,B,", "substitution_group", .substitutionGroupInvalid),
        ("900001,,,A,1,,B,24.95", "price", .priceInvalid),
        ("900001,,,A,1,,B,-1", "price", .priceInvalid),
        ("900001,,,A,1,,B,1000000001", "price", .priceInvalid),
    ])
    func `RX-COVER: a bad field is named with file, line and column, and nothing is taken`(
        row: String, column: String, flaw: PriceListFlaw
    ) throws {
        let found = problems(of: [PriceSamples.csv(PriceSamples.row, row)])
        #expect(found.map(\.flaw) == [flaw])
        #expect(found.first?.description.hasPrefix("list.csv, line 3, column \(column): ") == true)
        #expect(found.first?.description.hasSuffix(".") == true)
    }

    @Test func `RX-GROUP: an unknown dispensing group is named, beside those that are known`() {
        let sentence = problems(of: [PriceSamples.csv("900001,,,A,1,,HY18,")]).first?.description ?? ""
        #expect(sentence.contains("HY18") && sentence.contains("HX18"))
    }

    @Test func `RX-COVER: every problem of every row is told`() {
        let found = problems(of: [
            PriceSamples.csv("1,2,3,A,1,,B,", name: "a.csv"),
            PriceSamples.csv("900001,,,A,x,,Z,y", name: "b.csv"),
        ])
        #expect(
            found.map(\.flaw) == [
                .numberInvalid, .drugInvalid, .atcInvalid, .packageSizeInvalid, .groupUnknown("Z"),
                .priceInvalid,
            ])
        #expect(found.map(\.file) == ["a.csv", "a.csv", "a.csv", "b.csv", "b.csv", "b.csv"])
    }

    @Test func `RX-COVER: of many problems twenty are shown and the rest counted`() {
        let rows = (1...22).map { "\($0),,,A,1,,B," }
        let file = PriceSamples.file("list.csv", ([PriceSamples.header] + rows).joined(separator: "\n"))
        let failure = #expect(throws: PriceListFailure.self) { try PriceListReader.read([file]) }
        let lines = (failure?.explanation ?? "").split(separator: "\n")
        #expect(lines.count == 21)
        #expect(lines.last == "and 2 more problems.")
    }

    @Test func `RX-COVER: a varenummer stands once in a list`() {
        let row = PriceSamples.row
        let twice = problems(of: [PriceSamples.csv(row, "900001,,,A,1,,B,", row)])
        #expect(twice.map(\.flaw) == [.numberRepeated(firstLine: 2)] && twice.map(\.line) == [4])
        #expect(
            problems(of: [PriceSamples.csv(row, name: "a.csv"), PriceSamples.csv(row, name: "b.csv")])
                .map(\.flaw) == [.numberRepeatedElsewhere(file: "a.csv")])
    }

    @Test(arguments: [
        ("", PriceListFlaw.notATable(.empty)),
        ("number,name\n", .notATable(.columnMissing("drug_id"))),
        (PriceSamples.header + ",stock\n", .notATable(.columnUnknown)),
        (PriceSamples.header + "\n900001,,,A,1,,B\n", .notATable(.fieldCount(expected: 8, found: 7))),
        (PriceSamples.header + "\n", .noProduct),
    ])
    func `RX-COVER: what is no price list is refused`(text: String, flaw: PriceListFlaw) {
        #expect(problems(of: [PriceSamples.file("list.csv", text)]).map(\.flaw) == [flaw])
    }

    @Test func `RX-COVER: a file whose name says nothing needs the layout`() throws {
        let text = PriceSamples.header + "\n" + PriceSamples.row
        let file = PriceSamples.file("list.txt", text)
        #expect(problems(of: [file]).map(\.flaw) == [.fileUnknown])
        #expect(try PriceListReader.read([file], layout: .csv).products.count == 1)
        #expect(problems(of: []).map(\.flaw) == [.noProduct])
    }

    @Test func `RX-SUBST: the digest of several files is the same in any order`() throws {
        let (a, b) = (PriceSamples.csv("900001,,,A,1,,B,"), PriceSamples.csv("900002,,,B,1,,B,"))
        let digests = [a, b].map { Digest.sha256($0.bytes) }.sorted { $0.lexicographicallyPrecedes($1) }
        let expected = Digest.sha256(digests[0] + digests[1])
        #expect(try PriceListReader.read([a, b]).digest == expected)
        #expect(try PriceListReader.read([b, a]).digest == expected)
    }
}
