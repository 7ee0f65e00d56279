import Decisions
import Testing
import Vocabulary

@Suite struct LineCoverageTests {
    private func coverage(
        today: String = "2026-11-22", _ change: (inout GoodRecord) -> Void = { _ in }
    ) throws -> LineCoverage? {
        var record = GoodRecord()
        change(&record)
        return LineCoverage(of: try record.facts(), today: try day(today))
    }

    @Test func `RX-CONFIRM: after one of four the next is the second`() throws {
        let coverage = try #require(try coverage())
        #expect((coverage.prescribed, coverage.handedOver, coverage.held, coverage.left) == (4, 1, 0, 3))
        #expect(coverage.nextHandover == 2)
        #expect(coverage.nextFrom?.description == "2026-11-22")
    }

    @Test(
        arguments: [
            (0, false, 4, 1), (3, false, 1, 4), (3, true, 0, 4), (4, false, 0, nil), (5, true, 0, nil),
        ]
            as [(Int, Bool, Int, Int?)])
    func `RX-COUNT: what is held is not left, and after the last there is no next`(
        used: Int, isHeld: Bool, left: Int, next: Int?
    ) throws {
        let coverage = try #require(try coverage { ($0.used, $0.isHeld) = (used, isHeld) })
        #expect(coverage.left == left)
        #expect(coverage.held == (isHeld ? 1 : 0))
        #expect(coverage.nextHandover == next)
        #expect((coverage.nextFrom == nil) == (next == nil))
    }

    @Test(
        arguments: [
            ("2026-11-01", nil, nil, "2026-12-01"), ("2026-11-01", nil, "2026-12-01", "2026-12-01"),
            ("2026-11-01", nil, "2026-11-30", nil), ("2026-09-01", nil, nil, "2026-11-22"),
            ("2026-09-01", "2026-08-31", "2026-11-21", nil), (nil, nil, nil, nil),
        ] as [(String?, String?, String?, String?)])
    func `RX-INTERVAL: the first day that interval and validity allow`(
        last: String?, from: String?, to: String?, expected: String?
    ) throws {
        let coverage = try coverage { ($0.last, $0.from, $0.to) = (last, from, to) }
        #expect(coverage?.nextFrom?.description == expected)
    }

    @Test func `RX-VALID: before its first day a line is covered from that day`() throws {
        let early = try coverage(today: "2026-06-10") { record in
            (record.from, record.used, record.last) = ("2026-07-01", 0, nil)
        }
        #expect(early?.nextFrom?.description == "2026-07-01")
        let never = try coverage { $0.from = "2026-09-02" }
        #expect(never?.nextFrom == nil)
    }

    static let never: [@Sendable (inout GoodRecord) -> Void] = [
        { $0.status = .closed }, { $0.status = .canceled }, { $0.status = .cancelPending },
        { $0.status = .invalid }, { $0.status = .expired },
        { $0.revocation = .revoked }, { $0.residual = "0" }, { $0.row?.group = .a },
        { $0.row?.group = .hospital }, { $0.isUrgent = true },
    ]

    @Test(arguments: never.indices)
    func `RX-COVER: what time does not cure has no next day`(index: Int) throws {
        let coverage = try #require(try coverage { Self.never[index](&$0) })
        #expect(coverage.nextFrom == nil)
        #expect(coverage.nextHandover == nil)
    }

    @Test func `RX-COVER: no line, no coverage; evidence that is missing may still come`() throws {
        #expect(try coverage { $0.hasLine = false } == nil)
        #expect(try coverage { $0.revocation = .unknown }?.nextFrom != nil)
    }
}
