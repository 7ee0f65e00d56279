import Lifecycles
import Operations
import Outbound
import Testing
import Vocabulary

/// Every code of two digits, and those with a letter that networks use, or that nobody does.
let everyCode: [String] =
    (0...99).map { ($0 < 10 ? "0" : "") + String($0) }
    + ["1A", "N7", "N0", "P5", "Q1", "R0", "R1", "R3", "XA", "XD", "Z3", "ZZ"]

/// A 0110 as a bank would write it.
func authorizationAnswer(
    _ text: String, amount: Int64? = 24_900, approvalCode: String? = "A1B2C3", currency: Currency? = nil
) throws -> ISO8583Message {
    var message = ISO8583Message(.declined(try code(text)), to: reference(0), askedMinor: nil)
    message.amountMinor = amount
    message.approvalCode = approvalCode
    message.currency = currency
    return try ISO8583Message(decoding: message.encoded())
}

@Suite struct ResponseCodeTests {
    @Test(arguments: everyCode)
    func `ACQ-LATE: a code is a yes, a no, or something that is taken back; never a no that may hold money`(
        text: String
    ) throws {
        let asked = try money(24_900)
        for amount in [nil, 0, 1, 24_899, 24_900, 24_901] as [Int64?] {
            for approvalCode in [nil, "A1B2C3", "000000"] {
                let message = try authorizationAnswer(text, amount: amount, approvalCode: approvalCode)
                let answer = try? message.authorizeAnswer(asked: asked)
                switch answer {
                case .approved(let minor, let code):
                    // What is approved and is not the whole is declined and reversed where it is decided.
                    #expect(text == "00" || text == "10" && minor < 24_900)
                    #expect(minor == amount && code == approvalCode)
                case .declined(let code):
                    #expect(code.text == text && approvalCode == nil && code.answer == .refuses)
                case .unusable(let code):
                    #expect(code.text == text)
                    #expect(approvalCode != nil || code.answer != .refuses)
                case nil:
                    // Unknown: it is inquired about, and reversed when nobody knows.
                    #expect(text == "00" && approvalCode != nil && (amount ?? 0) == 0)
                }
            }
        }
    }

    @Test(arguments: ["08", "11", "16", "32", "85", "87"])
    func `ACQ-LATE: an approval under a condition is taken back, though all else is right`(text: String)
        throws
    {
        let answer = try authorizationAnswer(text).authorizeAnswer(asked: money(24_900))
        #expect(answer == .unusable(try code(text)))
    }

    @Test func `ACQ-PORT: 10 with less than was asked is a part; with as much it is no whole`() throws {
        let part = try authorizationAnswer("10", amount: 10_000).authorizeAnswer(asked: money(24_900))
        #expect(part == .approved(approvedMinor: 10_000, approvalCode: "A1B2C3"))
        let whole = try authorizationAnswer("10").authorizeAnswer(asked: money(24_900))
        #expect(whole == .unusable(.partial))
    }

    @Test func `ACQ-LATE: 00 without an approval code, or in another currency, is taken back`() throws {
        for blank in [nil, "      "] {
            let answer = try authorizationAnswer("00", approvalCode: blank).authorizeAnswer(
                asked: money(24_900))
            #expect(answer == .unusable(.approved))
        }
        let euro = try authorizationAnswer("00", currency: .eur)
        #expect(try euro.authorizeAnswer(asked: money(24_900)) == .unusable(.approved))
        let crowns = try authorizationAnswer("00", currency: .dkk)
        #expect(
            try crowns.authorizeAnswer(asked: money(24_900))
                == .approved(approvedMinor: 24_900, approvalCode: "A1B2C3"))
    }

    @Test(arguments: everyCode)
    func `ACQ-LATE: an inquiry's outcome is read by the same table as the answer itself`(text: String)
        throws
    {
        for approvalCode in [nil, "A1B2C3"] {
            let call = InquiryCall(
                intent: intent(1), kind: .authorize, reference: reference(0), money: try money(24_900))
            var message = ISO8583Message(.authorize(.declined(try code(text))), to: call)
            message.amountMinor = 24_900
            message.approvalCode = approvalCode
            let read = try ISO8583Message(decoding: message.encoded())
            let direct = try authorizationAnswer(text, approvalCode: approvalCode)
            #expect(
                try read.inquiryAnswer(asked: call.money)
                    == .authorize(direct.authorizeAnswer(asked: call.money)))
        }
    }

    @Test(arguments: [
        ("00", FollowUpAnswer.accepted), ("08", .accepted), ("11", .accepted), ("16", .accepted),
        ("85", .accepted), ("87", .accepted), ("10", .acceptedInPart(.partial)),
    ])
    func `ACQ-ONCE: an answer to a capture that says yes is a yes`(text: String, expected: FollowUpAnswer)
        throws
    {
        var message = ISO8583Message(.accepted, to: .capture, reference(2))
        message.responseCode = try code(text)
        #expect(try ISO8583Message(decoding: message.encoded()).followUpAnswer() == expected)
    }

    @Test func `PAY-DECLINE: the table has each code once, and a word and an end for each`() {
        let codes = ResponseCode.table.map(\.code.text)
        #expect(Set(codes).count == codes.count)
        #expect(ResponseCode.table.allSatisfy { !$0.meaning.isEmpty })
        // Only yeses end a call as done; only 00 has no reason for a decline.
        for row in ResponseCode.table {
            let saysDone = row.ending == .accepted || row.ending == .acceptedInPart
            #expect((row.answer != .refuses) == saysDone, "\(row.code)")
            let hasReason = row.reason != nil
            #expect(hasReason == (row.code != .approved), "\(row.code)")
        }
    }

    @Test(arguments: ["1A", "65"])
    func `PAY-DECLINE: an issuer that wants strong authentication is told of by a reason of its own`(
        text: String
    ) throws {
        let reason = try #require(try code(text).declineReason)
        #expect(reason == .authenticationRequired)
        #expect(reason.by == .issuer && reason.publicReason == "authentication_required")
    }

    @Test(arguments: [
        ("25", ResponseCode.Ending.refused), ("21", .refused), ("12", .refused), ("94", .refused),
        ("96", .passing), ("91", .passing), ("68", .unsettled), ("09", .unsettled), ("ZZ", .passing),
    ])
    func `ACQ-INTENT: each code has an end for what follows an approval`(
        text: String, ending: ResponseCode.Ending
    ) throws {
        #expect(try code(text).ending == ending)
    }
}
