import GRDB
import Operations
import Records
import TestKit
import Testing
import Vocabulary

/// The price lists of `Fixtures/prices`, and their way into the gateway.
@Suite struct PriceListTests {
    private func list(_ paths: String...) throws -> PriceListContent {
        try PriceListReader.read(paths.flatMap { try PriceSamples.fixtures($0) })
    }

    private func product(_ number: String, in list: PriceListContent) -> PricedProduct? {
        list.products.first { $0.number.text == number }
    }

    private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    @Test func `RX-SUBST: between the two lists of the fixtures one product moves to another group`() throws {
        let (old, new) = (try list("2026-11-02.csv"), try list("2026-11-16.csv"))
        let moved = old.products.filter { before in
            product(before.number.text, in: new).map { $0.substitutionGroup != before.substitutionGroup }
                ?? false
        }
        #expect(moved.map(\.number.text) == ["900202"])
        #expect(product("900202", in: new)?.substitutionGroup == "S0202")
        #expect(product("900902", in: old) != nil && product("900902", in: new) == nil)
        #expect(product("900903", in: old) == nil && product("900903", in: new) != nil)
    }

    @Test func `RX-GROUP: the fixtures have a product of every kind that a rule asks about`() throws {
        for name in ["2026-11-02.csv", "2026-11-16.csv"] {
            let list = try list(name)
            #expect(Set(list.products.map(\.group)) == Set(DispensingGroup.allCases))
            let statins = list.products.filter { $0.substitutionGroup == "S0101" }
            #expect(statins.map(\.packageSize) == [100, 50, 100].map { Quantity($0) })
            let antibiotics = list.products.filter { $0.atc?.text.hasPrefix("J01") == true }
            #expect(Set(antibiotics.map(\.group)) == [.a, .b, .hospital])
        }
    }

    @Test func `RX-SUBST: the fixed columns of the fixtures tell of the same products as the other list`()
        throws
    {
        let columns = try list("lms/LMS01.txt", "lms/LMS02.txt", "lms/substitution.csv")
        let table = try list("2026-11-02.csv")
        #expect(columns.products.count == 9)
        for found in columns.products where found.number.text != "900909" {
            let other = try #require(product(found.number.text, in: table))
            #expect(found.drug == other.drug && found.atc == other.atc && found.group == other.group)
            #expect(found.packageSize == other.packageSize)
            #expect(found.substitutionGroup == other.substitutionGroup)
        }
        let dressing = try #require(product("900909", in: columns))
        #expect(dressing.atc == nil && dressing.substitutionGroup == nil && dressing.name == "Prøvebind")
    }

    @Test func `RX-SUBST: a list is imported, listed, and refused when it would change a day that was`()
        async throws
    {
        let stage = try Stage {
            $0.clock = ManualClock()
            $0.isRunning = false
        }
        let issuer = stage.gateway.issuer
        let (old, new) = (try list("2026-11-02.csv"), try list("2026-11-16.csv"))
        #expect(try await issuer.importPriceList(old, validFrom: day("2026-11-02")) == .imported)
        #expect(try await issuer.importPriceList(old, validFrom: day("2026-11-02")) == .unchanged)
        #expect(try await issuer.importPriceList(old, validFrom: day("2026-11-30")) == .imported)
        #expect(try await issuer.importPriceList(new, validFrom: day("2026-11-30")) == .replaced)
        let refusal = await #expect(throws: Refusal.self) {
            try await issuer.importPriceList(new, validFrom: day("2026-11-02"))
        }
        #expect(refusal?.code == .parameterInvalid && refusal?.parameter == "valid_from")
        let lists = try await issuer.priceLists()
        #expect(lists.map(\.validFrom.description) == ["2026-11-30", "2026-11-02"])
        #expect(lists.map(\.digest) == [new.digest, old.digest])
        #expect(lists.map(\.products) == [27, 27])
        await stage.stop()
    }
}
