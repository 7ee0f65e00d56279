import Foundation
import Notation
import Operations
import Testing
import Vocabulary

/// Price lists in the fixed columns of the Danish list.
@Suite struct PriceColumnsTests {
    private func read(
        _ drugs: [String], _ packages: [String], substitutions: String? = nil
    ) -> Result<PriceListContent, PriceListFailure> {
        var files = [
            PriceSamples.file("LMS01.txt", drugs.joined(separator: "\r\n") + "\r\n"),
            PriceSamples.file("lms02_2026.TXT", packages.joined(separator: "\n")),
        ]
        if let substitutions { files.append(PriceSamples.file("substitution.csv", substitutions)) }
        return Result { () throws(PriceListFailure) in try PriceListReader.read(files) }
    }

    private func problems(_ result: Result<PriceListContent, PriceListFailure>) -> [PriceListProblem] {
        guard case .failure(let failure) = result else { return [] }
        return failure.problems
    }

    @Test func `RX-SUBST: a product is put together from both files and the table of groups`() throws {
        let list = try read(
            [PriceSamples.drug()], [PriceSamples.package(group: "HX18")],
            substitutions: "number,group\n012345,S1\n"
        ).get()
        let product = PricedProduct(
            number: try #require(ProductNumber("012345")), drug: DrugID("28100000001"),
            atc: ATCCode("N02BE01"), name: "Examplin 500 mg tabletter",
            packageSize: try #require(Quantity(100)), substitutionGroup: "S1", group: .hxAdult,
            priceMinor: nil)
        #expect(list.products == [product])
    }

    @Test(arguments: [
        ("00000001", "0.01"), ("00000250", "2.5"), ("00010000", "100"), ("99999999", "999999.99"),
    ])
    func `RX-QTY: a package size is in hundredths`(digits: String, size: String) throws {
        let list = try read([PriceSamples.drug()], [PriceSamples.package(size: digits)]).get()
        #expect(list.products.map(\.packageSize.description) == [size])
    }

    @Test func `RX-SUBST: columns are counted in characters, whatever their bytes`() throws {
        let list = try read(
            [PriceSamples.drug(name: "Prøveøjendråber", form: "øjendråber")], [PriceSamples.package()]
        ).get()
        #expect(list.products.map(\.name) == ["Prøveøjendråber 500 mg øjendråber"])
        #expect(list.products.map(\.atc) == [ATCCode("N02BE01")])
    }

    @Test func `RX-SUBST: what is not UTF-8 is read as ISO 8859-1, and another code page is refused`() throws
    {
        func file(_ letter: UInt8) -> PriceFile {
            let bytes = PriceSamples.drug(name: "Pr?ve").utf8.map { $0 == 0x3F ? letter : $0 }
            return PriceFile(name: "LMS01.txt", bytes: bytes)
        }
        let packages = PriceSamples.file("LMS02.txt", PriceSamples.package())
        let latin = try PriceListReader.read([file(0xF8), packages])
        #expect(latin.products.map(\.name) == ["Prøve 500 mg tabletter"])
        // ø of code page 850.
        let failure = #expect(throws: PriceListFailure.self) {
            try PriceListReader.read([file(0x9B), packages])
        }
        #expect(failure?.problems.map(\.flaw) == [.nameInvalid])
    }

    @Test(arguments: [
        (PriceSamples.package(drug: "2810000000X"), "0-10", PriceListFlaw.drugInvalid),
        (PriceSamples.package(drug: "28100000002"), "0-10", .drugUnknown),
        (PriceSamples.package(number: "12345"), "11-16", .numberInvalid),
        (PriceSamples.package(size: "00000000"), "59-66", .packageSizeInvalid),
        (PriceSamples.package(size: "   10000"), "59-66", .packageSizeInvalid),
        (PriceSamples.package(group: "HY18"), "73-77", .groupUnknown("HY18")),
        (PriceSamples.package(group: ""), "73-77", .groupUnknown(nil)),
        (PriceSamples.package(), "11-16", .numberRepeated(firstLine: 1)),
    ])
    func `RX-COVER: a bad package is named with its columns, and nothing is taken`(
        row: String, column: String, flaw: PriceListFlaw
    ) {
        let found = problems(read([PriceSamples.drug()], [PriceSamples.package(), row]))
        #expect(found.map(\.flaw) == [flaw])
        #expect(found.first?.description.hasPrefix("lms02_2026.TXT, line 2, column \(column): ") == true)
    }

    @Test(arguments: [
        (PriceSamples.drug(id: "2810000000"), "0-10", PriceListFlaw.drugInvalid),
        (PriceSamples.drug(), "0-10", .drugRepeated(firstLine: 1)),
        (PriceSamples.drug(id: "28100000002", name: ""), "29-58", .nameInvalid),
        (PriceSamples.drug(id: "28100000002", atc: " N02BE0"), "138-145", .atcInvalid),
    ])
    func `RX-COVER: a bad drug is named with its columns, and nothing is taken`(
        row: String, column: String, flaw: PriceListFlaw
    ) {
        let found = problems(read([PriceSamples.drug(), row], [PriceSamples.package()]))
        #expect(found.map(\.flaw) == [flaw])
        #expect(found.first?.description.hasPrefix("LMS01.txt, line 2, column \(column): ") == true)
    }

    @Test(arguments: [
        ("number,group\n012345,S1\n012345,S2\n", 3, PriceListFlaw.numberRepeated(firstLine: 2)),
        ("number,group\n012345,\n", 2, .substitutionGroupInvalid),
        ("number,group\n900001,S1\n", 2, .productUnknown),
        ("number\n012345\n", 1, .notATable(.columnMissing("group"))),
    ])
    func `RX-SUBST: a bad row of the substitution groups is named`(
        text: String, line: Int, flaw: PriceListFlaw
    ) {
        let found = problems(read([PriceSamples.drug()], [PriceSamples.package()], substitutions: text))
        #expect(found.map(\.flaw) == [flaw])
        #expect(found.first?.line == line && found.first?.file == "substitution.csv")
    }

    @Test func `RX-COVER: both files are needed, once each and with no other layout`() {
        let drugs = PriceSamples.file("LMS01.txt", PriceSamples.drug())
        let packages = PriceSamples.file("LMS02.txt", PriceSamples.package())
        let table = PriceSamples.csv("900001,,,A,1,,B,")
        let cases: [([PriceFile], [PriceListFlaw])] = [
            ([drugs], [.fileMissing("LMS02")]), ([packages], [.fileMissing("LMS01")]),
            ([drugs, packages, drugs], [.fileRepeated]), ([drugs, packages, table], [.layoutsMixed]),
        ]
        for (files, flaws) in cases {
            let failure = #expect(throws: PriceListFailure.self) { try PriceListReader.read(files) }
            #expect(failure?.problems.map(\.flaw) == flaws)
        }
    }

    @Test func `RX-COVER: with the layout stated the rows tell which file is which`() throws {
        let files = [
            PriceSamples.file("packages", PriceSamples.package()),
            PriceSamples.file("drugs", PriceSamples.drug()),
        ]
        #expect(try PriceListReader.read(files, layout: .lms).products.count == 1)
    }

    @Test(.enabled(if: PriceSamples.publicRowsArePresent, "the public sample rows are not in ../shared/data"))
    func `RX-SUBST: the public sample rows are read`() throws {
        let rows = try PriceSamples.publicRows()
        let drugs = try #require(rows["LMS01.txt"])
        let packages = try #require(rows["LMS02.txt"])
        // The second package is of a drug that the sample leaves out.
        let strange = problems(read(drugs, packages))
        #expect(strange.map(\.flaw) == [.drugUnknown] && strange.first?.line == 2)
        let list = try read(drugs, Array(packages.prefix(1))).get()
        let product = try #require(list.products.first)
        #expect(list.products.count == 1 && product.number.text == "005813")
        #expect(product.name == "Panodil 500 mg filmovertrukne tabl." && product.atc?.text == "N02BE01")
        #expect(product.packageSize == Quantity(10) && product.group == .hxAdult)
        let second = packages[1].replacingOccurrences(of: "28103023098", with: "28100713276")
        let other = try #require(try read(drugs, [second]).get().products.first)
        #expect(other.number.text == "000005" && other.group == .b && other.packageSize == Quantity(20))
        #expect(other.name == "Fenemal \"DLF\" 15 mg tabletter" && other.atc?.text == "N03AA02")
    }
}
