import Lifecycles
import Operations
import Outbound
import Records
import Testing
import Vocabulary

/// From the bytes of a 0110 to the intents in the records: no payment is declined while its issuer holds
/// money that nobody takes back.
@Suite(.timeLimit(.minutes(5))) struct ResponseCodeLedgerTests {
    static let codes: [String] =
        (0...99).map { ($0 < 10 ? "0" : "") + String($0) } + ["1A", "N7", "R0", "XX", "ZZ"]

    /// What an answer says of money, in the plainest words: a code that approves something, or an approval
    /// code.
    private func saysApproved(_ code: String, _ approvalCode: String?) -> Bool {
        approvalCode != nil || ["00", "08", "10", "11", "16", "32", "85", "87"].contains(code)
    }

    /// What our reading makes of a 0110 for 1.00 kr.
    private func read(
        _ code: NetworkCode, _ approvalCode: String?, _ amount: Int64?, _ currency: Currency
    ) throws -> AuthorizeResult {
        let reference = CallReference(
            transmittedAt: Instant(milliseconds: 1_795_348_800_000), traceNumber: "100000",
            retrievalReference: "632712000001", terminal: "GODKEND1")
        var message = ISO8583Message(.declined(code), to: reference, askedMinor: nil)
        (message.approvalCode, message.amountMinor, message.currency) = (approvalCode, amount, currency)
        let answer = try? ISO8583Message(decoding: message.encoded())
            .authorizeAnswer(asked: Money(amountMinor: 100, currency: .dkk))
        switch answer {
        case .approved(let minor, let text): return .approved(approvedMinor: minor, code: text)
        case .declined(let code): return .declined(code)
        case .unusable(let code): return .unusable(code)
        // The driver inquires, and gives up when its time is over.
        case nil: return .silent
        }
    }

    @Test(arguments: codes)
    func `ACQ-LATE: money is never held by the issuer for a declined payment without a reversal`(
        text: String
    ) async throws {
        let code = try #require(NetworkCode(text))
        let bench = try Bench()
        let person = try await bench.person()
        var count = 0
        for approvalCode in [nil, "A1B2C3"] {
            for (amount, currency) in [(100, .dkk), (40, .dkk), (101, .dkk), (nil, .dkk), (100, .eur)]
                as [(Int64?, Currency)]
            {
                let note: Comment = "\(text) \(approvalCode ?? "-") \(String(describing: amount)) \(currency)"
                count += 1
                let asked = try await bench.create(person, reference: "order \(count)")
                try await bench.answer(asked, by: person)
                let result = try read(code, approvalCode, amount, currency)
                let outcome = try await bench.settle(asked.id, result)
                let open = try await bench.openIntents(of: asked.id)
                if outcome == .approved {
                    #expect(text == "00" && approvalCode != nil && amount == 100 && currency == .dkk, note)
                    #expect(open.isEmpty, note)
                } else {
                    #expect(outcome == .declined, note)
                    #expect(open == (saysApproved(text, approvalCode) ? ["reversal 100"] : []), note)
                    // The same answer again, and a yes after it, take nothing back twice.
                    _ = try await bench.settle(asked.id, result)
                    _ = try await bench.settle(asked.id, .approved(approvedMinor: 100, code: "LATE01"))
                    #expect(try await bench.openIntents(of: asked.id) == ["reversal 100"], note)
                }
            }
        }
    }

    @Test func `ACQ-INTENT: what was never sent is declined, and there is nothing to reverse`() async throws {
        let bench = try Bench()
        let person = try await bench.person()
        for reason in [DeclineReason.acquirerUnavailable, .processingError] {
            let asked = try await bench.create(person, reference: reason.rawValue)
            try await bench.answer(asked, by: person)
            #expect(try await bench.settle(asked.id, .neverSent(reason)) == .declined)
            #expect(try await bench.load(asked.id).decline?.reason == reason)
            #expect(try await bench.openIntents(of: asked.id).isEmpty)
        }
    }

    @Test func `ACQ-LATE: element 11 counts, and repeats neither within its day nor after a restart`()
        async throws
    {
        let bench = try Bench()
        let person = try await bench.person()
        for number in 0..<20 {
            let asked = try await bench.create(person, reference: "order \(number)")
            try await bench.answer(asked, by: person)
            _ = try await bench.settle(asked.id, .silent)
        }
        let numbers = try await bench.texts("SELECT trace_number FROM intents ORDER BY rowid")
        let counted = (1...40).map { number in String(String(1_000_000 + number).dropFirst()) }
        #expect(numbers == counted)
    }
}
