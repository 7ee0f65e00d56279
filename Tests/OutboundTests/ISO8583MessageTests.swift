import Lifecycles
import Operations
import Outbound
import Testing
import Vocabulary

/// One message of every type.
func sampleMessages() throws -> [ISO8583Message] {
    let institution = "45718"
    let follow = try followUpCall(20_000, intent: 2)
    let again = try followUpCall(20_000, intent: 2, isRepeat: true)
    let kinds: [AcquirerCallKind] = [.capture, .refund, .reversal]
    let requests = try [
        ISO8583Message(authorizeCall(), institution: institution),
        ISO8583Message(authorizeCall(Card.amex, isRepeat: true), institution: institution),
        ISO8583Message(authorizeCall(currency: .jpy), institution: institution),
        ISO8583Message(inquiryCall(.refund, intent: 4), institution: institution),
    ]
    let followUps = kinds.flatMap { kind in
        [follow, again].map { ISO8583Message($0, kind: kind, institution: institution) }
    }
    let approved = AuthorizeAnswer.approved(approvedMinor: 24_900, approvalCode: "A1B2C3")
    let refused = FollowUpAnswer.refused(.systemError)
    let inquiry = inquiryCall(.capture, intent: 2)
    return requests + followUps + [
        ISO8583Message(approved, to: reference(0), askedMinor: 24_900),
        ISO8583Message(approved, to: reference(0), askedMinor: 49_800),
        ISO8583Message(.declined(.lostCard), to: reference(0), askedMinor: 24_900),
        ISO8583Message(.accepted, to: .capture, reference(2)),
        ISO8583Message(refused, to: .reversalRepeat, reference(2)),
        ISO8583Message(.accepted, to: .refund, reference(2)),
        ISO8583Message(.neverSeen, to: inquiry),
        ISO8583Message(.authorize(approved), to: inquiry),
        ISO8583Message(.followUp(refused), to: inquiry),
    ]
}

@Suite struct ISO8583MessageTests {
    @Test func `ACQ-PORT: a 0100 is exactly these bytes`() throws {
        let more = [
            "0130\(intent(1))", "0408bogbixen", "420205", "43400102030405060708090A0B0C0D0E0F1011121314",
            "66360193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", "67052.2.0", "6801Y", "9203987",
        ].joined()
        let expected = [
            "0100", "723C040108C18000", "164242424242424242", "000000", "000000024900", "1122120000",
            "100000", "120000", "1122", "3012", "810", "0545718", "632712000001", "GODKEND1",
            "bogbixen       ", "\(more.utf8.count)", more, "208",
        ].joined()
        let message = ISO8583Message(try authorizeCall(), institution: "45718")
        let text = String(decoding: try message.encoded(), as: UTF8.self)
        #expect(noon.rfc3339 == "2026-11-22T12:00:00.000Z")
        #expect(text == expected)
    }

    @Test func `ACQ-PORT: an 0420 names its original in data element 90 behind a second bitmap`() throws {
        let call = try followUpCall(24_900, intent: 2)
        let text = String(
            decoding: try ISO8583Message(call, kind: .reversal, institution: "45718").encoded(),
            as: UTF8.self)
        #expect(text.hasPrefix("0420B238000108C180000000004000000000"))
        let original = ["208", "0100", "100000", "1122120000", "00000045718", "00000000000"].joined()
        #expect(text.hasSuffix(original))
    }

    @Test func `ACQ-PORT: every message is read as it was written`() throws {
        for message in try sampleMessages() {
            #expect(try ISO8583Message(decoding: message.encoded()) == message)
        }
        #expect(Set(try sampleMessages().map(\.type)) == Set(ISO8583MessageType.allCases))
    }

    @Test(arguments: [Card.good, Card.mastercard, Card.amex, Card.dankort])
    func `ACQ-SCA: card, code and what the customer proved arrive whole`(card: String) throws {
        let call = try authorizeCall(card)
        let bytes = try ISO8583Message(call, institution: "1").encoded()
        let arrived = try ISO8583Message(decoding: bytes).authorizeCall(at: noon)
        #expect(arrived.intent == call.intent)
        #expect(arrived.reference == call.reference)
        #expect(arrived.merchant == call.merchant)
        #expect(arrived.money == call.money)
        #expect(arrived.card == call.card)
        #expect(arrived.expiry == call.expiry)
        #expect(arrived.verificationCode == call.verificationCode)
        #expect(arrived.evidence == evidence)
        #expect(arrived.isRepeat == false)
    }

    @Test func `ACQ-PORT: follow-ups and inquiries arrive whole`() throws {
        let call = try followUpCall(20_000, intent: 2, isRepeat: true)
        let bytes = try ISO8583Message(call, kind: .refund, institution: "1").encoded()
        #expect(try ISO8583Message(decoding: bytes).followUpCall(at: noon) == call)
        let inquiry = inquiryCall(.refund, intent: 4)
        let asked = try ISO8583Message(inquiry, institution: "1").encoded()
        #expect(try ISO8583Message(decoding: asked).inquiryCall(at: noon) == inquiry)
    }

    @Test(arguments: [1, Money.maximumMinor])
    func `PAY-AMOUNT: the smallest and the largest amount fit into twelve digits`(minor: Int64) throws {
        let message = ISO8583Message(try authorizeCall(Card.good, minor), institution: "1")
        #expect(try ISO8583Message(decoding: message.encoded()).amountMinor == minor)
    }

    @Test func `PAY-AMOUNT: thirteen digits are refused`() throws {
        var message = ISO8583Message(try authorizeCall(), institution: "1")
        message.amountMinor = Money.maximumMinor + 1
        #expect(throws: ISO8583Error.badLength(element: 4)) { try message.encoded() }
    }

    @Test func `ACQ-PORT: a merchant with a name of forty characters arrives whole`() throws {
        let name = "a" + String(repeating: "b", count: 39)
        let call = try followUpCall(1, intent: 2, merchant: name)
        let message = ISO8583Message(call, kind: .capture, institution: "1")
        #expect(message.acceptor == String(name.prefix(15)))
        #expect(try ISO8583Message(decoding: message.encoded()).followUpCall(at: noon).merchant.text == name)
    }

    @Test func `PAN-2: a call without a code is a message without a code`() throws {
        let call = try authorizeCall()
        let bare = AuthorizeCall(
            intent: call.intent, reference: call.reference, merchant: call.merchant, money: call.money,
            card: call.card, expiry: call.expiry, verificationCode: nil, evidence: call.evidence,
            isRepeat: true)
        let bytes = try ISO8583Message(bare, institution: "1").encoded()
        #expect(try ISO8583Message(decoding: bytes).authorizeCall(at: noon).verificationCode == nil)
    }

    @Test func `PAN-3: printing a message shows neither card number nor data element 48`() throws {
        let message = ISO8583Message(try authorizeCall(), institution: "45718")
        var dumped = ""
        dump(message, to: &dumped)
        for text in ["\(message)", String(reflecting: message), dumped] {
            #expect(!text.contains("4242424242424242"))
            #expect(!text.contains("0102030405"))
            #expect(!text.contains("987"))
        }
        #expect("\(message)".hasPrefix("0100 2=[pan] 3=000000 4=000000024900 7=1122120000"))
        #expect("\(message)".contains(" 48=[masked] "))
    }

    /// A moment on the wire, our clock, and the moment that is meant.
    static let years = [
        ("2026-12-31T23:59:59Z", "2027-01-01T00:00:05Z"), ("2027-01-01T00:00:00Z", "2026-12-31T23:59:58Z"),
        ("2028-02-29T10:00:00Z", "2028-03-01T10:00:00Z"), ("2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z"),
    ]

    @Test(arguments: years)
    func `ACQ-LATE: the year that the wire leaves out is the nearest one`(sent: String, now: String) throws {
        let sent = try #require(Instant(rfc3339: sent))
        let now = try #require(Instant(rfc3339: now))
        #expect(ISO8583Moment(sent).instant(nearestTo: now) == sent)
    }

    @Test(arguments: ["0229000000", "1231235959", "0101000000"])
    func `ACQ-PORT: a moment that exists is read`(text: String) {
        #expect(ISO8583Moment(text)?.text == text)
    }

    @Test(arguments: [
        "0230000000", "1301000000", "0001000000", "0100000000", "0101240000", "0101006000", "0101000060",
        "010100000", "01010000000", "01010000 0", "",
    ])
    func `ACQ-PORT: a moment that does not exist is refused`(text: String) {
        #expect(ISO8583Moment(text) == nil)
    }
}
