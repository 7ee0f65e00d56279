import Lifecycles
import Operations
import Outbound
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct AcquirerPortTests {
    @Test(arguments: Way.allCases)
    func `ACQ-PORT: authorize, capture in part, refund in part, release the rest`(way: Way) async throws {
        try await withBank(way) { acquirer, path in
            _ = await acquirer.authorize(try authorizeCall())
            #expect(try await acquirer.capture(followUpCall(20_000, intent: 2)) == .answered(.accepted))
            #expect(try await acquirer.refund(followUpCall(5_000, intent: 3)) == .answered(.accepted))
            #expect(try await acquirer.reverse(followUpCall(4_900, intent: 4)) == .answered(.accepted))
            let account = try SandboxBooks(at: path)[intent(1)]
            #expect(account.askedMinor == 24_900)
            #expect(account.approvedMinor == 24_900)
            #expect(account.capturedMinor == 20_000)
            #expect(account.refundedMinor == 5_000)
            #expect(account.reversedMinor == 4_900)
            #expect(account.lines.map(\.intent) == [intent(1), intent(2), intent(3), intent(4)])
            #expect(account.lines.map(\.reference) == (0...4).filter { $0 != 1 }.map(reference))
        }
    }

    @Test(arguments: Way.allCases)
    func `ACQ-PORT: a capture takes the whole approval and not one minor unit more`(way: Way) async throws {
        try await withBank(way) { acquirer, _ in
            _ = await acquirer.authorize(try authorizeCall())
            #expect(
                try await acquirer.capture(followUpCall(24_901, intent: 2))
                    == .answered(.refused(code("13"))))
            #expect(try await acquirer.capture(followUpCall(24_900, intent: 3)) == .answered(.accepted))
            #expect(
                try await acquirer.capture(followUpCall(1, intent: 4)) == .answered(.refused(code("13"))))
        }
    }

    @Test(arguments: Way.allCases)
    func `ACQ-PORT: a refund gives back what was captured and not one minor unit more`(way: Way) async throws
    {
        try await withBank(way) { acquirer, _ in
            _ = await acquirer.authorize(try authorizeCall())
            _ = await acquirer.capture(try followUpCall(10_000, intent: 2))
            #expect(
                try await acquirer.refund(followUpCall(10_001, intent: 3))
                    == .answered(.refused(code("13"))))
            #expect(try await acquirer.refund(followUpCall(10_000, intent: 4)) == .answered(.accepted))
            #expect(
                try await acquirer.refund(followUpCall(1, intent: 5)) == .answered(.refused(code("13"))))
        }
    }

    @Test(arguments: Way.allCases)
    func `ACQ-PORT: after a reversal nothing is captured, and a second reversal releases nothing`(
        way: Way
    ) async throws {
        try await withBank(way) { acquirer, path in
            _ = await acquirer.authorize(try authorizeCall())
            #expect(try await acquirer.reverse(followUpCall(24_900, intent: 2)) == .answered(.accepted))
            #expect(
                try await acquirer.capture(followUpCall(1, intent: 3)) == .answered(.refused(code("13"))))
            #expect(try await acquirer.reverse(followUpCall(24_900, intent: 4)) == .answered(.accepted))
            #expect(try SandboxBooks(at: path)[intent(1)].reversedMinor == 24_900)
        }
    }

    @Test(arguments: Way.allCases)
    func `ACQ-PORT: a follow-up of an unknown original, another shop or another currency is refused`(
        way: Way
    ) async throws {
        try await withBank(way) { acquirer, _ in
            #expect(
                try await acquirer.capture(followUpCall(1, intent: 2)) == .answered(.refused(code("25"))))
            #expect(
                try await acquirer.refund(followUpCall(1, intent: 3)) == .answered(.refused(code("25"))))
            _ = await acquirer.authorize(try authorizeCall())
            #expect(
                try await acquirer.capture(followUpCall(1, intent: 4, merchant: "apotek"))
                    == .answered(.refused(code("03"))))
            #expect(
                try await acquirer.capture(followUpCall(1, intent: 5, currency: .eur))
                    == .answered(.refused(code("12"))))
        }
    }

    @Test(arguments: Way.allCases)
    func `ACQ-PORT: an inquiry tells what became of each intent`(way: Way) async throws {
        try await withBank(way) { acquirer, _ in
            #expect(await acquirer.inquire(inquiryCall(.authorize, intent: 1)) == .answered(.neverSeen))
            guard case .answered(let answer) = await acquirer.authorize(try authorizeCall()) else {
                Issue.record("No answer.")
                return
            }
            #expect(
                await acquirer.inquire(inquiryCall(.authorize, intent: 1)) == .answered(.authorize(answer)))
            _ = await acquirer.capture(try followUpCall(24_901, intent: 2))
            #expect(
                try await acquirer.inquire(inquiryCall(.capture, intent: 2))
                    == .answered(.followUp(.refused(code("13")))))
            _ = await acquirer.capture(try followUpCall(100, intent: 3))
            #expect(
                await acquirer.inquire(inquiryCall(.capture, intent: 3)) == .answered(.followUp(.accepted)))
            #expect(await acquirer.inquire(inquiryCall(.refund, intent: 4)) == .answered(.neverSeen))
        }
    }

    @Test(arguments: Way.allCases)
    func `ACQ-ONCE: a repeat gives the same answer and no second booking`(way: Way) async throws {
        try await withBank(way) { acquirer, path in
            let first = await acquirer.authorize(try authorizeCall())
            #expect(try await acquirer.authorize(authorizeCall(isRepeat: true)) == first)
            for isRepeat in [false, true, true] {
                #expect(
                    try await acquirer.capture(followUpCall(20_000, intent: 2, isRepeat: isRepeat))
                        == .answered(.accepted))
                #expect(
                    try await acquirer.refund(followUpCall(20_000, intent: 3, isRepeat: isRepeat))
                        == .answered(.accepted))
                #expect(
                    try await acquirer.reverse(followUpCall(4_900, intent: 4, isRepeat: isRepeat))
                        == .answered(.accepted))
            }
            let books = try SandboxBooks(at: path)
            #expect(books.lines.count == 4)
            #expect(books.violations == [])
        }
    }

    @Test(arguments: Way.allCases)
    func `ACQ-ONCE: a refusal stands, also when there would be room by now`(way: Way) async throws {
        try await withBank(way) { acquirer, _ in
            let early = try followUpCall(100, intent: 2)
            #expect(try await acquirer.capture(early) == .answered(.refused(code("25"))))
            _ = await acquirer.authorize(try authorizeCall())
            #expect(try await acquirer.capture(early) == .answered(.refused(code("25"))))
        }
    }

    @Test(arguments: Way.allCases)
    func `ACQ-ONCE: an intent that comes again with another amount is refused and shows in the books`(
        way: Way
    ) async throws {
        try await withBank(way) { acquirer, path in
            _ = await acquirer.authorize(try authorizeCall())
            _ = await acquirer.capture(try followUpCall(100, intent: 2))
            #expect(
                try await acquirer.capture(followUpCall(101, intent: 2))
                    == .answered(.refused(code("94"))))
            let books = try SandboxBooks(at: path)
            #expect(books[intent(1)].capturedMinor == 100)
            #expect(books.violations == [.conflict(intent(2))])
        }
    }

    @Test(arguments: Way.allCases)
    func `ACQ-PORT: a hundred calls at once are each answered for themselves`(way: Way) async throws {
        try await withBank(way) { acquirer, path in
            let ids = (1...100).map { intent(UInt64($0) * 10) }
            let amounts = await withTaskGroup(of: Int64?.self) { group in
                for (index, id) in ids.enumerated() {
                    group.addTask {
                        guard let call = try? numbered(index, id),
                            case .answered(.approved(let amount, _)) = await acquirer.authorize(call)
                        else { return nil }
                        return amount == Int64(index + 1) ? amount : nil
                    }
                }
                return await group.reduce(into: [Int64]()) { if let amount = $1 { $0.append(amount) } }
            }
            #expect(amounts.sorted() == Array(1...100))
            let books = try SandboxBooks(at: path)
            #expect(books.lines.count == 100)
        }
    }
}

/// The index-th of many payments, each with a trace number and an amount of its own.
private func numbered(_ index: Int, _ id: IntentID) throws -> AuthorizeCall {
    let sample = try authorizeCall(Card.good, Int64(index + 1), intent: id)
    return AuthorizeCall(
        intent: id, reference: reference(index), merchant: sample.merchant, money: sample.money,
        card: sample.card, expiry: sample.expiry, verificationCode: nil, evidence: evidence, isRepeat: false)
}
