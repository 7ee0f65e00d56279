import Lifecycles
import Operations
import Outbound
import Proofs
import Records
import Synchronization
import TestKit
import Testing
import Vocabulary

@Suite struct BankTests {
    @Test func `ACQ-INTENT: the intent is committed before the bank hears of it`() async throws {
        let line = Line()
        line.hold(.beforeSend, .authorize)
        let stage = try Stage { $0.fault = line.fault }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        try await stage.answer(asked, by: actor.app, .approve)
        try await stage.until { line.seen(.beforeSend, .authorize) == 1 }
        let intent = try await stage.gateway.ledger.read { db in
            try IntentRecord.original(of: asked.id, in: db)
        }
        #expect(intent?.status == .open)
        #expect(intent?.amountMinor == 24_900)
        #expect(try stage.books().lines.isEmpty)
        #expect(try await stage.load(asked.id).status == .processing)
        line.release(.beforeSend, .authorize)
        #expect(try await stage.settled(asked.id).status == .approved)
        await stage.stop()
    }

    @Test func `ACQ-INTENT: what was not sent is sent again under the same id`() async throws {
        let line = Line()
        line.cut(.beforeSend, .authorize, times: 2)
        let stage = try Stage { $0.fault = line.fault }
        let approved = try await stage.approved(try await stage.customer())
        #expect(approved.status == .approved)
        #expect(line.seen(.beforeSend, .authorize) == 3)
        #expect(line.seen(.beforeSend, .inquiry) == 0)
        #expect(try stage.books().lines.count == 1)
        await stage.stop()
    }

    @Test func `ACQ-INTENT: an unknown outcome is inquired, never sent again`() async throws {
        let line = Line()
        line.cut(.afterBooking, .authorize, times: 1)
        let stage = try Stage { $0.fault = line.fault }
        let approved = try await stage.approved(try await stage.customer())
        #expect(approved.status == .approved)
        #expect(line.seen(.beforeSend, .authorize) == 1)
        #expect(line.seen(.beforeSend, .inquiry) == 1)
        #expect(try stage.books().lines.count == 1)
        await stage.stop()
    }

    @Test func `ACQ-INTENT: silence is a decline, with the reversal in the same transaction`() async throws {
        let line = Line()
        line.hold(.beforeSend, .reversal)
        let clock = ManualClock()
        let stage = try Stage {
            $0.fault = line.fault
            $0.clock = clock
            $0.settings = [.acquirerTimeoutSeconds: "1"]
        }
        let actor = try await stage.customer(card: "4000000000007106")
        let asked = try await stage.authorize(actor)
        try await stage.answer(asked, by: actor.app, .approve)
        try await stage.until { try !stage.books().lines.isEmpty }
        #expect(try await stage.load(asked.id).status == .processing)
        clock.advance(seconds: 1)
        #expect(try await stage.settled(asked.id).reason == .acquirerUnavailable)
        let both = """
            SELECT count(*) FROM intents i JOIN intents r ON r.authorization = i.authorization
            WHERE i.kind = 'authorize' AND i.status = 'given_up'
                AND r.kind = 'reversal' AND r.created_at = i.ended_at
            """
        #expect(try await stage.number(both) == 1)
        line.release(.beforeSend, .reversal)
        try await stage.quiet()
        let account = try await stage.account(of: asked.id)
        #expect(account.approvedMinor == 24_900)
        #expect(account.reversedMinor == 24_900)
        await stage.stop()
    }

    @Test func `ACQ-INTENT: a bank that cannot be reached at all is declined when its time is over`()
        async throws
    {
        let line = Line()
        line.cut(.beforeSend, .authorize)
        let stage = try Stage {
            $0.fault = line.fault
            $0.settings = [.acquirerTimeoutSeconds: "1"]
        }
        let declined = try await stage.approved(try await stage.customer())
        #expect(declined.reason == .acquirerUnavailable)
        try await stage.quiet()
        let account = try await stage.account(of: declined.id)
        #expect(account.approvedMinor == 0)
        #expect(account.isReversed)
        await stage.stop()
    }

    @Test
    func `ACQ-LATE: a yes after our no is matched by DE 7, 11, 37 and 41, reversed, and revives nothing`()
        async throws
    {
        let clock = ManualClock()
        let bank = LateBank()
        let stage = try Stage {
            $0.acquirer = bank
            $0.clock = clock
            $0.settings = [.acquirerTimeoutSeconds: "1"]
        }
        let actor = try await stage.customer()
        let asked = try await stage.authorize(actor)
        try await stage.answer(asked, by: actor.app, .approve)
        try await stage.until { bank.references.count == 1 }
        clock.advance(seconds: 1)
        #expect(try await stage.settled(asked.id).reason == .acquirerUnavailable)
        let right = try #require(bank.references.first)
        let others = [
            CallReference(
                transmittedAt: right.transmittedAt.adding(seconds: 1), traceNumber: right.traceNumber,
                retrievalReference: right.retrievalReference, terminal: right.terminal),
            CallReference(
                transmittedAt: right.transmittedAt, traceNumber: "no num",
                retrievalReference: right.retrievalReference, terminal: right.terminal),
            CallReference(
                transmittedAt: right.transmittedAt, traceNumber: right.traceNumber,
                retrievalReference: "no reference", terminal: right.terminal),
            CallReference(
                transmittedAt: right.transmittedAt, traceNumber: right.traceNumber,
                retrievalReference: right.retrievalReference, terminal: "ELSEWHER"),
        ]
        let late = """
            SELECT count(*) FROM leaves WHERE subject = ? AND instr(bytes, CAST('late_approval' AS BLOB))
            """
        // The reversal of the silence is through before the late yes comes, so that yes needs another.
        try await stage.quiet()
        for reference in others + [right] { bank.answerLate(to: reference) }
        try await stage.until { try await stage.number(late, asked.id.text) > 0 }
        try await stage.quiet()
        #expect(try await stage.number(late, asked.id.text) == 1)
        #expect(try await stage.load(asked.id).status == .declined)
        let reversals = try await stage.texts("SELECT status FROM intents WHERE kind = 'reversal'")
        #expect(reversals == ["accepted", "accepted"])
        await stage.stop()
    }

    @Test func `ACQ-LATE: a second answer changes nothing`() async throws {
        let stage = try Stage { $0.behaviour = SandboxBehaviour(secondAnswerMilliseconds: 1) }
        let actor = try await stage.customer(card: "4000000000007304")
        let approved = try await stage.approved(actor)
        #expect(approved.status == .approved)
        let intent = try await stage.gateway.ledger.read { db in
            try IntentRecord.original(of: approved.id, in: db)
        }
        let again = try await stage.gateway.ledger.submit(
            SettleAuthorize(
                intent: try #require(intent).id, result: .approved(approvedMinor: 24_900, code: "OTHER1"),
                daysToCapture: [:]))
        #expect(again == .duplicate)
        #expect(try await stage.load(approved.id) == approved)
        #expect(try await stage.number("SELECT count(*) FROM intents") == 1)
        await stage.stop()
    }

    @Test func `ACQ-LATE: a late yes to a refused intent is reversed once`() async throws {
        // No reversal reaches the bank, so the first is under way when the answer comes again.
        let line = Line()
        line.cut(.beforeSend, .reversal)
        let stage = try Stage { $0.fault = line.fault }
        let actor = try await stage.customer(card: "4000000000000002")
        let declined = try await stage.approved(actor)
        let found = try await stage.gateway.ledger.read { db in
            try IntentRecord.original(of: declined.id, in: db)
        }
        let intent = try #require(found)
        for _ in 0..<3 {
            let outcome = try await stage.gateway.ledger.submit(
                SettleAuthorize(
                    intent: intent.id, result: .approved(approvedMinor: 24_900, code: "LATE01"),
                    daysToCapture: [:]))
            #expect(outcome == .late)
        }
        #expect(try await stage.number("SELECT count(*) FROM intents WHERE kind = 'reversal'") == 1)
        #expect(try await stage.load(declined.id).reason == .doNotHonor)
        await stage.stop()
    }

    @Test func `ACQ-INTENT: a refused reversal is repeated under its id until it is accepted`() async throws {
        let stage = try Stage { $0.behaviour = SandboxBehaviour(refusedReversals: 2) }
        let actor = try await stage.customer(card: "4000000000007403")
        let approved = try await stage.approved(actor)
        _ = try await stage.cancel(approved.id)
        try await stage.quiet()
        let lines = try stage.books().lines.filter { $0.kind == .reversal }
        #expect(lines.map(\.outcome) == [.refusedForNow, .refusedForNow, .booked])
        #expect(Set(lines.map(\.intent)).count == 1)
        #expect(try await stage.account(of: approved.id).openMinor == 0)
        await stage.stop()
    }

    @Test func `ACQ-INTENT: half an approval is none, and what was approved is reversed`() async throws {
        let stage = try Stage()
        let actor = try await stage.customer(card: "4000000000007502")
        let declined = try await stage.approved(actor)
        #expect(declined.reason == .partialApproval)
        try await stage.quiet()
        let account = try await stage.account(of: declined.id)
        #expect(account.approvedMinor == 12_450)
        #expect(account.openMinor == 0)
        await stage.stop()
    }

    @Test(arguments: [
        ("4242424242424242", "05"), ("5555555555554444", "02"), ("378282246310005", "05"),
        ("5019717010103742", "05"),
    ])
    func `ACQ-SCA: the bank is told what the code app proved`(card: String, indicator: String) async throws {
        let folder = try TemporaryFolder()
        let clock = ManualClock()
        let listener = ListeningAcquirer(
            try SandboxAcquirer(booksAt: folder.file("bank.jsonl"), clock: clock))
        let stage = try Stage {
            $0.folder = folder
            $0.clock = clock
            $0.acquirer = listener
        }
        let approved = try await stage.approved(try await stage.customer(card: card))
        let call = try #require(listener.authorizeCalls.first)
        #expect(call.evidence.indicator == indicator)
        #expect(call.evidence.authenticationValue.count == 20)
        #expect(call.evidence.authenticationValue != Array(repeating: 0, count: 20))
        let id = try #require(approved.confirmation?.id)
        let groups = call.evidence.transactionID.split(separator: "-")
        #expect(groups.map(\.count) == [8, 4, 4, 4, 12])
        #expect(groups[2].hasPrefix("7"))
        let hex = id.uuidBytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(groups.joined() == hex)
        #expect(call.evidence.version == "2.2.0")
        #expect(call.evidence.result == "Y")
        #expect(call.money == approved.money)
        #expect(call.verificationCode?.exposed() == (card.hasPrefix("37") ? nil : "123"))
        #expect(!call.isRepeat)
        await stage.stop()
    }

    @Test func `ACQ-SCA: no refused, wrong, reported or unanswered question reaches the bank`() async throws {
        let clock = ManualClock()
        let stage = try Stage { $0.clock = clock }
        for (number, verdict) in [Verdict.deny, .report].enumerated() {
            let actor = try await stage.customer(card: try cardNumber(number))
            try await stage.answer(try await stage.authorize(actor), by: actor.app, verdict)
        }
        let actor = try await stage.customer(card: try cardNumber(2))
        let asked = try await stage.authorize(actor)
        let id = try #require(asked.confirmation?.id)
        try await stage.answer(
            asked, by: actor.app, .approve, code: stage.gateway.presenter.matchCode(id).wrong)
        let silent = try await stage.authorize(try await stage.customer(card: try cardNumber(3)))
        clock.advance(seconds: 300)
        try await stage.until { try await stage.load(silent.id).status == .declined }
        #expect(try await stage.number("SELECT count(*) FROM authorizations WHERE status = 'declined'") == 4)
        #expect(try await stage.number("SELECT count(*) FROM intents") == 0)
        #expect(try stage.books().lines.isEmpty)
        await stage.stop()
    }

    @Test func `ACQ-INTENT, REL-11: an intent that nobody was told of is found and carried out`() async throws
    {
        let clock = ManualClock()
        let first = try Stage { $0.clock = clock }
        let actor = try await first.customer()
        // A second gateway on the same file stands for a commit whose outcome the first one never learned.
        let second = try Stage {
            $0.clock = clock
            $0.folder = first.folder
            $0.seed = 2
            $0.isRunning = false
            $0.acquirer = first.acquirer
        }
        let asked = try await second.authorize(actor)
        try await second.answer(asked, by: actor.app, .approve)
        #expect(try await second.load(asked.id).status == .processing)
        try await first.until { try await first.load(asked.id).status == .approved }
        #expect(try first.books().lines.count == 1)
        await second.stop()
        await first.stop()
    }
}

/// A bank that says nothing until a test lets it.
private final class LateBank: Acquirer {
    let lateAnswers: AsyncStream<LateAnswer>
    private let late: AsyncStream<LateAnswer>.Continuation
    private let heard = Mutex<[CallReference]>([])

    init() { (lateAnswers, late) = AsyncStream.makeStream(of: LateAnswer.self) }

    var references: [CallReference] { heard.withLock { $0 } }

    func answerLate(to reference: CallReference) {
        late.yield(
            LateAnswer(
                reference: reference, answer: .approved(approvedMinor: 24_900, approvalCode: "LATE01")))
    }

    func authorize(_ call: AuthorizeCall) async -> AcquirerReply<AuthorizeAnswer> {
        heard.withLock { $0.append(call.reference) }
        return .sentUnknown
    }

    func capture(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { .sentUnknown }
    func refund(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { .sentUnknown }
    func reverse(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { .answered(.accepted) }
    func inquire(_ call: InquiryCall) async -> AcquirerReply<InquiryAnswer> { .sentUnknown }
}
