import Decisions
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct PharmacyHandoverTests {
    @Test func `RX-HANDOVER: only the holding pharmacy, and only after the first capture`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let asked = try await still.order(kaja, [Draw(record)])
        func handed(_ caller: Caller? = nil) async throws -> ErrorCode? {
            try await refusalCode { try await still.rx.handOver(asked.id, at: caller) }
        }
        #expect(try await handed() == .handoverNotOwed)
        try await still.answer(asked, by: kaja)
        try await still.bank(asked.id)
        #expect(try await handed() == .handoverNotOwed)
        try await still.beginCapture(asked.id)
        #expect(try await handed() == .handoverNotOwed)
        try await still.settle(asked.id)
        #expect(try await handed(still.otherPharmacy) == .notFound)
        #expect(try await handed(still.stage.shop) == .merchantKindNotAllowed)
        #expect(try await handed() == nil)
        #expect(try await handed() == .handoverNotOwed)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-HANDOVER: parts until nothing is left, one more is refused`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line(packages: "3", handovers: 2)])
        let id = try await still.paid(kaja, [Draw(record, quantity: 3)]).id
        for left in [2, 1, 0] {
            // The interval of three months does not count inside one handover.
            still.clock.advance(seconds: 5 * 86_400)
            try await still.rx.handOver(id)
            #expect(try await still.holds(of: id) == [left > 0 ? "owed" : "consumed"])
            #expect(try await still.coverage(of: record)?.handedOver == 1)
        }
        #expect(try await refusalCode { try await still.rx.handOver(id) } == .handoverNotOwed)
        #expect(try await still.order(kaja, [Draw(record)]).reason == .rxTooEarly)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-HANDOVER: final ends it though something is left`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line(packages: "3", handovers: 1)])
        let id = try await still.paid(kaja, [Draw(record, quantity: 3)]).id
        try await still.rx.handOver(id, isFinal: true)
        #expect(try await still.holds(of: id) == ["consumed"])
        #expect(try await still.status(of: record) == "closed")
        #expect(try await refusalCode { try await still.rx.handOver(id) } == .handoverNotOwed)
        #expect(try await still.order(kaja, [Draw(record)]).reason == .rxExhausted)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-HANDOVER: two lines, captured in part, handed over and captured again`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([
            try RecordDraft.line("1"), try RecordDraft.line("2", product: "900101", handovers: 1),
        ])
        let draws = [Draw(record), Draw(record, line: "2", product: "900101", unitAmountMinor: 4_295)]
        let id = try await still.approved(kaja, draws).id
        try await still.capture(id, 5_725, isFinal: false)
        #expect(try await still.holds(of: id) == ["owed", "owed"])
        try await still.rx.handOver(id)
        #expect(try await still.status(of: record) == "part_handed_over")
        try await still.capture(id, 1_000, isFinal: false)
        try await still.rx.handOver(id, [try PharmacyStage.given(line: "2", product: "900101")])
        #expect(try await still.holds(of: id) == ["consumed", "consumed"])
        try await still.capture(id)
        #expect(try await still.load(id).lifecycle.sums.captured == 10_020)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-HANDOVER: after a full refund nothing is owed, after a part of one everything is`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let id = try await still.paid(kaja, [Draw(record)]).id
        try await still.refund(id, 5_724)
        #expect(try await still.holds(of: id) == ["owed"])
        try await still.refund(id, 1)
        #expect(try await still.holds(of: id) == ["released"])
        #expect(try await refusalCode { try await still.rx.handOver(id) } == .handoverNotOwed)
        #expect(try await still.coverage(of: record)?.left == 4)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-HANDOVER: nothing is handed over while all that was captured is given back`() async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let id = try await still.approved(kaja, [Draw(record)]).id
        try await still.capture(id, 1_000, isFinal: false)
        try await still.refund(id, 1_000)
        #expect(try await refusalCode { try await still.rx.handOver(id) } == .handoverNotOwed)
        try await still.capture(id)
        try await still.rx.handOver(id)
        #expect(try await still.holds(of: id) == ["consumed"])
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-HANDOVER: a part capture that is refunded owes nothing once the order is given up`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let id = try await still.approved(kaja, [Draw(record)]).id
        try await still.capture(id, 1_000, isFinal: false)
        try await still.refund(id, 1_000)
        try await still.giveUp(id)
        #expect(try await still.load(id).status == .captured)
        #expect(try await still.holds(of: id) == ["released"])
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test(arguments: [1, 3])
    func `RX-HANDOVER: a refund after a handover restores nothing`(handed: Int) async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line(packages: "3")])
        let id = try await still.paid(kaja, [Draw(record, quantity: 3)]).id
        try await still.rx.handOver(id, [try PharmacyStage.given(quantity: handed)])
        try await still.refund(id)
        #expect(try await still.holds(of: id) == ["consumed"])
        #expect(try await still.coverage(of: record)?.handedOver == 1)
        #expect(try await refusalCode { try await still.rx.handOver(id) } == .handoverNotOwed)
        #expect(try await still.order(kaja, [Draw(record)]).reason == .rxTooEarly)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-HANDOVER: too much, an unknown line and the same line twice are refused`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line(packages: "3")])
        let id = try await still.paid(kaja, [Draw(record, quantity: 2)]).id
        func refused(_ lines: HandoverRequest.Line...) async throws -> Refusal? {
            try await refusal { try await still.rx.handOver(id, lines) }
        }
        let tooMuch = try await refused(try PharmacyStage.given(quantity: 3))
        #expect(tooMuch?.code == .handoverAboveOwed)
        #expect(tooMuch?.parameter == "lines[0].quantity")
        #expect(try await refused(try PharmacyStage.given(line: "9"))?.code == .handoverLineUnknown)
        let twice = try await refused(try PharmacyStage.given(), try PharmacyStage.given())
        #expect(twice?.code == .parameterInvalid)
        #expect(twice?.parameter == "lines[1].line")
        #expect(try await still.holds(of: id) == ["owed"])
        #expect(try await refused(try PharmacyStage.given(quantity: 2)) == nil)
        await still.stop()
    }

    @Test func `RX-SUBST, RX-HANDOVER: the list of the order's day decides what may stand in`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([
            try RecordDraft.line("1", product: "900101"),
            try RecordDraft.line("2", product: "900101", isSubstitutionAllowed: false),
        ])
        let draws = [Draw(record, product: "900101"), Draw(record, line: "2", product: "900101")]
        let id = try await still.paid(kaja, draws).id
        // From midnight on another list counts, in which the two have nothing in common.
        let later = PharmacyStage.prices.replacing(
            "Testgen 40 mg filmovertrukne tabletter,100,S0101",
            with:
                "Testgen 40 mg filmovertrukne tabletter,100,S9999")
        try await PharmacyStage.importPrices(later, into: still.gateway, from: still.rx.today.adding(days: 1))
        still.clock.advance(seconds: 86_400)
        let other = try await still.order(kaja, [Draw(record, product: "900103")])
        #expect(other.reason == .rxSubstitutionRefused)
        func refused(_ line: String, _ product: String) async throws -> ErrorCode? {
            try await refusalCode {
                try await still.rx.handOver(id, [try PharmacyStage.given(line: line, product: product)])
            }
        }
        #expect(try await refused("1", "900104") == .handoverProductRefused)
        #expect(try await refused("1", "999999") == .handoverProductRefused)
        #expect(try await refused("2", "900103") == .handoverProductRefused)
        #expect(try await refused("1", "900103") == nil)
        #expect(try await refused("2", "900101") == nil)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-SUBST, RX-QTY: two packages of fifty stand in for one of a hundred, three do not`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line(product: "900101")])
        let three = try await still.order(kaja, [Draw(record, product: "900102", quantity: 3)])
        #expect(three.reason == .rxQuantityExceeded)
        let id = try await still.paid(kaja, [Draw(record, product: "900102", quantity: 2)]).id
        let whole = [try PharmacyStage.given(product: "900101")]
        try await still.rx.handOver(id, whole)
        #expect(try await still.holds(of: id) == ["consumed"])
        await still.stop()
    }

    @Test func `RX-SAMESHOP: a handover asked for twice with one key is one handover`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line(packages: "3")])
        let id = try await still.paid(kaja, [Draw(record, quantity: 3)]).id
        let request = HandoverRequest(lines: [try PharmacyStage.given()], isFinal: false)
        let identity = still.stage.identity("handovers", key: "one")
        let first = try await still.gateway.handOver(
            id, request, caller: still.pharmacy, identity: identity)
        let second = try await still.gateway.handOver(
            id, request, caller: still.pharmacy, identity: identity)
        #expect(first.body == second.body)
        #expect(try await still.stage.number("SELECT count(*) FROM handovers") == 1)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-HANDOVER: what is paid for and not handed over shows in the list`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let id = try await still.paid(kaja, [Draw(record)]).id
        func owed(_ offset: Int64) async throws -> [AuthorizationID] {
            let moment = still.clock.now().adding(milliseconds: offset)
            return try await still.ledger.read { db in
                try HoldReading.owed(before: moment, in: db).map(\.authorization)
            }
        }
        #expect(try await owed(0).isEmpty)
        #expect(try await owed(1) == [id])
        try await still.rx.handOver(id)
        #expect(try await owed(1).isEmpty)
        await still.stop()
    }
}
