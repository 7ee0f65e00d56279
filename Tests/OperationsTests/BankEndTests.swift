import Lifecycles
import Operations
import Records
import Synchronization
import TestKit
import Testing
import Vocabulary

/// A bank that answers as its script says, and counts what it is asked.
private final class ScriptedBank: Acquirer {
    struct Script: Sendable {
        var authorize: @Sendable (AuthorizeCall) -> AcquirerReply<AuthorizeAnswer> = { call in
            .answered(.approved(approvedMinor: call.money.amountMinor, approvalCode: "A1B2C3"))
        }
        var followUp: @Sendable (AcquirerCallKind, Int) -> AcquirerReply<FollowUpAnswer> = { _, _ in
            .answered(.accepted)
        }
        var inquire: AcquirerReply<InquiryAnswer> = .sentUnknown
    }

    let lateAnswers: AsyncStream<LateAnswer>
    private let late: AsyncStream<LateAnswer>.Continuation
    private let script: Mutex<Script>
    private let counts = Mutex<[String: Int]>([:])
    private let references = Mutex<[CallReference]>([])

    init(_ change: (inout Script) -> Void = { _ in }) {
        var script = Script()
        change(&script)
        self.script = Mutex(script)
        (lateAnswers, late) = AsyncStream.makeStream(of: LateAnswer.self)
    }

    func change(_ body: (inout Script) -> Void) { script.withLock { body(&$0) } }

    func count(_ word: String) -> Int { counts.withLock { $0[word] ?? 0 } }

    var lastReference: CallReference? { references.withLock { $0.last } }

    func sayLate(_ answer: AuthorizeAnswer, to reference: CallReference, currency: Currency? = nil) {
        late.yield(LateAnswer(reference: reference, answer: answer, currency: currency))
    }

    private func counted(_ word: String) -> Int {
        counts.withLock {
            $0[word, default: 0] += 1
            return $0[word] ?? 0
        }
    }

    func authorize(_ call: AuthorizeCall) async -> AcquirerReply<AuthorizeAnswer> {
        _ = counted("authorize")
        references.withLock { $0.append(call.reference) }
        return script.withLock { $0.authorize }(call)
    }

    func capture(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { follow(.capture) }
    func refund(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { follow(.refund) }
    func reverse(_ call: FollowUpCall) async -> AcquirerReply<FollowUpAnswer> { follow(.reversal) }

    private func follow(_ kind: AcquirerCallKind) -> AcquirerReply<FollowUpAnswer> {
        script.withLock { $0.followUp }(kind, counted(kind.rawValue))
    }

    func inquire(_ call: InquiryCall) async -> AcquirerReply<InquiryAnswer> {
        _ = counted("inquire")
        return script.withLock { $0.inquire }
    }
}

@Suite(.timeLimit(.minutes(5))) struct BankEndTests {
    private func stage(_ bank: ScriptedBank, _ settings: [SettingKey: String] = [:]) throws -> Stage {
        try Stage {
            $0.acquirer = bank
            $0.settings = settings
        }
    }

    private func code(_ text: String) throws -> NetworkCode { try #require(NetworkCode(text)) }

    private func reversals(_ stage: Stage) async throws -> [String] {
        try await stage.texts(
            "SELECT status || ' ' || coalesce(network_code, '-') FROM intents WHERE kind = 'reversal'")
    }

    // MARK: Answers to a payment

    @Test(arguments: ["00", "08", "10", "11", "16", "51", "85", "87", "ZZ"])
    func `ACQ-LATE: what says that something was approved, and is no approval, is declined and reversed`(
        text: String
    ) async throws {
        let code = try code(text)
        let bank = ScriptedBank { $0.authorize = { _ in .answered(.unusable(code)) } }
        let stage = try stage(bank)
        let declined = try await stage.approved(try await stage.customer())
        #expect(declined.status == .declined)
        #expect(declined.reason == code.declineReason ?? .processingError)
        try await stage.quiet()
        #expect(try await reversals(stage) == ["accepted -"])
        await stage.stop()
    }

    @Test func `ACQ-INTENT: what cannot be written ends the payment, and there is nothing to reverse`()
        async throws
    {
        let bank = ScriptedBank { $0.authorize = { _ in .unwritable } }
        let stage = try stage(bank)
        let declined = try await stage.approved(try await stage.customer())
        #expect(declined.reason == .processingError)
        try await stage.quiet()
        #expect(bank.count("authorize") == 1)
        #expect(try await reversals(stage).isEmpty)
        #expect(try await stage.number("SELECT count(*) FROM intents WHERE status = 'open'") == 0)
        await stage.stop()
    }

    @Test func `ACQ-INTENT: a capture or refund that cannot be written is refused, a reversal given up`()
        async throws
    {
        let bank = ScriptedBank { $0.followUp = { _, _ in .unwritable } }
        let stage = try stage(bank)
        let approved = try await stage.approved(try await stage.customer())
        await #expect(throws: Refusal(.captureRefused)) { _ = try await stage.capture(approved.id) }
        _ = try await stage.cancel(approved.id)
        try await stage.quiet()
        #expect(try await reversals(stage) == ["given_up -"])
        await stage.stop()
    }

    // MARK: Storms

    @Test
    func `ACQ-INTENT: a bank that loses every call and says it never saw one is asked a few times only`()
        async throws
    {
        let bank = ScriptedBank {
            $0.authorize = { _ in .sentUnknown }
            $0.inquire = .answered(.neverSeen)
        }
        let stage = try stage(bank, [.acquirerTimeoutSeconds: "2"])
        let declined = try await stage.approved(try await stage.customer())
        #expect(declined.reason == .acquirerUnavailable)
        // Pauses of at least 50, 100, 200, … milliseconds fit eight times into two seconds at most.
        #expect((1...8).contains(bank.count("authorize")))
        #expect(bank.count("inquire") <= bank.count("authorize") + 1)
        try await stage.quiet()
        #expect(try await reversals(stage) == ["accepted -"])
        await stage.stop()
    }

    @Test func `ACQ-INTENT: with the circuit open a new payment is declined unsent, and one try closes it`()
        async throws
    {
        let bank = ScriptedBank { $0.authorize = { _ in .notSent } }
        // Long enough for all of them to be under way at once, however slow the machine is.
        let stage = try stage(bank, [.acquirerTimeoutSeconds: "60"])
        var asked: [AuthorizationID] = []
        for number in 0..<10 {
            let actor = try await stage.customer(card: try cardNumber(number))
            let authorization = try await stage.authorize(actor)
            try await stage.answer(authorization, by: actor.app, .approve)
            asked.append(authorization.id)
        }
        for id in asked { #expect(try await stage.settled(id).reason == .acquirerUnavailable) }
        // The bank works again: once the circuit is tried, all is as before.
        bank.change { $0.authorize = ScriptedBank.Script().authorize }
        var isApproved = false
        for number in 20..<600 where !isApproved {
            let actor = try await stage.customer(card: try cardNumber(number))
            isApproved = try await stage.approved(actor).status == .approved
            if !isApproved { try await Task.sleep(for: .milliseconds(100)) }
        }
        #expect(isApproved)
        try await stage.quiet()
        // What was never sent has no reversal; what was given up by time has one.
        let unsent = """
            SELECT count(*) FROM authorizations a WHERE a.status = 'declined' AND NOT EXISTS
                (SELECT 1 FROM intents r WHERE r.authorization = a.id AND r.kind = 'reversal')
            """
        #expect(try await stage.number(unsent) > 0)
        await stage.stop()
    }

    // MARK: Ends

    @Test(arguments: ["25", "21", "12", "94", "05", "30"])
    func `ACQ-INTENT: a reversal that the bank refuses for good is sent once, ends, and an operator is told`(
        text: String
    ) async throws {
        let code = try code(text)
        let bank = ScriptedBank { $0.followUp = { _, _ in .answered(.refused(code)) } }
        let stage = try stage(bank)
        let approved = try await stage.approved(try await stage.customer())
        _ = try await stage.cancel(approved.id)
        try await stage.quiet()
        #expect(bank.count("reversal") == 1)
        #expect(try await reversals(stage) == ["refused \(text)"])
        let listed = try await stage.gateway.auditLists().abandoned.items
        #expect(listed.map(\.authorization) == [approved.id])
        #expect(listed.first?.networkCode == code)
        await stage.stop()
    }

    @Test(arguments: ["96", "91", "68", "09", "ZZ"])
    func `ACQ-INTENT: a reversal that the bank refuses for now is sent again under its id`(text: String)
        async throws
    {
        let code = try code(text)
        let bank = ScriptedBank {
            $0.followUp = { _, count in count < 3 ? .answered(.refused(code)) : .answered(.accepted) }
        }
        let stage = try stage(bank)
        let approved = try await stage.approved(try await stage.customer())
        _ = try await stage.cancel(approved.id)
        try await stage.quiet()
        #expect(bank.count("reversal") == 3)
        #expect(try await reversals(stage) == ["accepted -"])
        #expect(try await stage.gateway.auditLists().abandoned.items.isEmpty)
        await stage.stop()
    }

    @Test func `ACQ-INTENT: what is never answered is given up when its days are over, and is explained`()
        async throws
    {
        let clock = ManualClock()
        let bank = ScriptedBank { $0.followUp = { _, _ in .sentUnknown } }
        let stage = try Stage {
            $0.acquirer = bank
            $0.clock = clock
            $0.settings = [.acquirerGiveUpDays: "2", .acquirerTimeoutSeconds: "1"]
        }
        let approved = try await stage.approved(try await stage.customer())
        _ = try await stage.cancel(approved.id)
        try await stage.until { bank.count("reversal") > 1 }
        #expect(try await reversals(stage) == ["open -"])
        clock.advance(seconds: 2 * 86_400)
        try await stage.until { try await self.reversals(stage) == ["given_up -"] }
        let listed = try await stage.gateway.auditLists().abandoned.items
        #expect(listed.map(\.status) == [.givenUp])
        let leaf = """
            SELECT count(*) FROM leaves WHERE subject = ?
                AND instr(bytes, CAST('reversal_given_up' AS BLOB))
            """
        #expect(try await stage.number(leaf, approved.id.text) == 1)
        await stage.stop()
    }

    @Test func `REL-15: a leap of the wall gives no reversal up, and a confirmed one neither`() async throws {
        let clock = ManualClock()
        let bank = ScriptedBank { $0.followUp = { _, _ in .sentUnknown } }
        let stage = try Stage {
            $0.acquirer = bank
            $0.clock = clock
            $0.settings = [.acquirerGiveUpDays: "2", .acquirerTimeoutSeconds: "1"]
        }
        let approved = try await stage.approved(try await stage.customer())
        _ = try await stage.cancel(approved.id)
        try await stage.until { bank.count("reversal") > 0 }
        clock.leap(seconds: 3 * 86_400)
        var before = bank.count("reversal")
        try await stage.until { bank.count("reversal") > before + 1 }
        clock.advance(seconds: 61)
        before = bank.count("reversal")
        try await stage.until { bank.count("reversal") > before }
        #expect(try await reversals(stage) == ["open -"])
        await stage.stop()
    }

    @Test func `ACQ-ONCE: a capture given up keeps its amount reserved: only the bank's books can tell`()
        async throws
    {
        let clock = ManualClock()
        let bank = ScriptedBank { $0.followUp = { _, _ in .sentUnknown } }
        let stage = try Stage {
            $0.acquirer = bank
            $0.clock = clock
            $0.settings = [.acquirerGiveUpDays: "1", .acquirerTimeoutSeconds: "1"]
        }
        let approved = try await stage.approved(try await stage.customer())
        await #expect(throws: Refusal(.outcomeOpen)) { _ = try await stage.capture(approved.id) }
        clock.advance(seconds: 86_400)
        try await stage.until {
            try await stage.texts("SELECT status FROM intents WHERE kind = 'capture'") == ["given_up"]
        }
        #expect(try await stage.load(approved.id).lifecycle.sums.capturing == 24_900)
        await stage.stop()
    }

    @Test(arguments: [("10", true), ("32", true), ("05", false), ("91", false)])
    func `ACQ-ONCE: a capture's answer ends it by the table of response codes`(
        text: String, isTaken: Bool
    ) async throws {
        let code = try code(text)
        let bank = ScriptedBank {
            $0.followUp = { _, _ in .answered(isTaken ? .acceptedInPart(code) : .refused(code)) }
        }
        let stage = try stage(bank)
        let approved = try await stage.approved(try await stage.customer())
        if isTaken {
            _ = try await stage.capture(approved.id)
            #expect(try await stage.gateway.auditLists().abandoned.items.map(\.networkCode) == [code])
        } else {
            await #expect(throws: Refusal(.captureRefused)) { _ = try await stage.capture(approved.id) }
        }
        #expect(try await stage.load(approved.id).lifecycle.sums.captured == (isTaken ? 24_900 : 0))
        await stage.stop()
    }

    @Test func `ACQ-ONCE: a repeated capture that is called a duplicate ends as its first copy did`()
        async throws
    {
        let duplicate = try code("94")
        let bank = ScriptedBank {
            $0.followUp = { _, count in count == 1 ? .sentUnknown : .answered(.refused(duplicate)) }
            $0.inquire = .answered(.followUp(.accepted))
        }
        let stage = try stage(bank)
        let approved = try await stage.approved(try await stage.customer())
        _ = try await stage.capture(approved.id)
        #expect(try await stage.load(approved.id).lifecycle.sums.captured == 24_900)
        await stage.stop()
    }

    // MARK: Late

    @Test(arguments: [false, true])
    func `ACQ-LATE: after a no, a yes of any kind is reversed, by its retrieval reference alone too`(
        isNear: Bool
    ) async throws {
        let bank = ScriptedBank { $0.authorize = { _ in .answered(.declined(.insufficientFunds)) } }
        let stage = try stage(bank)
        let declined = try await stage.approved(try await stage.customer())
        try await stage.quiet()
        #expect(try await reversals(stage).isEmpty)
        let right = try #require(bank.lastReference)
        let near = CallReference(
            transmittedAt: right.transmittedAt.adding(seconds: 7_200), traceNumber: right.traceNumber,
            retrievalReference: right.retrievalReference, terminal: right.terminal)
        bank.sayLate(.unusable(try code("08")), to: isNear ? near : right)
        bank.sayLate(.declined(.doNotHonor), to: right)
        try await stage.until { try await self.reversals(stage) == ["accepted -"] }
        #expect(try await stage.load(declined.id).status == .declined)
        await stage.stop()
    }
}
