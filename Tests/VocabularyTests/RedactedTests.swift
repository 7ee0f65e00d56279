import Testing
import Vocabulary

/// Every way that a value can be turned into text without asking for its contents.
private func printed(_ value: some Sendable) -> [String] {
    var dumped = ""
    dump(value, to: &dumped)
    var collected = ""
    dump([value], to: &collected)
    return [
        "\(value)", String(describing: value), String(reflecting: value), "\([value])",
        "\(Optional(value) as Any)", dumped, collected,
    ]
}

@Suite struct RedactedTests {
    @Test func `PAN-3: printing a secret prints a mask`() throws {
        let number = try CardNumber("4242424242424242")
        let person = try PersonNumber("0707614285")
        let password = try Password("secret4711", personNumber: nil)
        let code = try #require(CardVerificationCode("4711", brand: .amex))
        let match = try #require(MatchCode("471100", digits: 6))
        let cases: [([String], secret: String, mask: String)] = [
            (printed(Redacted("4711")), "4711", "[redacted]"),
            (printed(Redacted([47, 11] as [UInt8])), "47", "[redacted]"),
            (printed(number), "4242", "[pan]"),
            (printed(person), "4285", "[cpr]"),
            (printed(password), "4711", "[password]"),
            (printed(code), "4711", "[cvc]"),
            (printed(match), "4711", "[code]"),
            (printed(LoginName.personNumber(person)), "4285", "[cpr]"),
        ]
        for (texts, secret, mask) in cases {
            for text in texts {
                #expect(text.contains(mask))
                #expect(!text.contains(secret))
            }
        }
    }

    @Test func `PAN-3: the mirror of a secret has no children`() throws {
        #expect(Mirror(reflecting: Redacted("4711")).children.isEmpty)
        #expect(Mirror(reflecting: try CardNumber("4242424242424242")).children.isEmpty)
        #expect(Mirror(reflecting: try PersonNumber("0707614285")).children.isEmpty)
    }

    @Test func `PAN-3: the error for a bad number does not hold it`() {
        #expect(printed(CardNumberError.badCheckDigit).allSatisfy { !$0.contains("42") })
        #expect(throws: CardNumberError.badCheckDigit) { try CardNumber("4242424242424241") }
    }

    @Test func `PAN-3: the loud name gives the secret`() {
        #expect(Redacted("4711").exposed() == "4711")
    }

    @Test func `secrets of bytes, text and numbers are equal when they are the same`() {
        #expect(Redacted([1, 2] as [UInt8]) == Redacted([1, 2]))
        #expect(Redacted([1, 2] as [UInt8]) != Redacted([1, 3]))
        #expect(Redacted("4711") == Redacted("4711"))
        #expect(Redacted("4711") != Redacted("4712"))
        #expect(Redacted(4711) == Redacted(4711))
        #expect(Redacted(4711) != Redacted(4712))
        #expect(Set([Redacted("a"), Redacted("a"), Redacted("b")]).count == 2)
    }

    @Test(
        arguments: [
            ([], [], true), ([1], [1], true), ([1], [2], false), ([1], [], false),
            ([1, 2, 3], [1, 2, 3], true),
            ([1, 2, 3], [1, 2], false), ([0, 2, 3], [128, 2, 3], false), ([1, 2, 3], [1, 2, 2], false),
            ([1, 3], [3, 1], false),
        ] as [([UInt8], [UInt8], Bool)])
    func `bytes are compared whole`(left: [UInt8], right: [UInt8], isEqual: Bool) {
        #expect(constantTimeEquals(left, right) == isEqual)
    }
}
