import Decisions
import Lifecycles
import Notation
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// The roads on which an order ends before any money moved.
enum PharmacyEnd: String, CaseIterable, Sendable {
    case denied, reported, confirmationExpired, superseded, canceledWhileAsked, bankDeclines, bankSilent
    case bankInPart, relationless, canceledAfterApproval, approvalExpires

    var holdStatus: String { self == .approvalExpires ? "expired" : "released" }

    /// Brings an order to this end, from T1 on.
    func run(_ still: StillPharmacy, _ asked: Authorization, _ actor: Actor, _ draws: [Draw]) async throws {
        switch self {
        case .denied: try await still.answer(asked, by: actor, .deny)
        case .reported: try await still.answer(asked, by: actor, .report)
        case .confirmationExpired:
            still.clock.advance(seconds: 300)
            try await still.sweep()
        case .superseded:
            let book = try await still.order(
                actor, [Draw(nil, product: "900705")], reference: asked.order.reference.text)
            try await still.giveUp(book.id)
        case .canceledWhileAsked: try await still.giveUp(asked.id)
        default:
            try await still.answer(asked, by: actor)
            try await afterAnswer(still, asked.id, actor)
        }
    }

    private func afterAnswer(_ still: StillPharmacy, _ id: AuthorizationID, _ actor: Actor) async throws {
        switch self {
        case .bankDeclines: try await still.bank(id, says: .declined(.insufficientFunds))
        case .bankSilent: try await still.bank(id, says: .silent)
        case .bankInPart: try await still.bank(id, says: .approved(approvedMinor: 1, code: "A1B2C3"))
        case .relationless:
            try await still.gateway.issuer.block(customer: actor.id)
            try await still.bank(id)
            try await still.gateway.issuer.unblock(customer: actor.id)
        case .canceledAfterApproval:
            try await still.bank(id)
            try await still.giveUp(id)
        default:
            try await still.bank(id)
            still.clock.advance(seconds: 7 * 86_400)
            try await still.sweep()
        }
    }
}

@Suite struct PharmacyLifecycleTests {
    @Test func `RX-HOLD-TTL: reserved with the question, firm with approval, owed with money, then consumed`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let asked = try await still.order(kaja, [Draw(record)])
        #expect(asked.status == .requiresConfirmation)
        #expect(try await still.holds(of: asked.id) == ["reserved"])
        try await still.answer(asked, by: kaja)
        #expect(try await still.holds(of: asked.id) == ["reserved"])
        try await still.bank(asked.id)
        #expect(try await still.holds(of: asked.id) == ["firm"])
        try await still.beginCapture(asked.id)
        #expect(try await still.holds(of: asked.id) == ["firm"])
        try await still.settle(asked.id)
        #expect(try await still.holds(of: asked.id) == ["owed"])
        still.clock.advance(seconds: 400 * 86_400)
        try await still.sweep()
        #expect(try await still.holds(of: asked.id) == ["owed"])
        try await still.rx.handOver(asked.id)
        #expect(try await still.holds(of: asked.id) == ["consumed"])
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test(arguments: PharmacyEnd.allCases)
    func `RX-PAYFAIL, RX-HOLD-TTL: an order that ends frees its line with the same change`(
        end: PharmacyEnd
    ) async throws {
        let still = try await StillPharmacy {
            $0.settings[.reportBlockSeconds] = "0"
        }
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let before = try await still.coverage(of: record)
        let asked = try await still.order(kaja, [Draw(record)])
        #expect(try await still.coverage(of: record)?.held == 1)
        try await end.run(still, asked, kaja, [Draw(record)])
        #expect(try await still.holds(of: asked.id) == [end.holdStatus])
        #expect(try await still.load(asked.id).status != .requiresConfirmation)
        let after = try await still.coverage(of: record)
        #expect(after?.left == before?.left)
        #expect(after?.nextHandover == 1)
        #expect(try await still.status(of: record) == "open")
        #expect(try await still.broken().isEmpty)
        let refused = try await refusalCode {
            try await still.rx.capture(asked.id)
        }
        #expect(refused == .holdEnded)
        let again = try await still.order(kaja, [Draw(record)])
        #expect(again.status == .requiresConfirmation)
        await still.stop()
    }

    @Test(arguments: [true, false], [-1, 0, 1])
    func `RX-HOLD-TTL: a swept and an unswept end of a question are the same to the next order`(
        isSwept: Bool, milliseconds: Int
    ) async throws {
        let still = try await StillPharmacy()
        let (kaja, niels) = (try await still.person(.kaja, 1), try await still.person(.niels, 2))
        try await still.relate(niels, to: .kaja)
        let record = try await still.file([try RecordDraft.line()])
        _ = try await still.order(kaja, [Draw(record)])
        still.clock.advance(milliseconds: 300_000 + Int64(milliseconds))
        if isSwept { try await still.sweep() }
        let held = try await still.coverage(of: record)?.held
        let next = try await still.order(niels, [Draw(record)], at: still.otherPharmacy)
        #expect(held == (milliseconds < 0 ? 1 : 0))
        #expect(next.status == (milliseconds < 0 ? .declined : .requiresConfirmation))
        #expect(next.reason == (milliseconds < 0 ? .rxHeldElsewhere : nil))
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test(arguments: [true, false], [-1, 0, 1])
    func `RX-HOLD-TTL: a swept and an unswept end of an approval are the same to the next order`(
        isSwept: Bool, milliseconds: Int
    ) async throws {
        let still = try await StillPharmacy()
        let (kaja, niels) = (try await still.person(.kaja, 1), try await still.person(.niels, 2))
        try await still.relate(niels, to: .kaja)
        let record = try await still.file([try RecordDraft.line()])
        let first = try await still.approved(kaja, [Draw(record)])
        still.clock.advance(milliseconds: 7 * 86_400_000 + Int64(milliseconds))
        if isSwept { try await still.sweep() }
        let held = try await still.coverage(of: record)?.held
        let next = try await still.order(niels, [Draw(record)], at: still.otherPharmacy)
        #expect(held == (milliseconds < 0 ? 1 : 0))
        #expect(next.reason == (milliseconds < 0 ? .rxHeldElsewhere : nil))
        // Only begun: the bank of this stage says nothing by itself.
        let refused = try await rejection { try await still.beginCapture(first.id) }
        #expect(refused == (milliseconds < 0 ? nil : .holdEnded))
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-HOLD-TTL: no timer frees a hold while the bank is asked for the approval`() async throws {
        let still = try await StillPharmacy()
        let (kaja, niels) = (try await still.person(.kaja, 1), try await still.person(.niels, 2))
        try await still.relate(niels, to: .kaja)
        let record = try await still.file([try RecordDraft.line()])
        let asked = try await still.order(kaja, [Draw(record)])
        try await still.answer(asked, by: kaja)
        still.clock.advance(seconds: 3_600)
        try await still.sweep()
        #expect(try await still.holds(of: asked.id) == ["reserved"])
        #expect(try await still.order(niels, [Draw(record)]).reason == .rxHeldElsewhere)
        try await still.bank(asked.id)
        #expect(try await still.holds(of: asked.id) == ["firm"])
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test(arguments: [true, false])
    func `RX-HOLD-TTL: no timer frees a hold while a capture is open`(isAccepted: Bool) async throws {
        let still = try await StillPharmacy()
        let (kaja, niels) = (try await still.person(.kaja, 1), try await still.person(.niels, 2))
        try await still.relate(niels, to: .kaja)
        let record = try await still.file([try RecordDraft.line()])
        let id = try await still.approved(kaja, [Draw(record)]).id
        try await still.beginCapture(id)
        still.clock.advance(seconds: 8 * 86_400)
        try await still.sweep()
        #expect(try await still.holds(of: id) == ["firm"])
        #expect(try await still.order(niels, [Draw(record)]).reason == .rxHeldElsewhere)
        try await still.settle(id, isAccepted: isAccepted)
        #expect(try await still.holds(of: id) == [isAccepted ? "owed" : "firm"])
        try await still.sweep()
        #expect(try await still.holds(of: id) == [isAccepted ? "owed" : "expired"])
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }

    @Test func `RX-HOLD-TTL: what is left of a part capture runs out, the medicine is owed nevertheless`()
        async throws
    {
        let still = try await StillPharmacy()
        let kaja = try await still.person(.kaja, 1)
        let record = try await still.file([try RecordDraft.line()])
        let id = try await still.approved(kaja, [Draw(record)]).id
        try await still.capture(id, 5_000, isFinal: false)
        #expect(try await still.holds(of: id) == ["owed"])
        still.clock.advance(seconds: 8 * 86_400)
        try await still.sweep()
        #expect(try await still.load(id).status == .captured)
        #expect(try await still.holds(of: id) == ["owed"])
        try await still.rx.handOver(id)
        #expect(try await still.holds(of: id) == ["consumed"])
        #expect(try await still.broken().isEmpty)
        await still.stop()
    }
}
