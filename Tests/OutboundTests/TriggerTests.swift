import Lifecycles
import Operations
import Outbound
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct TriggerTests {
    static let approving = [
        Card.good, Card.mastercard, Card.amex, Card.dankort, Card.twice, Card.stubborn,
    ]

    @Test(arguments: approving, Way.allCases)
    func `PAY-TEST: an approving card is approved for the whole amount`(card: String, way: Way) async throws {
        try await withBank(way) { acquirer, path in
            let reply = await acquirer.authorize(try authorizeCall(card))
            guard case .answered(.approved(24_900, let approvalCode)) = reply else {
                Issue.record("\(reply)")
                return
            }
            #expect(approvalCode.utf8.count == 6)
            #expect(try SandboxBooks(at: path)[intent(1)].approvedMinor == 24_900)
        }
    }

    static let declining = [
        ("4000000000000002", "05"), ("4000000000009995", "51"), ("4000000000009987", "41"),
        ("4000000000009979", "43"), ("4000000000000069", "54"), ("4000000000000127", "N7"),
        ("4000000000000119", "96"),
    ]

    @Test(arguments: declining, Way.allCases)
    func `PAY-TEST: a declining card is declined with its code and nothing is booked`(
        row: (card: String, code: String), way: Way
    ) async throws {
        try await withBank(way) { acquirer, path in
            let reply = await acquirer.authorize(try authorizeCall(row.card))
            #expect(reply == .answered(.declined(try code(row.code))))
            let account = try SandboxBooks(at: path)[intent(1)]
            #expect(account.askedMinor == 24_900)
            #expect(account.approvedMinor == 0)
        }
    }

    @Test(arguments: [(2, 1), (3, 1), (24_900, 12_450), (24_901, 12_450)] as [(Int64, Int64)], Way.allCases)
    func `PAY-TEST: 7502 approves half, rounded down`(
        row: (asked: Int64, approved: Int64), way: Way
    ) async throws {
        try await withBank(way) { acquirer, path in
            let reply = await acquirer.authorize(try authorizeCall(Card.half, row.asked))
            guard case .answered(.approved(let approved, _)) = reply else {
                Issue.record("\(reply)")
                return
            }
            #expect(approved == row.approved)
            let line = try #require(try SandboxBooks(at: path).lines.first)
            #expect(line.code == .partial)
            #expect(line.bookedMinor == row.approved)
        }
    }

    @Test(arguments: Way.allCases)
    func `PAY-TEST: half of one minor unit is declined`(way: Way) async throws {
        try await withBank(way) { acquirer, _ in
            let reply = await acquirer.authorize(try authorizeCall(Card.half, 1))
            #expect(reply == .answered(.declined(.insufficientFunds)))
        }
    }

    @Test(arguments: Way.allCases)
    func `PAY-TEST: 7106 books the approval and never answers`(way: Way) async throws {
        let gate = Gate()
        gate.open()
        try await withBank(way, fault: gate.fault) { acquirer, path in
            let call = try authorizeCall(Card.silent)
            let asking = Task { await acquirer.authorize(call) }
            await gate.untilBooked()
            asking.cancel()
            #expect(await asking.value == .sentUnknown)
            #expect(try SandboxBooks(at: path)[intent(1)].openMinor == 24_900)
            #expect(try await acquirer.reverse(followUpCall(24_900, intent: 2)) == .answered(.accepted))
            #expect(try SandboxBooks(at: path)[intent(1)].openMinor == 0)
        }
    }

    @Test func `PAY-TEST: 7106 does not answer an inquiry about the authorization, only about its reversal`()
        async throws
    {
        let gate = Gate()
        gate.open()
        try await withBank(.inProcess, fault: gate.fault) { acquirer, _ in
            let call = try authorizeCall(Card.silent)
            let asking = Task { await acquirer.authorize(call) }
            await gate.untilBooked()
            asking.cancel()
            _ = await asking.value
            #expect(await acquirer.inquire(inquiryCall(.authorize, intent: 1)) == .sentUnknown)
            #expect(await acquirer.inquire(inquiryCall(.reversal, intent: 2)) == .answered(.neverSeen))
            _ = await acquirer.reverse(try followUpCall(24_900, intent: 2))
            #expect(await acquirer.inquire(inquiryCall(.authorize, intent: 1)) == .sentUnknown)
            #expect(
                await acquirer.inquire(inquiryCall(.reversal, intent: 2)) == .answered(.followUp(.accepted)))
        }
    }

    @Test(arguments: [0, 1, 2, 5], Way.allCases)
    func `PAY-TEST: 7403 refuses the reversal as often as told, then accepts it`(
        refusals: Int, way: Way
    ) async throws {
        let behaviour = SandboxBehaviour(refusedReversals: refusals)
        try await withBank(way, behaviour: behaviour) { acquirer, path in
            _ = await acquirer.authorize(try authorizeCall(Card.stubborn))
            for attempt in 0..<refusals {
                let call = try followUpCall(24_900, intent: 2, isRepeat: attempt > 0)
                #expect(await acquirer.reverse(call) == .answered(.refused(.systemError)))
                #expect(try SandboxBooks(at: path)[intent(1)].openMinor == 24_900)
            }
            let last = try followUpCall(24_900, intent: 2, isRepeat: true)
            #expect(await acquirer.reverse(last) == .answered(.accepted))
            let books = try SandboxBooks(at: path)
            #expect(books[intent(1)].reversedMinor == 24_900)
            #expect(books.lines(of: intent(2)).count == refusals + 1)
            #expect(books.violations == [])
        }
    }
}
