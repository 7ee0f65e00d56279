import Testing
import Vocabulary

@Suite struct IdentifierTests {
    /// The example UUID of RFC 9562 appendix A.6: 017f22e2-79b0-7cc3-98c4-dc0c0c07398f.
    private let example = "auth_01FWHE4YDGFK1SHH6W1G60EECF"

    @Test func `the UUID of RFC 9562 appendix A.6 reads, writes and tells its time`() throws {
        let id = try #require(AuthorizationID(example))
        #expect(id.text == example)
        #expect(id.description == example)
        #expect(id.instant.rfc3339 == "2022-02-22T19:22:22.000Z")
        #expect(
            id.uuidBytes == [
                0x01, 0x7F, 0x22, 0xE2, 0x79, 0xB0, 0x7C, 0xC3, 0x98, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39,
                0x8F,
            ])
    }

    @Test(arguments: [
        "", "auth_", "01FWHE4YDGFK1SHH6W1G60EECF", "cnf_01FWHE4YDGFK1SHH6W1G60EECF",
        "AUTH_01FWHE4YDGFK1SHH6W1G60EECF", "auth-01FWHE4YDGFK1SHH6W1G60EECF",
        "auth_01fwhe4ydgfk1shh6w1g60eecf", "auth_01FWHE4YDGFK1SHH6W1G60EEC",
        "auth_01FWHE4YDGFK1SHH6W1G60EECF0",
        "auth_OIFWHE4YDGFK1SHH6W1G60EECF", "auth_U1FWHE4YDGFK1SHH6W1G60EECF",
        // 128 bits do not reach a first digit of 8.
        "auth_81FWHE4YDGFK1SHH6W1G60EECF", "auth_Z1FWHE4YDGFK1SHH6W1G60EECF",
        // Versions 4 and 6 instead of 7.
        "auth_01FWHE4YDG9K1SHH6W1G60EECF", "auth_01FWHE4YDGDK1SHH6W1G60EECF",
        // Variants 0, 110 instead of 10.
        "auth_01FWHE4YDGFK10HH6W1G60EECF", "auth_01FWHE4YDGFK1WHH6W1G60EECF",
        " auth_01FWHE4YDGFK1SHH6W1G60EECF", "auth_01FWHE4YDGFK1SHH6W1G60EECF\n",
    ])
    func `only the one canonical text is read`(text: String) {
        #expect(AuthorizationID(text) == nil)
    }

    @Test(
        arguments: [
            (0, 0, 0), (0, UInt64.max, UInt64.max), (1_795_348_800_000, 1, 2), (253_402_300_799_999, .max, 0),
        ] as [(Int64, UInt64, UInt64)])
    func `what is made reads back`(milliseconds: Int64, first: UInt64, second: UInt64) throws {
        let made = DeviceID(at: Instant(milliseconds: milliseconds), random: (first, second))
        #expect(DeviceID(made.text) == made)
        #expect(made.instant.milliseconds == milliseconds)
        #expect(made.uuidBytes[6] >> 4 == 7)
        #expect(made.uuidBytes[8] >> 6 == 0b10)
    }

    @Test func `identifiers sort by time first, as values and as text`() {
        let earlier = EventID(at: Instant(milliseconds: 1_000), random: (.max, .max))
        let later = EventID(at: Instant(milliseconds: 1_001), random: (0, 0))
        #expect(earlier < later)
        #expect(earlier.text < later.text)
        #expect(EventID(at: Instant(milliseconds: -1), random: (0, 0)).instant.milliseconds == 0)
    }

    @Test func `every kind has its own prefix`() {
        let prefixes = [
            Kinds.Authorization.prefix, Kinds.Confirmation.prefix, Kinds.CardToken.prefix,
            Kinds.Prescription.prefix, Kinds.Hold.prefix, Kinds.Handover.prefix, Kinds.Refund.prefix,
            Kinds.Decision.prefix, Kinds.Customer.prefix, Kinds.Device.prefix, Kinds.Event.prefix,
            Kinds.Operator.prefix, Kinds.SignIn.prefix, Kinds.Session.prefix, Kinds.Intent.prefix,
            Kinds.Card.prefix, Kinds.KeyCard.prefix, Kinds.CodeToken.prefix, Kinds.Activation.prefix,
            Kinds.Key.prefix, Kinds.Lookup.prefix, Kinds.Alert.prefix, Kinds.Request.prefix,
        ]
        #expect(Set(prefixes).count == 23)
    }
}
