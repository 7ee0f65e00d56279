import Testing
import Vocabulary

@Suite struct MoneyTests {
    @Test(arguments: [1, 24_900, 999_999_999_999] as [Int64])
    func `PAY-AMOUNT: one minor unit to twelve digits is money`(amount: Int64) throws {
        #expect(try Money(amountMinor: amount, currency: .dkk).amountMinor == amount)
    }

    @Test(
        arguments: [
            (0, .notPositive), (-1, .notPositive), (.min, .notPositive),
            (1_000_000_000_000, .tooLarge), (.max, .tooLarge),
        ] as [(Int64, MoneyError)])
    func `PAY-AMOUNT: zero, negative and more than twelve digits are refused`(
        amount: Int64, error: MoneyError
    ) {
        #expect(throws: error) { try Money(amountMinor: amount, currency: .dkk) }
    }

    @Test(arguments: [
        (24_900, "DKK", "249,00 kr."), (123_450, "EUR", "1.234,50 EUR"), (500, "JPY", "500 JPY"),
        (1_234, "BHD", "1,234 BHD"), (1, "DKK", "0,01 kr."), (99, "DKK", "0,99 kr."),
        (100, "DKK", "1,00 kr."), (99_999, "DKK", "999,99 kr."), (100_000, "DKK", "1.000,00 kr."),
        (1, "JPY", "1 JPY"), (1_000, "JPY", "1.000 JPY"), (1, "CLF", "0,0001 CLF"),
        (999_999_999_999, "DKK", "9.999.999.999,99 kr."), (999_999_999_999, "JPY", "999.999.999.999 JPY"),
        (999_999_999_999, "BHD", "999.999.999,999 BHD"),
    ])
    func `SCA-05: an amount is shown in Danish format with its currency`(
        amount: Int64, code: String, text: String
    ) throws {
        let currency = try #require(Currency(code: code))
        #expect(try Money(amountMinor: amount, currency: currency).danish == text)
    }

    @Test(arguments: [
        ("DKK", 2), ("EUR", 2), ("SEK", 2), ("NOK", 2), ("USD", 2), ("JPY", 0), ("BHD", 3), ("ISK", 0),
        ("KWD", 3), ("CLF", 4), ("UYW", 4), ("XCG", 2), ("ZWG", 2), ("MGA", 2),
    ])
    func `PAY-AMOUNT: a currency knows its exponent`(code: String, exponent: Int) throws {
        let currency = try #require(Currency(code: code))
        #expect(currency.exponent == exponent)
        #expect(currency.code == code)
    }

    @Test(arguments: [
        "", "dkk", "Dkk", "DK", "DKKK", " DKK", "208", "XXX", "XAU", "XTS", "DEM", "HRK", "ABC",
    ])
    func `PAY-AMOUNT: an unknown, retired or lower-case currency is refused`(code: String) {
        #expect(Currency(code: code) == nil)
    }

    @Test(arguments: [Currency.dkk, .eur, .sek, .nok, .usd, .jpy, .bhd])
    func `PAY-AMOUNT: the named currencies are the ones of the list`(currency: Currency) {
        #expect(Currency(code: currency.code) == currency)
    }
}
