import Decisions
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// Corners where two lines, two versions or two attestations of one record meet.
@Suite struct PharmacyReviewTests {
    private static func two(_ product: String = "900101") throws -> HandoverRequest.Line {
        try PharmacyStage.given(line: "2", product: product)
    }

    @Test func `RX-HANDOVER: a final handover frees the lines that nothing was handed over of`() async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([
            try RecordDraft.line("1"), try RecordDraft.line("2", product: "900101"),
            try RecordDraft.line("3", packages: "2"),
        ])
        let draws = [
            Draw(record), Draw(record, line: "2", product: "900101"), Draw(record, line: "3", quantity: 2),
        ]
        let id = try await still.paid(kaja, draws).id
        try await still.rx.handOver(id, [try PharmacyStage.given(line: "3")])
        try await still.rx.handOver(id, isFinal: true)
        #expect(try await still.holds(of: id) == ["consumed", "released", "consumed"])
        #expect(
            try await refusalCode { try await still.rx.handOver(id, [try Self.two()]) } == .handoverNotOwed)
        let again = try await still.order(kaja, [Draw(record, line: "2", product: "900101")])
        #expect(again.status == .requiresConfirmation)
        #expect(again.holds.first?.handover == 1)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-HANDOVER: after a final handover of one line its money can still be captured`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([
            try RecordDraft.line("1"), try RecordDraft.line("2", product: "900101"),
        ])
        let id = try await still.approved(kaja, [Draw(record), Draw(record, line: "2", product: "900101")]).id
        try await still.capture(id, 1_000, isFinal: false)
        try await still.rx.handOver(id, isFinal: true)
        #expect(try await still.holds(of: id) == ["consumed", "released"])
        try await still.capture(id, 4_725)
        #expect(try await still.load(id).lifecycle.sums.captured == 5_725)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-COUNT, RX-ID: lines of an older version do not close a newer one with other lines`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let old = try await still.file([try RecordDraft.line("1", handovers: 1)])
        try await still.rx.handOver(try await still.paid(kaja, [Draw(old)]).id)
        #expect(try await still.status(of: old) == "closed")
        let new = try await still.file(
            [try RecordDraft.line("2", product: "900101", handovers: 2, interval: nil)], version: 2)
        for status in ["part_handed_over", "closed"] {
            let id = try await still.paid(kaja, [Draw(new, line: "2", product: "900101")]).id
            try await still.rx.handOver(id, [try Self.two()])
            #expect(try await still.status(of: new) == status)
        }
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-LAST, RX-ID: while an order holds an older version, no line of the newer is held`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let old = try await still.file([try RecordDraft.line("1")])
        let id = try await still.paid(kaja, [Draw(old)]).id
        let new = try await still.file([try RecordDraft.line("2", product: "900101")], version: 2)
        let draw = Draw(new, line: "2", product: "900101")
        #expect(try await still.status(of: old) == "cancel_pending")
        #expect(try await still.coverage(of: new)?.held == 1)
        #expect(try await still.order(kaja, [draw]).reason == .rxHeldElsewhere)
        try await still.rx.handOver(id)
        #expect(try await still.status(of: old) == "canceled")
        #expect(try await still.coverage(of: new)?.held == 0)
        #expect(try await still.order(kaja, [draw]).status == .requiresConfirmation)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-QTY: what a later part gave since the register looked comes off what it says is left`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        func attest(_ handedOver: Int, left: Int) async throws -> PrescriptionID {
            let history = AttestedHistory(
                handedOver: handedOver, lastHandover: handedOver > 0 ? still.rx.today : nil,
                residual: Quantity(left))
            let line = try RecordDraft.line(packages: "2", interval: nil, history: history)
            return try await still.file([line], record: "270120261120001", by: .register)
        }
        let record = try await attest(0, left: 200)
        let id = try await still.paid(kaja, [Draw(record, quantity: 2)]).id
        still.clock.advance(seconds: 60)
        try await still.rx.handOver(id)
        still.clock.advance(seconds: 60)
        #expect(try await attest(1, left: 100) == record)
        #expect(try await still.coverage(of: record)?.nextHandover == 2)
        still.clock.advance(seconds: 60)
        let second = try await still.rx.handOver(id)
        #expect(try await still.coverage(of: record)?.nextHandover == nil)
        try await still.rx.undo(second, of: id)
        #expect(try await still.coverage(of: record)?.nextHandover == 2)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-UNDO: undone for good, the line has one handover less and other lines go on`() async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([
            try RecordDraft.line("1", handovers: 3, interval: nil),
            try RecordDraft.line("2", product: "900101"),
        ])
        let id = try await still.paid(kaja, [Draw(record)]).id
        try await still.rx.undo(try await still.rx.handOver(id), of: id, reopen: false)
        #expect(try await still.status(of: record) == "part_handed_over")
        #expect(try await still.coverage(of: record)?.left == 2)
        let draws = [Draw(record), Draw(record, line: "2", product: "900101")]
        let next = try await still.order(kaja, draws)
        #expect(next.status == .requiresConfirmation)
        #expect(next.holds.map(\.handover) == [2, 1])
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-REV: a revocation that was proved since the approval stops the capture`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let pki = still.rx.trust.pki
        let compact = try pki.sign(still.rx.content(), by: .doctor, at: still.clock.now())
        let record = try await still.rx.file(compact: compact)
        let id = try await still.approved(kaja, [Draw(record)]).id
        still.clock.advance(seconds: 60)
        let revoked = try pki.response(
            about: .doctor, .revoked(at: still.clock.now().adding(days: -2), reason: .keyCompromise),
            at: still.clock.now())
        #expect(try await still.rx.file(compact: compact, stapled: [revoked]) == record)
        #expect(try await refusalCode { try await still.rx.capture(id) } == .holdEnded)
        #expect(try await still.load(id).lifecycle.sums.captured == 0)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }
}
