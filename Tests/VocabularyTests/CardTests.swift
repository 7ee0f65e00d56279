import Testing

@testable import Vocabulary

@Suite struct CardTests {
    @Test(
        arguments: [
            ("4242424242424242", .visa), ("4000000000000002", .visa), ("4222222222222", .visa),
            ("5555555555554444", .mastercard), ("2223003122003222", .mastercard), ("378282246310005", .amex),
            ("5019717010103742", .dankort),
        ] as [(String, CardBrand)])
    func `PAN-4: the public test numbers have their brand`(text: String, brand: CardBrand) throws {
        let number = try CardNumber(text)
        #expect(number.brand == brand)
        #expect(number.exposed() == text)
        #expect(number.first6 == String(text.prefix(6)))
        #expect(number.last4 == String(text.suffix(4)))
    }

    @Test(
        arguments: [
            ("4000", .visa), ("4571", .visa), ("4999", .visa), ("3999", nil), ("5000", nil),
            ("2220", nil), ("2221", .mastercard), ("2720", .mastercard), ("2721", nil),
            ("5099", nil), ("5100", .mastercard), ("5599", .mastercard), ("5600", nil),
            ("5018", nil), ("5019", .dankort), ("5020", nil),
            ("3399", nil), ("3400", .amex), ("3499", .amex), ("3500", nil), ("3699", nil), ("3700", .amex),
            ("3799", .amex), ("3800", nil), ("6011", nil), ("400", nil),
        ] as [(String, CardBrand?)])
    func `PAN-4: each range ends where it ends`(digitText: String, brand: CardBrand?) throws {
        #expect(CardBrand(digits: try #require(digits(of: digitText))) == brand)
    }

    @Test(
        arguments: [
            ("", .badLength), ("4242 4242 4242 4242", .notDigits), ("4242-4242", .notDigits),
            ("４242424242424242", .notDigits), ("42424242424", .badLength),
            ("42424242424242424242", .badLength),
            ("4242424242424241", .badCheckDigit), ("4242424242424224", .badCheckDigit),
            ("6011111111111117", .unknownBrand), ("30569309025904", .unknownBrand),
            // In order but for a length that the brand does not have.
            ("424242424242", .badLength), ("550000000000004", .badLength),
            ("3782822463100005", .badCheckDigit),
        ] as [(String, CardNumberError)])
    func `PAN-4: what is no card number of ours is refused`(text: String, error: CardNumberError) {
        #expect(throws: error) { try CardNumber(text) }
    }

    @Test func `PAN-4: every single changed digit breaks the check digit`() {
        let good = Array("4242424242424242".utf8)
        var accepted = 0
        for index in good.indices {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != good[index] {
                var changed = good
                changed[index] = digit
                do {
                    _ = try CardNumber(String(decoding: changed, as: UTF8.self))
                    accepted += 1
                } catch {
                    #expect(error == .badCheckDigit)
                }
            }
        }
        #expect(accepted == 0)
    }

    @Test(arguments: [
        (12, 2030, "2030-12-31", false), (12, 2030, "2031-01-01", true), (2, 2028, "2028-02-29", false),
        (2, 2028, "2028-03-01", true), (6, 2030, "2030-05-31", false), (1, 2030, "2029-12-31", false),
    ])
    func `PAN-4: a card is good to the last day of its month`(
        month: Int, year: Int, day: String, isOver: Bool
    ) throws {
        let expiry = try #require(CardExpiry(month: month, year: year))
        #expect(expiry.isOver(on: try #require(LocalDate(day))) == isOver)
    }

    @Test func `PAN-4: months and years of an expiry have bounds`() {
        #expect(CardExpiry(month: 1, year: 2000) != nil)
        #expect(CardExpiry(month: 12, year: 2099) != nil)
        #expect(CardExpiry(month: 0, year: 2030) == nil)
        #expect(CardExpiry(month: 13, year: 2030) == nil)
        #expect(CardExpiry(month: 1, year: 1999) == nil)
        #expect(CardExpiry(month: 1, year: 2100) == nil)
    }

    @Test(
        arguments: [
            ("123", .visa, true), ("1234", .visa, false), ("12", .visa, false), ("12a", .mastercard, false),
            ("123", .dankort, true), ("1234", .amex, true), ("123", .amex, false), ("", .visa, false),
        ] as [(String, CardBrand, Bool)])
    func `PAN-4: a verification code has the length of its brand`(
        text: String, brand: CardBrand, isGood: Bool
    ) {
        #expect((CardVerificationCode(text, brand: brand) != nil) == isGood)
    }

    @Test func `PAN-4: a masked card shows brand and last four`() throws {
        let expiry = try #require(CardExpiry(month: 12, year: 2030))
        let card = MaskedCard(try CardNumber("4242424242424242"), expiry: expiry)
        #expect(card.short == "visa ••4242")
        #expect(MaskedCard(brand: .visa, first6: "424242", last4: "4242", expiry: expiry) == card)
        #expect(MaskedCard(brand: .amex, first6: "424242", last4: "4242", expiry: expiry) == nil)
        #expect(MaskedCard(brand: .visa, first6: "4242424", last4: "4242", expiry: expiry) == nil)
        #expect(MaskedCard(brand: .visa, first6: "424242", last4: "424", expiry: expiry) == nil)
    }
}
