import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Vocabulary

/// Shops and pharmacies whose time stands still and whose bank says yes when the test asks it.
struct StillShops {
    let rx: PharmacyStage

    var stage: Stage { rx.stage }
    var ledger: Ledger { rx.gateway.ledger }

    init() async throws {
        rx = try await PharmacyStage {
            $0.clock = ManualClock()
            $0.isRunning = false
        }
    }

    /// The customer says yes in the app, and the bank to the amount.
    func approve(_ asked: Authorization, by actor: TestKit.Actor) async throws {
        try await stage.answer(asked, by: actor.app, .approve)
        let intent = try await ledger.read { db in try IntentRecord.original(of: asked.id, in: db) }
        guard let intent else { throw BenchError.bad("\(asked.lifecycle)") }
        _ = try await ledger.submit(
            SettleAuthorize(
                intent: intent.id, result: .approved(approvedMinor: intent.amountMinor, code: "A1B2C3"),
                daysToCapture: rx.gateway.settings.authorizationDays))
    }

    func capture(
        _ id: AuthorizationID, _ amount: Int64? = nil, isFinal: Bool = true, at caller: Caller
    ) async throws {
        try await end(
            ledger.submit(
                BeginCapture(
                    id: id, owner: Self.owner(caller), amountMinor: amount, isFinal: isFinal, key: nil)))
    }

    func refund(_ id: AuthorizationID, _ amount: Int64, at caller: Caller) async throws {
        let reason = try PlainText("fortrudt", maximum: 200)
        try await end(
            ledger.submit(
                BeginRefund(id: id, owner: Self.owner(caller), amountMinor: amount, reason: reason, key: nil))
        )
    }

    static func owner(_ caller: Caller) -> Owner { Owner(merchant: caller.merchant.id, isLive: false) }

    private func end(_ start: FollowUpStart) async throws {
        guard case .begun(let intent) = start else { throw BenchError.bad("not begun") }
        try await ledger.submit(SettleFollowUp(intent: intent, isAccepted: true))
    }

    /// An order of a pharmacy, paid.
    func paidOrder(_ actor: TestKit.Actor, _ draws: [Draw]) async throws -> Authorization {
        let asked = try await rx.order(actor, draws)
        try await approve(asked, by: actor)
        try await capture(asked.id, at: rx.pharmacy)
        return asked
    }
}

/// What happens in a specimen: every kind of row that is audited gets written.
struct TamperStory {
    private let shops: StillShops
    private let kaja: TestKit.Actor
    private let niels: TestKit.Actor

    init(_ shops: StillShops) async throws {
        self.shops = shops
        kaja = try await shops.rx.patient(.kaja, card: "4242424242424242")
        niels = try await shops.rx.patient(.niels, card: "5555555555554444")
        _ = try await shops.rx.gateway.issuer.addRelation(
            NewRelation(
                kind: .powerOfAttorney, patient: try PersonNumber(SpecimenPatient.kaja.number),
                holder: niels.id, from: nil, to: nil, isApproved: true))
        _ = try await OperatorPair(shops.ledger)
    }

    func tell(_ round: Int) async throws {
        try await pay()
        try await decline()
        try await handOver(round)
    }

    private var stage: Stage { shops.stage }

    private func pay() async throws {
        let asked = try await stage.authorize(kaja)
        try await shops.approve(asked, by: kaja)
        try await shops.capture(asked.id, 10_000, isFinal: false, at: stage.shop)
        try await shops.capture(asked.id, 5_000, at: stage.shop)
        try await shops.refund(asked.id, 1_000, at: stage.shop)
    }

    private func decline() async throws {
        let denied = try await stage.authorize(kaja)
        try await stage.answer(denied, by: kaja.app, .deny)
        let carded = try await stage.authorize(kaja)
        guard let question = carded.confirmation?.id else { throw BenchError.bad("\(carded.lifecycle)") }
        _ = try await shops.ledger.submit(
            OfferFactor(confirmation: question, owner: nil, factor: .keyCard, key: nil))
        _ = try await stage.authorize(kaja, amount: 90_000_000)
    }

    private func handOver(_ round: Int) async throws {
        let rx = shops.rx
        let lines = [
            try RecordDraft.line("1", packages: "2", handovers: 3), try RecordDraft.line("2", packages: "1"),
        ]
        let record = try await rx.file(try rx.content(lines, record: "rx-\(round)"))
        let paid = try await shops.paidOrder(niels, [Draw(record, line: "1", quantity: 2)])
        let first = try await rx.handOver(paid.id)
        try await rx.undo(first, of: paid.id)
        try await rx.handOver(paid.id)
        // The line is held: this one is declined for it.
        _ = try await rx.order(kaja, [Draw(record, line: "1")])
        let waiting = try await rx.order(kaja, [Draw(record, line: "2")])
        _ = try await shops.ledger.submit(
            CancelAuthorization(
                id: waiting.id, owner: StillShops.owner(rx.pharmacy),
                reason: try PlainText("udsolgt", maximum: 200),
                key: nil))
    }
}

/// Two administrators, and a third operator whom the first has asked for.
struct OperatorPair {
    let first: OperatorID
    let second: OperatorID

    init(_ ledger: Ledger) async throws {
        first = try await Self.add("karen", by: nil, to: ledger)
        second = try await Self.add("kim", by: first, to: ledger)
        _ = try await ledger.submit(try Self.adding("sam", .viewer, by: first, to: ledger))
    }

    private static func add(_ name: String, by adder: OperatorID?, to ledger: Ledger) async throws
        -> OperatorID
    {
        let outcome = try await ledger.submit(try adding(name, .administrator, by: adder, to: ledger))
        guard case .added(let id, _) = outcome else { throw BenchError.bad("operator") }
        return id
    }

    private static func adding(
        _ name: String, _ role: OperatorRole, by adder: OperatorID?, to ledger: Ledger
    ) throws -> AddOperator {
        AddOperator(
            NewOperator(
                identity: ledger.context.makeID(at: ledger.context.time().now),
                userID: try UserID("operator-" + name),
                nameSealed: [1], name: try DisplayName(name), role: role, password: "scrypt"),
            by: adder, activation: NewActivation(codeMAC: ledger.context.randomBytes(32)))
    }
}
