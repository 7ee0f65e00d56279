import Decisions
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

@Suite struct PharmacyUndoTests {
    @Test func `RX-UNDO: undone and reopened, the handover is there again, and is undone once`() async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line(handovers: 1)])
        let id = try await still.paid(kaja, [Draw(record)]).id
        let handover = try await still.rx.handOver(id)
        #expect(try await still.status(of: record) == "closed")
        try await still.rx.undo(handover, of: id)
        #expect(try await still.holds(of: id) == ["owed"])
        #expect(try await still.status(of: record) == "open")
        #expect(try await still.coverage(of: record)?.handedOver == 0)
        #expect(try await refusalCode { try await still.rx.undo(handover, of: id) } == .handoverUndone)
        let byOther = try await refusalCode {
            try await still.rx.undo(handover, of: id, at: still.otherPharmacy)
        }
        #expect(byOther == .notFound)
        try await still.rx.handOver(id)
        #expect(try await still.holds(of: id) == ["consumed"])
        #expect(try await still.status(of: record) == "closed")
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-UNDO: undone for good, the handover stays used up whatever else happens to the record`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([
            try RecordDraft.line("1", handovers: 1),
            try RecordDraft.line("2", product: "900101", handovers: 1),
        ])
        let id = try await still.paid(kaja, [Draw(record)]).id
        let other = try await still.paid(kaja, [Draw(record, line: "2", product: "900101")]).id
        let handover = try await still.rx.handOver(id)
        try await still.rx.undo(handover, of: id, reopen: false)
        #expect(try await still.holds(of: id) == ["released"])
        #expect(try await still.status(of: record) == "part_handed_over")
        #expect(try await still.order(kaja, [Draw(record)]).reason == .rxExhausted)
        try await still.rx.handOver(other, [try PharmacyStage.given(line: "2", product: "900101")])
        #expect(try await still.status(of: record) == "closed")
        #expect(try await still.order(kaja, [Draw(record)]).reason == .rxExhausted)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test(arguments: [true, false])
    func `RX-UNDO: one part of two is undone, and what the other gave stays given`(reopen: Bool) async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line(packages: "3")])
        let id = try await still.paid(kaja, [Draw(record, quantity: 3)]).id
        let first = try await still.rx.handOver(id)
        let second = try await still.rx.handOver(id)
        try await still.rx.undo(first, of: id, reopen: reopen)
        #expect(try await still.holds(of: id) == [reopen ? "owed" : "consumed"])
        #expect(try await still.coverage(of: record)?.handedOver == 1)
        try await still.rx.undo(second, of: id, reopen: reopen)
        #expect(try await still.holds(of: id) == [reopen ? "owed" : "released"])
        #expect(try await still.coverage(of: record)?.handedOver == (reopen ? 0 : 1))
        #expect(try await still.status(of: record) == (reopen ? "open" : "part_handed_over"))
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-UNDO: after the refund every part can be undone, and nothing is owed again`() async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line(packages: "2")])
        let id = try await still.paid(kaja, [Draw(record, quantity: 2)]).id
        let parts = [try await still.rx.handOver(id), try await still.rx.handOver(id)]
        try await still.refund(id)
        try await still.rx.undo(parts[0], of: id)
        #expect(try await still.holds(of: id) == ["consumed"])
        try await still.rx.undo(parts[1], of: id)
        #expect(try await still.holds(of: id) == ["released"])
        #expect(try await still.status(of: record) == "open")
        #expect(try await still.order(kaja, [Draw(record)]).status == .requiresConfirmation)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-UNDO: another order took the line meanwhile, and keeps it`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line(handovers: 2, interval: nil)])
        let first = try await still.paid(kaja, [Draw(record)]).id
        let handover = try await still.rx.handOver(first)
        let second = try await still.paid(kaja, [Draw(record)], at: still.otherPharmacy).id
        try await still.rx.undo(handover, of: first)
        #expect(try await still.holds(of: first) == ["released"])
        #expect(try await still.holds(of: second) == ["owed"])
        try await still.rx.handOver(second, at: still.otherPharmacy)
        #expect(try await still.coverage(of: record)?.handedOver == 1)
        let third = try await still.order(kaja, [Draw(record)])
        #expect(third.holds.first?.handover == 1)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-UNDO, RX-CANCEL: what was taken back meanwhile is not owed again`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let id = try await still.paid(kaja, [Draw(record)]).id
        let handover = try await still.rx.handOver(id)
        try await still.cancel(record)
        #expect(try await still.status(of: record) == "canceled")
        try await still.rx.undo(handover, of: id)
        #expect(try await still.holds(of: id) == ["released"])
        #expect(try await still.status(of: record) == "canceled")
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-UNDO: the money goes back by a refund of its own`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let id = try await still.paid(kaja, [Draw(record)]).id
        let handover = try await still.rx.handOver(id)
        try await still.rx.undo(handover, of: id)
        #expect(try await still.load(id).lifecycle.sums.refunded == 0)
        try await still.refund(id)
        #expect(try await still.holds(of: id) == ["released"])
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }
}

@Suite struct PharmacyCancelTests {
    @Test func `RX-CANCEL: without a hold at once, for good, and nothing new is held`() async throws {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        #expect(
            try await refusalCode { try await still.cancel(record, by: .onCallDoctor) }
                == .cancellationRefused)
        #expect(try await refusalCode { try await still.cancel(record, version: 2) } == .cancellationRefused)
        #expect(
            try await refusalCode { try await still.cancel(record, record: "rx-2") }
                == .cancellationRefused)
        #expect(try await still.status(of: record) == "open")
        try await still.cancel(record)
        #expect(try await still.status(of: record) == "canceled")
        try await still.cancel(record)
        #expect(try await still.order(kaja, [Draw(record)]).reason == .rxCanceled)
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test(arguments: [true, false])
    func `RX-CANCEL: a hold may end either way, then it is canceled`(isHandedOver: Bool) async throws {
        let still = try await StillPharmacy()
        let (kaja, niels) = (try await still.person(.kaja, 1), try await still.person(.niels, 2))
        try await still.relate(niels, to: .kaja)
        let record = try await still.file([try RecordDraft.line()])
        let id = try await still.approved(kaja, [Draw(record)]).id
        try await still.cancel(record)
        #expect(try await still.status(of: record) == "cancel_pending")
        #expect(try await still.order(niels, [Draw(record)]).reason == .rxCanceled)
        #expect(try await still.order(niels, [Draw(record)], replaces: nil).reason == .rxCanceled)
        if isHandedOver {
            try await still.capture(id)
            #expect(try await still.status(of: record) == "cancel_pending")
            try await still.rx.handOver(id)
        } else {
            try await still.giveUp(id)
        }
        #expect(try await still.status(of: record) == "canceled")
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }
}
