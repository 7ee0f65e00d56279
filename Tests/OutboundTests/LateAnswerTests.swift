import Lifecycles
import Operations
import Outbound
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct LateAnswerTests {
    @Test(arguments: Way.allCases)
    func `ACQ-LATE: an approval after the call was given up comes by itself, with its reference`(
        way: Way
    ) async throws {
        let gate = Gate()
        try await withBank(way, fault: gate.fault) { acquirer, path in
            let call = try authorizeCall(Card.late)
            let asking = Task { await acquirer.authorize(call) }
            await gate.untilBooked()
            asking.cancel()
            #expect(await asking.value == .sentUnknown)
            gate.open()
            var late = acquirer.lateAnswers.makeAsyncIterator()
            let answer = try #require(await late.next())
            #expect(answer.reference == reference(0))
            guard case .approved(24_900, _) = answer.answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(try await acquirer.reverse(followUpCall(24_900, intent: 2)) == .answered(.accepted))
            #expect(try SandboxBooks(at: path)[intent(1)].openMinor == 0)
        }
    }

    @Test(arguments: Way.allCases)
    func `ACQ-LATE: the second of two answers comes by itself and equals the first`(way: Way) async throws {
        try await withBank(way) { acquirer, path in
            let reply = await acquirer.authorize(try authorizeCall(Card.twice))
            var late = acquirer.lateAnswers.makeAsyncIterator()
            let second = try #require(await late.next())
            #expect(reply == .answered(second.answer))
            #expect(second.reference == reference(0))
            #expect(try SandboxBooks(at: path).lines.count == 1)
        }
    }

    @Test func `ACQ-LATE: an inquiry hears of a late approval when it is due, not a millisecond before`()
        async throws
    {
        let gate = Gate()
        let clock = TestClock()
        let behaviour = SandboxBehaviour(lateApprovalMilliseconds: 25_000)
        try await withBank(.inProcess, clock: clock, behaviour: behaviour, fault: gate.fault) { acquirer, _ in
            let call = try authorizeCall(Card.late)
            let asking = Task { await acquirer.authorize(call) }
            await gate.untilBooked()
            asking.cancel()
            #expect(await asking.value == .sentUnknown)
            clock.advance(milliseconds: 24_999)
            #expect(await acquirer.inquire(inquiryCall(.authorize, intent: 1)) == .sentUnknown)
            clock.advance(milliseconds: 1)
            guard
                case .answered(.authorize(.approved(24_900, _))) =
                    await acquirer.inquire(inquiryCall(.authorize, intent: 1))
            else {
                Issue.record("The approval is due.")
                return
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `ACQ-LATE: an authorization that arrives after its reversal is declined`(way: Way) async throws {
        try await withBank(way) { acquirer, path in
            #expect(try await acquirer.reverse(followUpCall(24_900, intent: 2)) == .answered(.accepted))
            #expect(try await acquirer.authorize(authorizeCall()) == .answered(.declined(code("12"))))
            let account = try SandboxBooks(at: path)[intent(1)]
            #expect(account.approvedMinor == 0)
            #expect(account.isReversed)
        }
    }
}
