import Testing
import Vocabulary

@Suite struct PersonTests {
    @Test func `SCA-29: the example of the CPR office reads with and without hyphen`() throws {
        let number = try PersonNumber("070761-4285")
        #expect(number.birthDate.description == "1961-07-07")
        #expect(number.sex == .male)
        #expect(number.exposed() == "0707614285")
        #expect(try PersonNumber("0707614285") == number)
    }

    @Test func `SCA-29: the public test person Nancy Ann Berggren reads`() throws {
        let number = try PersonNumber("251248-9996")
        #expect(number.birthDate.description == "1948-12-25")
        #expect(number.sex == .female)
    }

    @Test func `SCA-29: 1 January 1965 without modulus 11 is accepted`() throws {
        let text = "0101650001"
        let weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]
        let sum = zip(text.utf8, weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 }
        #expect(!sum.isMultiple(of: 11))
        #expect(try PersonNumber(text).birthDate.description == "1965-01-01")
    }

    @Test(arguments: [
        (0, "00", 1900), (0, "99", 1999), (3, "00", 1900), (3, "99", 1999),
        (4, "00", 2000), (4, "36", 2036), (4, "37", 1937), (4, "99", 1999),
        (5, "00", 2000), (5, "57", 2057), (5, "58", 1858), (5, "99", 1899),
        (8, "00", 2000), (8, "57", 2057), (8, "58", 1858), (8, "99", 1899),
        (9, "00", 2000), (9, "36", 2036), (9, "37", 1937), (9, "99", 1999),
    ])
    func `SCA-29: the seventh digit tells the century`(digit: Int, years: String, year: Int) throws {
        #expect(try PersonNumber("0101\(years)\(digit)000").birthDate.year == year)
    }

    @Test(
        arguments: [
            ("", .notTenDigits), ("070761428", .notTenDigits), ("07076142855", .notTenDigits),
            ("0707-614285", .notTenDigits), ("070761--4285", .notTenDigits), ("070761 4285", .notTenDigits),
            ("07076142a5", .notTenDigits), ("٠707614285", .notTenDigits), ("3002610000", .impossibleDate),
            ("0013610000", .impossibleDate), ("0001610000", .impossibleDate), ("6101610000", .impossibleDate),
            // 29 February: 1900 had none, 2000 had one.
            ("2902000000", .impossibleDate),
        ] as [(String, PersonNumberError)])
    func `SCA-29: what names no day is refused`(text: String, error: PersonNumberError) {
        #expect(throws: error) { try PersonNumber(text) }
    }

    @Test func `SCA-29: 29 February of 2000 is a day`() throws {
        #expect(try PersonNumber("2902004000").birthDate.description == "2000-02-29")
    }

    @Test(arguments: [
        ("abcde", "abcde"), ("Anna.Berg_1@Post-Dk", "anna.berg_1@post-dk"), ("123456789", "123456789"),
        ("12345678901", "12345678901"),
        (String(repeating: "a", count: 48), String(repeating: "a", count: 48)),
    ])
    func `a user ID is taken in lower case`(text: String, stored: String) throws {
        #expect(try UserID(text).text == stored)
    }

    @Test(
        arguments: [
            ("abcd", .tooShort), (String(repeating: "a", count: 49), .tooLong),
            ("anna berg", .forbiddenCharacter),
            ("annaø", .forbiddenCharacter), ("\u{212A}elvin", .forbiddenCharacter),
            ("anna/berg", .forbiddenCharacter),
            ("0707614285", .looksLikePersonNumber), ("070761-4285", .looksLikePersonNumber),
            ("9999999999", .looksLikePersonNumber), ("0-707614285", .looksLikePersonNumber),
        ] as [(String, UserIDError)])
    func `what is no user ID is refused`(text: String, error: UserIDError) {
        #expect(throws: error) { try UserID(text) }
    }

    @Test func `a login name is a CPR number or a user ID`() throws {
        #expect(try LoginName("070761-4285") == .personNumber(PersonNumber("0707614285")))
        #expect(try LoginName("Anna.Berg") == .userID(UserID("anna.berg")))
        #expect(throws: UserIDError.looksLikePersonNumber) { try LoginName("9999999999") }
    }

    @Test(arguments: ["abcde1", "1æøåab", "a1" + String(repeating: " ", count: 38)])
    func `a password has 6 to 40 characters, letters and digits`(text: String) throws {
        #expect(try Password(text, personNumber: PersonNumber("0707614285")).exposed() == text)
    }

    @Test(
        arguments: [
            ("abcd1", .tooShort), ("a1" + String(repeating: "x", count: 39), .tooLong),
            ("123456", .needsLetter),
            ("abcdef", .needsDigit), ("abcde1\n", .forbiddenCharacter),
            ("x0707614285", .containsPersonNumber),
            ("070761-4285x", .containsPersonNumber), ("ab-070761-4285-cd", .containsPersonNumber),
        ] as [(String, PasswordError)])
    func `what is no password is refused`(text: String, error: PasswordError) throws {
        let owner = try PersonNumber("0707614285")
        #expect(throws: error) { try Password(text, personNumber: owner) }
    }

    @Test func `another person's number is no secret of this one`() throws {
        let other = try PersonNumber("2512489996")
        #expect(try Password("x0707614285", personNumber: other).exposed() == "x0707614285")
        #expect(try Password("x0707614285", personNumber: nil).exposed() == "x0707614285")
    }

    @Test func `two spellings of one password are one password`() throws {
        let composed = try Password("bl\u{E5}b\u{E6}r1", personNumber: nil)
        #expect(try Password("bla\u{30A}b\u{E6}r1", personNumber: nil) == composed)
    }

    @Test(arguments: ["5790000000005", "4006381333931"])
    func `RX-MERCHANT: a GLN has 13 digits and a check digit`(text: String) {
        #expect(GLN(text)?.text == text)
    }

    @Test(arguments: [
        "", "5790000000006", "579000000000", "57900000000050", "579000000000a", "4006381333913",
    ])
    func `RX-MERCHANT: what is no GLN is refused`(text: String) {
        #expect(GLN(text) == nil)
    }

    @Test func `a product number has six digits, a match code two or six`() {
        #expect(ProductNumber("012345")?.text == "012345")
        #expect(ProductNumber("12345") == nil)
        #expect(ProductNumber("1234567") == nil)
        #expect(ProductNumber("12345a") == nil)
        #expect(MatchCode("07")?.text == "07")
        #expect(MatchCode("7") == nil)
        #expect(MatchCode("007") == nil)
        #expect(MatchCode("0a") == nil)
        #expect(MatchCode("004711", digits: 6)?.text == "004711")
        #expect(MatchCode("0047", digits: 4) == nil)
        #expect(MatchCode("07", digits: 6) == nil)
    }
}
