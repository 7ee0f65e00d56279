import GRDB
import Lifecycles
import Operations
import Proofs
import Records
import TestKit
import Testing
import Vocabulary

/// What goes bad at each later moment of a payment, and what the payment then becomes. Each row of the table
/// says it for every moment, so that the next moment cannot be forgotten.
@Suite struct LaterMomentTests {
    /// What goes bad.
    enum Fault: String, CaseIterable, Sendable {
        case device, allDevices, customer, certificate, password, card, relation, hold, record, signer
    }

    /// Just before what it goes bad.
    enum Moment: String, CaseIterable, Sendable { case create, fetch, answer, result, capture }

    /// What the payment is afterwards.
    enum End: Sendable, Hashable {
        /// Nothing stands against it.
        case goesOn
        /// Declined with this reason, before the bank was asked.
        case declined(DeclineReason)
        /// Declined with this reason after the bank said yes: its yes is being reversed.
        case reversed(DeclineReason)
        /// The request is refused with this word and the payment stays as it was.
        case refused(ErrorCode)
    }

    /// One row a fault, in the order of the moments; nil where it cannot be.
    static let table: [Fault: [End?]] = [
        // The app that would answer, while another one of the customer's is good.
        .device: [
            .refused(.deviceBlocked), .refused(.deviceBlocked), .refused(.deviceBlocked),
            .reversed(.appBlocked), .goesOn,
        ],
        .allDevices: [
            .declined(.appBlocked), .declined(.appBlocked), .declined(.appBlocked), .reversed(.appBlocked),
            .goesOn,
        ],
        .customer: [
            .declined(.customerBlocked), .declined(.customerBlocked), .declined(.customerBlocked),
            .reversed(.customerBlocked), .goesOn,
        ],
        .certificate: [
            .declined(.certificateBlocked), .declined(.certificateBlocked),
            .declined(.certificateBlocked), .reversed(.certificateBlocked), .goesOn,
        ],
        .password: [
            .declined(.customerBlocked), .declined(.customerBlocked), .declined(.customerBlocked),
            .reversed(.customerBlocked), .goesOn,
        ],
        .card: [
            .declined(.cardBlocked), .declined(.cardBlocked), .declined(.cardBlocked),
            .reversed(.cardBlocked), .goesOn,
        ],
        .relation: [
            .declined(.rxProxyMissing), .declined(.rxProxyMissing), .declined(.rxProxyMissing),
            .reversed(.rxProxyMissing), .refused(.holdEnded),
        ],
        .hold: [
            nil, .declined(.rxHeldElsewhere), .declined(.rxHeldElsewhere), .reversed(.rxHeldElsewhere),
            .refused(.holdEnded),
        ],
        // A hold that is there lets its order finish (RX-CANCEL).
        .record: [.declined(.rxCanceled), .goesOn, .goesOn, .goesOn, .goesOn],
        .signer: [
            .declined(.rxRevoked), .declined(.rxRevoked), .declined(.rxRevoked), .reversed(.rxRevoked),
            .refused(.holdEnded),
        ],
    ]

    static let cases = Fault.allCases.flatMap { fault in Moment.allCases.map { (fault, $0) } }

    @Test(arguments: cases)
    func `SCA-08, SCA-24, RX-LAST: what goes bad counts at every later moment`(
        fault: Fault, moment: Moment
    ) async throws {
        let place = try #require(Moment.allCases.firstIndex(of: moment))
        guard let expected = try #require(Self.table[fault])[place] else { return }
        let payment = try await LatePayment()
        let end = try await payment.run(fault, at: moment)
        #expect(end == expected)
        // Nothing else was asked of the bank than what the end says.
        let kinds = try await payment.still.stage.texts("SELECT kind FROM intents ORDER BY id")
        switch expected {
        case .declined: #expect(kinds == [])
        case .reversed: #expect(kinds == ["authorize", "reversal"])
        case .refused where moment == .capture: #expect(kinds == ["authorize"])
        case .refused: #expect(kinds == [])
        case .goesOn: #expect(kinds == ["authorize", "capture"])
        }
        if fault != .hold { #expect(try await payment.still.broken().isEmpty) }
        await payment.still.stop()
    }

    @Test func `SCA-24: each fault has a row, and each row an end for each moment`() {
        #expect(Set(Self.table.keys) == Set(Fault.allCases))
        #expect(Self.table.values.allSatisfy { $0.count == Moment.allCases.count })
    }
}

/// An order of nancy's for aage, of whom she has a power of attorney, step by step. The bank says yes.
private struct LatePayment {
    typealias Fault = LaterMomentTests.Fault
    typealias Moment = LaterMomentTests.Moment
    typealias End = LaterMomentTests.End

    let still: StillPharmacy
    private let nancy: Actor
    private let relation: RelationID
    private let record: PrescriptionID
    private let compact: String

    init() async throws {
        still = try await StillPharmacy()
        nancy = try await still.person(.nancy, 4)
        try await still.gateway.issuer.setPassword(
            Password(rightPassword, personNumber: nil), of: nancy.id)
        // Another telephone, which nobody blocks.
        _ = try await still.stage.enrolDevice(of: nancy.id)
        relation = try await still.relate(nancy, to: .aage)
        let content = try still.rx.content([try RecordDraft.line()], of: .aage)
        compact = try still.rx.trust.pki.sign(content, by: .doctor, at: still.clock.now())
        record = try await still.rx.file(compact: compact)
    }

    /// From T1 to the capture, or to where it ends.
    func run(_ fault: Fault, at moment: Moment) async throws -> End {
        if moment == .create { try await happen(fault, to: nil) }
        let asked = try await still.order(nancy, [Draw(record)])
        if let end = try await end(of: asked.id) { return end }
        let question = try #require(asked.confirmation?.id)
        var compact = ""
        let steps: [(Moment, () async throws -> Void)] = [
            (.fetch, { compact = try await sign(question) }),
            (
                .answer,
                { _ = try await still.gateway.answer(question, compact: compact, from: nancy.app.id) }
            ),
            (.result, { try await still.bank(asked.id) }),
            (.capture, { try await still.beginCapture(asked.id) }),
        ]
        for (step, work) in steps {
            if step == moment { try await happen(fault, to: asked.id) }
            var refused: ErrorCode?
            do {
                try await work()
            } catch let refusal as Refusal {
                refused = refusal.code
            } catch Rejection.holdEnded {
                refused = .holdEnded
            }
            if let end = try await end(of: asked.id) { return end }
            if let refused { return .refused(refused) }
        }
        return .goesOn
    }

    /// Fetches the text and signs it; nothing where the question is gone.
    private func sign(_ question: ConfirmationID) async throws -> String {
        let pending = try await still.gateway.pendingConfirmations(for: nancy.app.id)
        guard let statement = pending.first(where: { $0.id == question })?.statement else { return "" }
        return try AnswerDraft.sign(
            statement: Array(statement.utf8), verdict: .approve, verifiedBy: .pin,
            matchCode: still.gateway.presenter.matchCode(question), device: nancy.app.id, key: nancy.app.key)
    }

    private func end(of id: AuthorizationID) async throws -> End? {
        let found = try await still.load(id)
        guard found.status == .declined, let reason = found.reason else { return nil }
        let reversals = "SELECT count(*) FROM intents WHERE kind = 'reversal'"
        return try await still.stage.number(reversals) > 0 ? .reversed(reason) : .declined(reason)
    }

    private func happen(_ fault: Fault, to order: AuthorizationID?) async throws {
        let issuer = still.gateway.issuer
        still.clock.advance(seconds: 1)
        switch fault {
        case .device:
            _ = try await still.ledger.submit(
                BlockFactor(customer: nancy.id, kind: .app, device: nancy.app.id, by: .customer))
        case .allDevices: try await issuer.block(.app, of: nancy.id)
        case .customer: try await issuer.block(customer: nancy.id)
        case .certificate: try await issuer.setCertificate(of: nancy.id, isValid: false)
        case .password: try await issuer.block(.password, of: nancy.id)
        case .card:
            let card = try await still.stage.texts("SELECT id FROM cards").first
            try await issuer.blockCard(try #require(card.flatMap { CardID($0) }))
        case .relation: _ = try await issuer.revokeRelation(relation)
        case .hold: try await still.ledger.submit(LostHold(order: try #require(order)))
        case .record: try await still.cancel(record)
        case .signer:
            let revoked = try still.rx.trust.pki.response(
                about: .doctor, .revoked(at: still.clock.now().adding(days: -2), reason: .keyCompromise),
                at: still.clock.now())
            _ = try await still.rx.file(compact: compact, stapled: [revoked])
        }
    }
}

/// Somebody with a pen in the database: the hold is gone, and the order does not know.
private struct LostHold: Command {
    let order: AuthorizationID

    func run(in transaction: Transaction) throws {
        try transaction.db.execute(
            sql: "UPDATE holds SET status = 'released', ended_at = ? WHERE authorization = ?",
            arguments: [transaction.now.milliseconds, order.text])
    }
}
