import Lifecycles
import Operations
import Records
import Testing
import Vocabulary

/// The filter language of console and command line.
@Suite struct AuditFilterTests {
    /// Sunday 22 November 2026, noon in Greenwich.
    private static let now = Instant(milliseconds: 1_795_348_800_000)
    private static let merchants = ["nordlys", "nordlys-apotek", "nordlicht", "bogbixen"].compactMap {
        MerchantID($0)
    }

    private func parse(_ text: String) throws(FilterFlaw) -> AuditFilter {
        try AuditFilter(parsing: text, now: Self.now, merchants: Self.merchants)
    }

    private func flaw(_ text: String) throws -> FilterFlaw {
        try #require(throws: FilterFlaw.self) { try self.parse(text) }
    }

    @Test(arguments: [
        ("", "status:declined"),
        ("   ", "status:declined"),
        ("status:declined", "status:declined"),
        ("status:any", "status:any"),
        ("merchant:bogbixen", "status:declined merchant:bogbixen"),
        ("status:any merchant:bogbixen", "status:any merchant:bogbixen"),
        ("STATUS:Captured,approved", "status:approved,captured"),
        (
            "status:declined reason:code_app_required merchant:nordlys since:7d amount>50000 DKK",
            "status:declined reason:code_app_required merchant:nordlys since:7d amount>50000 DKK"
        ),
        ("amount>50000 DKK since:7d", "status:declined since:7d amount>50000 DKK"),
        ("amount>50000dkk", "status:declined amount>50000 DKK"),
        ("amount>500.00 DKK", "status:declined amount>50000 DKK"),
        ("amount>500.5 currency:DKK", "status:declined amount>50050 DKK"),
        ("amount>=500.125BHD", "status:declined amount>=500125 BHD"),
        ("amount:24900", "status:declined amount:24900"),
        ("amount>=1 amount<100 EUR", "status:declined amount<100 amount>=1 EUR"),
        ("amount<=7 currency:DKK,EUR", "status:declined amount<=7 currency:DKK,EUR"),
        ("currency:eur", "status:declined currency:EUR"),
        ("by:issuer,acquirer", "status:declined by:acquirer,issuer"),
        ("A-1001", "order:A-1001"),
        ("order:A-1001,A-1002", "order:A-1001,A-1002"),
        ("\"mit køb nr. 7\"", "order:\"mit køb nr. 7\""),
        ("order:\"a \"\"b\"\", c\"", "order:\"a \"\"b\"\", c\""),
        ("\"a:b\"", "order:a:b"),
        ("card:4242 status:declined", "status:declined card:4242"),
        ("card:4242", "card:4242"),
        ("since:2026-05-01 until:2026-05-31", "status:declined since:2026-05-01 until:2026-05-31"),
        ("since:2026-05-01T10:00:00+02:00", "status:declined since:2026-05-01T08:00:00.000Z"),
        ("since:24H until:1h", "status:declined since:24h until:1h"),
        ("since:2w", "status:declined since:2w"),
        ("code:n7,05", "status:declined code:05,N7"),
        ("factor:key_card,none", "status:declined factor:key_card,none"),
        ("merchant:nordlys*", "status:declined merchant:nordlys*"),
        ("amount>1 \"DKK\"", "status:declined amount>1 DKK"),
        ("DKK", "order:DKK"),
    ])
    func `OPS-FIND: a text has one short form, which means the same`(text: String, canonical: String) throws {
        let filter = try parse(text)
        #expect(filter.canonicalText == canonical)
        let again = try parse(filter.canonicalText)
        #expect(again == filter)
        #expect(again.canonicalText == canonical)
    }

    @Test func `OPS-FIND: the example of the requirements means what it says`() throws {
        let filter = try parse(
            "status:declined reason:code_app_required merchant:nordl since:7d amount>50000 DKK")
        #expect(filter.statuses == [.declined])
        #expect(filter.reasons == [.codeAppRequired])
        #expect(filter.merchants.map(\.text).sorted() == ["nordlicht", "nordlys", "nordlys-apotek"])
        #expect(filter.since == .ago(7, .days))
        #expect(filter.amounts == [AmountBound(.above, minor: 50_000)])
        #expect(filter.currencies == [.dkk])
    }

    @Test func `OPS-FIND: a whole id of a merchant means that one alone`() throws {
        #expect(try parse("merchant:nordlys").merchants.map(\.text) == ["nordlys"])
        #expect(try parse("merchant:nordlys*").merchants.count == 2)
    }

    @Test(arguments: [
        "auth_01JDAAAAAA7AAA8AAAAAAAAAAA", "dec_01JDAAAAAA7AAA8AAAAAAAAAAA",
    ])
    func `OPS-FIND: what only looks like an id is an order reference`(text: String) throws {
        #expect(try parse(text).orders.map(\.text) == [text])
    }

    @Test func `OPS-FIND: every kind of id that leads to a payment can be searched for`() throws {
        let random = (UInt64(1), UInt64(2))
        let ids = [
            AuthorizationID(at: Self.now, random: random).text, DecisionID(at: Self.now, random: random).text,
            ConfirmationID(at: Self.now, random: random).text, HoldID(at: Self.now, random: random).text,
            HandoverID(at: Self.now, random: random).text, RefundID(at: Self.now, random: random).text,
            PrescriptionID(at: Self.now, random: random).text, CustomerID(at: Self.now, random: random).text,
            IntentID(at: Self.now, random: random).text, EventID(at: Self.now, random: random).text,
        ]
        for id in ids {
            let filter = try parse(id)
            #expect(filter.subjects.map(\.text) == [id] && filter.statuses.isEmpty && filter.orders.isEmpty)
            #expect(filter.canonicalText == id)
        }
        #expect(Set(ids.map { String($0.prefix { $0 != "_" }) + "_" }) == Set(AuditSubject.prefixes))
        let both = try parse(ids[0] + " " + ids[7])
        #expect(both.subjects.count == 2)
    }

    @Test(arguments: [
        ("reson:x", "reson:x", 1, FilterFlaw.Problem.keyUnknown, "reason"),
        ("a status:declned", "status:declned", 3, .valueUnknown, "declined"),
        ("  by:isuer", "by:isuer", 3, .valueUnknown, "issuer"),
        ("reason:code_app", "reason:code_app", 1, .valueUnknown, "no_code_app"),
        ("factor:app,keycard", "factor:app,keycard", 1, .valueUnknown, "key_card"),
        ("merchant:bogbix2", "merchant:bogbix2", 1, .valueUnknown, "bogbixen"),
        ("status:", "status:", 1, .valueMissing, "any"),
        ("status:declined,", "status:declined,", 1, .valueMissing, "any"),
        ("since:7", "since:7", 1, .valueUnknown, "24h"),
        ("since:0d", "since:0d", 1, .valueUnknown, "24h"),
        ("since:2026-02-30", "since:2026-02-30", 1, .valueUnknown, "24h"),
        ("since:1d,2d", "since:1d,2d", 1, .valueUnknown, "24h"),
        ("card:424", "card:424", 1, .valueUnknown, "4242"),
        ("card:42424", "card:42424", 1, .valueUnknown, "4242"),
        ("card:४२४२", "card:४२४२", 1, .valueUnknown, "4242"),
        ("code:5", "code:5", 1, .valueUnknown, "05"),
        ("currency:KR", "currency:KR", 1, .valueUnknown, "DKK"),
        ("amount:kr", "amount:kr", 1, .valueUnknown, "whole minor units as in amount>50000 DKK"),
        ("amount>", "amount>", 1, .valueMissing, "50000"),
        ("amount>1,2", "amount>1,2", 1, .valueUnknown, "whole minor units as in amount>50000 DKK"),
        ("amount>-5", "amount>-5", 1, .valueUnknown, "whole minor units as in amount>50000 DKK"),
        ("amount>1.", "amount>1.", 1, .valueUnknown, "whole minor units as in amount>50000 DKK"),
        (
            "amount>1000000000000", "amount>1000000000000", 1, .valueUnknown,
            "whole minor units as in amount>50000 DKK"
        ),
        (
            "amount>99999999999999999999", "amount>99999999999999999999", 1, .valueUnknown,
            "whole minor units as in amount>50000 DKK"
        ),
    ])
    func `OPS-FIND: a flaw names the term, its place and what is possible`(
        text: String, term: String, column: Int, problem: FilterFlaw.Problem, first: String
    ) throws {
        let flaw = try flaw(text)
        #expect(flaw.term == term && flaw.column == column && flaw.problem == problem)
        #expect(flaw.possible.first == first)
        #expect(flaw.explanation.contains("`\(term)` at character \(column)"))
        #expect(flaw.explanation.contains(first))
    }

    @Test(arguments: [
        ("status:declined status:captured", 17, FilterFlaw.Problem.repeated),
        ("x1 y2", 4, .repeated), ("x1 order:y2", 4, .repeated),
        ("status>declined", 1, .noComparison), ("since<7d", 1, .noComparison),
        ("x order:\"abc", 3, .quoteOpen), ("\"abc", 1, .quoteOpen),
        ("amount>5.00", 1, .currencyNeeded), ("amount>5.00 currency:DKK,EUR", 1, .currencyNeeded),
        ("amount>5.001 DKK", 1, .decimals(allowed: 2)), ("amount>5.0 JPY", 1, .decimals(allowed: 0)),
        ("amount>5 DKK amount<9 EUR", 14, .currenciesDiffer),
        ("amount>5 DKK currency:EUR", 1, .currenciesDiffer),
        ("since:1h until:2h", 10, .empty), ("since:2026-05-02 until:2026-05-01", 18, .empty),
    ])
    func `OPS-FIND: what cannot be meant is refused where it stands`(
        text: String, column: Int, problem: FilterFlaw.Problem
    ) throws {
        let flaw = try flaw(text)
        #expect(flaw.column == column && flaw.problem == problem)
    }

    @Test func `OPS-FIND: limits of a text, both sides`() throws {
        let twenty = (1...20).map { "o\($0)" }.joined(separator: ",")
        #expect(try parse("order:" + twenty).orders.count == 20)
        #expect(try flaw("order:" + twenty + ",o21").problem == .tooManyValues(limit: 20))
        let blanks = String(repeating: " ", count: AuditFilter.longestText)
        #expect(try parse(blanks) == .declined)
        #expect(try flaw(blanks + " ").problem == .tooLong(limit: AuditFilter.longestText))
        #expect(try flaw("order:" + String(repeating: "x", count: 65)).problem == .valueUnknown)
        #expect(try parse("amount<=999999999999").amounts.first?.minor == Money.maximumMinor)
    }

    @Test func `OPS-FIND: days begin and end in Copenhagen, in summer too`() throws {
        let filter = try parse("since:2026-05-01 until:2026-10-25")
        #expect(filter.since?.beginning(at: Self.now).rfc3339 == "2026-04-30T22:00:00.000Z")
        #expect(filter.until?.end(at: Self.now).rfc3339 == "2026-10-25T23:00:00.000Z")
        #expect(try parse("since:7d").since?.beginning(at: Self.now) == Self.now.adding(days: -7))
        #expect(LocalDate("2026-03-29")?.begin.rfc3339 == "2026-03-28T23:00:00.000Z")
        #expect(LocalDate("2026-03-30")?.begin.rfc3339 == "2026-03-29T22:00:00.000Z")
    }

    @Test func `OPS-FIND: parties and factors narrow the reasons`() throws {
        #expect(try parse("status:any").possibleReasons == nil)
        #expect(try parse("by:card").possibleReasons == [.cardNotEnrolled, .cardExpired, .cardBlocked])
        #expect(try parse("by:card reason:lost_card").possibleReasons == [])
        #expect(try parse("factor:key_card").possibleReasons == [.codeAppRequired])
        #expect(try parse("factor:key_card,app").possibleReasons == nil)
    }
}
