import GRDB
import Records
import TestKit
import Testing
import Vocabulary

/// Price lists by their first day: which one counts, and when one may be replaced.
@Suite struct PriceListTests {
    private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    private func product(_ number: String, group: String? = nil) throws -> PricedProduct {
        PricedProduct(
            number: try #require(ProductNumber(number)), drug: DrugID("28990000101"),
            atc: ATCCode("C10AA01"), name: "Examplin 40 mg", packageSize: try #require(Quantity("2.5")),
            substitutionGroup: group, group: .b, priceMinor: 4_295)
    }

    /// A list whose digest is this byte 32 times.
    private func list(_ first: String, _ digest: UInt8, _ products: PricedProduct...) throws
        -> ImportPriceList
    {
        ImportPriceList(
            validFrom: try day(first), digest: Array(repeating: digest, count: 32), products: products)
    }

    private func find(_ number: String, on date: LocalDate, in bench: Bench) async throws -> PricedProduct? {
        let number = try #require(ProductNumber(number))
        return try await bench.ledger.read { try PriceListReading.product(number, on: date, in: $0) }
    }

    private func firstDay(on date: LocalDate, in bench: Bench) async throws -> String? {
        try await bench.ledger.read { try PriceListReading.list(on: date, in: $0)?.validFrom.description }
    }

    @Test(arguments: [
        // Midnight in Copenhagen: an hour before that of Greenwich in winter, two hours in summer.
        ("2026-11-16", "2026-11-15T22:59:59.999Z", "S1"), ("2026-11-16", "2026-11-15T23:00:00.000Z", "S2"),
        ("2026-06-15", "2026-06-14T21:59:59.999Z", "S1"), ("2026-06-15", "2026-06-14T22:00:00.000Z", "S2"),
        // The nights on which the clock changes.
        ("2026-03-29", "2026-03-28T22:59:59.999Z", "S1"), ("2026-03-29", "2026-03-28T23:00:00.000Z", "S2"),
        ("2026-10-26", "2026-10-25T22:59:59.999Z", "S1"), ("2026-10-26", "2026-10-25T23:00:00.000Z", "S2"),
    ])
    func `RX-SUBST: the list changes at midnight in Copenhagen, and the order's date keeps its own`(
        first: String, moment: String, group: String
    ) async throws {
        let bench = try Bench()
        for list in [
            try list("2026-01-05", 1, product("900202", group: "S1")),
            try list(first, 2, product("900202", group: "S2")),
        ] {
            #expect(try await bench.ledger.submit(list) == .imported)
        }
        let ordered = LocalDate(try #require(Instant(rfc3339: moment)))
        #expect(try await find("900202", on: ordered, in: bench)?.substitutionGroup == group)
        // At capture, days later, the order's date still finds the same row.
        bench.clock.advance(seconds: 40 * 86_400)
        #expect(try await find("900202", on: ordered, in: bench)?.substitutionGroup == group)
    }

    @Test func `RX-SUBST: the newest list that has begun counts, and none counts before the first`()
        async throws
    {
        let bench = try Bench()
        // Imported in another order than their days.
        for list in try [
            list("2026-11-16", 2, product("900001")), list("2026-11-02", 1, product("900001")),
            list("2026-11-30", 3, product("900001")),
        ] {
            _ = try await bench.ledger.submit(list)
        }
        for (date, expected) in [
            ("2026-11-01", nil), ("2026-11-02", "2026-11-02"), ("2026-11-15", "2026-11-02"),
            ("2026-11-16", "2026-11-16"), ("2026-11-29", "2026-11-16"), ("2026-11-30", "2026-11-30"),
            ("2031-01-01", "2026-11-30"),
        ] as [(String, String?)] {
            #expect(try await firstDay(on: day(date), in: bench) == expected, "\(date)")
            let found = try await find("900001", on: day(date), in: bench)
            #expect((found != nil) == (expected != nil), "\(date)")
        }
        let digest = try await bench.ledger.read { [day = try day("2026-11-20")] db in
            try PriceListReading.list(on: day, in: db)?.digest
        }
        #expect(digest == Array(repeating: 2, count: 32))
        let lists = try await bench.ledger.priceLists()
        #expect(lists.map(\.validFrom.description) == ["2026-11-30", "2026-11-16", "2026-11-02"])
        #expect(lists.map(\.products) == [1, 1, 1])
    }

    @Test
    func `RX-COVER: a product that the day's list does not have is in none, though an older list had it`()
        async throws
    {
        let bench = try Bench()
        _ = try await bench.ledger.submit(list("2026-11-02", 1, product("900001"), product("900002")))
        _ = try await bench.ledger.submit(list("2026-11-16", 2, product("900002")))
        #expect(try await find("900001", on: day("2026-11-15"), in: bench) != nil)
        #expect(try await find("900001", on: day("2026-11-16"), in: bench) == nil)
        #expect(try await find("900003", on: day("2026-11-15"), in: bench) == nil)
    }

    @Test func `RX-COVER: a product comes back as it was given in`() async throws {
        let bench = try Bench()
        let whole = try product("000005", group: "S1")
        let bare = PricedProduct(
            number: try #require(ProductNumber("900002")), drug: nil, atc: nil, name: "B",
            packageSize: try #require(Quantity(thousandths: 1)), substitutionGroup: nil,
            group: .aParagraph4Specialist, priceMinor: nil)
        _ = try await bench.ledger.submit(list("2026-11-02", 1, whole, bare))
        #expect(try await find("000005", on: day("2026-11-02"), in: bench) == whole)
        #expect(try await find("900002", on: day("2026-11-02"), in: bench) == bare)
    }

    @Test func `RX-SUBST: a list of a future day is replaced whole, with a leaf each time`() async throws {
        let bench = try Bench()
        _ = try await bench.ledger.submit(list("2026-11-23", 1, product("900001"), product("900002")))
        let outcome = try await bench.ledger.submit(list("2026-11-23", 2, product("900001", group: "S9")))
        #expect(outcome == .replaced)
        #expect(try await find("900001", on: day("2026-11-23"), in: bench)?.substitutionGroup == "S9")
        #expect(try await find("900002", on: day("2026-11-23"), in: bench) == nil)
        #expect(try await bench.ledger.priceLists().map(\.products) == [1])
        let leaves = try await bench.leaves(about: "price_list:2026-11-23")
        #expect(leaves.map(\.kind) == ["configuration_change", "configuration_change"])
        #expect(leaves.map(\.outcome) == ["imported", "replaced"])
        #expect(leaves.allSatisfy { $0.commitments["digest"] != nil })
        try await bench.checkEdge()
    }

    @Test(arguments: [
        // Noon in Greenwich on 22 November, and both sides of the midnight in Copenhagen that follows.
        ("2026-11-21", "2026-11-22T12:00:00.000Z", PriceListOutcome.alreadyCounted),
        ("2026-11-22", "2026-11-22T12:00:00.000Z", .alreadyCounted),
        ("2026-11-23", "2026-11-22T22:59:59.999Z", .replaced),
        ("2026-11-23", "2026-11-22T23:00:00.000Z", .alreadyCounted),
    ])
    func `RX-SUBST: a list whose day has come is never changed`(
        first: String, moment: String, expected: PriceListOutcome
    ) async throws {
        let bench = try Bench()
        _ = try await bench.ledger.submit(list(first, 1, product("900001", group: "S1")))
        bench.clock.set(try #require(Instant(rfc3339: moment)))
        #expect(try await bench.ledger.submit(list(first, 2, product("900001", group: "S2"))) == expected)
        let kept = expected == .alreadyCounted
        #expect(
            try await find("900001", on: day(first), in: bench)?.substitutionGroup == (kept ? "S1" : "S2"))
        #expect(try await bench.leaves(about: "price_list:\(first)").count == (kept ? 1 : 2))
    }

    @Test func `RX-SUBST: the same list again changes nothing and leaves no leaf`() async throws {
        let bench = try Bench()
        let list = try list("2026-11-02", 1, product("900001"))
        #expect(try await bench.ledger.submit(list) == .imported)
        #expect(try await bench.ledger.submit(list) == .unchanged)
        #expect(try await bench.leaves(about: "price_list:2026-11-02").count == 1)
    }

    @Test func `RX-COVER: a list with a number twice is not stored, not even in part`() async throws {
        let bench = try Bench()
        let list = try list("2026-11-02", 1, product("900001"), product("900002"), product("900001"))
        let refusal = await #expect(throws: DatabaseError.self) { try await bench.ledger.submit(list) }
        #expect(refusal?.message?.hasPrefix("UNIQUE constraint failed: priced_products") == true)
        #expect(try await bench.number("SELECT count(*) FROM priced_products") == 0)
        #expect(try await bench.ledger.priceLists().isEmpty)
        #expect(try await bench.leaves().isEmpty)
    }
}
