import Testing
import Vocabulary

@Suite struct TextTests {
    @Test(arguments: [
        "A", "Bogbixen ApS", "Rød Grød & Fløde", "Ærø Åben Ørsted", "Åse's \"bog\" – 100 %", "北京书店",
        "Кафе Привет", "مكتبة", "Boghandel 📚", "\u{1EB9}\u{308}x",
    ])
    func `SCA-05: a name in any script is taken as it is`(name: String) throws {
        #expect(try DisplayName(name).text == name)
    }

    @Test func `SCA-05: 130 characters are a name and 131 are not`() throws {
        #expect(try DisplayName(String(repeating: "æ", count: 130)).text.count == 130)
        #expect(throws: TextError.tooLong(maximum: 130)) {
            try DisplayName(String(repeating: "æ", count: 131))
        }
        #expect(throws: TextError.empty) { try DisplayName("") }
    }

    @Test func `SCA-05: accents piled on one letter count`() {
        #expect(throws: TextError.tooLong(maximum: 130)) {
            try DisplayName("x" + String(repeating: "\u{310}", count: 130))
        }
    }

    @Test(
        arguments: [
            0x00, 0x07, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9F,  // control
            0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E,  // bidirectional marks, overrides
            0x2066, 0x2067, 0x2068, 0x2069,  // isolates
            0xAD, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x034F, 0xFE0F,  // zero width
            0x115F, 0x3164, 0xFFA0, 0x2800,  // drawn as nothing
            0x2028, 0x2029, 0xE000, 0xF8FF, 0x0378, 0xFFFE, 0xFFFF, 0xE0041,  // lines, private, none, tag
        ] as [UInt32])
    func `SCA-05: what nobody sees is refused`(code: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(code))
        let error = TextError.forbiddenCharacter(scalar: code, offset: 3)
        #expect(throws: error) { try DisplayName("Bog\(Character(scalar))bixen") }
        #expect(throws: error) { try PlainText("Bog\(Character(scalar))", maximum: 10) }
        #expect(throws: error) { try OrderReference("100\(Character(scalar))1") }
    }

    @Test(arguments: [" Bogbixen", "Bogbixen ", "\u{A0}Bogbixen", "Bogbixen\u{3000}", " "])
    func `SCA-05: white space around a name is refused`(name: String) {
        #expect(throws: TextError.surroundingSpace) { try DisplayName(name) }
    }

    @Test(arguments: ["A\u{30A}se", "\u{212B}se", "Rose\u{301}", "\u{2126}"])
    func `SCA-05: a name that is not in form NFC is refused`(name: String) {
        #expect(throws: TextError.notNormalized) { try DisplayName(name) }
    }

    @Test func `SCA-05: a name cannot begin with an accent`() {
        #expect(throws: TextError.forbiddenCharacter(scalar: 0x301, offset: 0)) {
            try DisplayName("\u{301}Bogbixen")
        }
    }

    @Test func `lengths of plain text and order reference`() throws {
        #expect(try PlainText("12345", maximum: 5).text == "12345")
        #expect(throws: TextError.tooLong(maximum: 5)) { try PlainText("123456", maximum: 5) }
        #expect(try OrderReference(String(repeating: "9", count: 64)).text.count == 64)
        #expect(throws: TextError.tooLong(maximum: 64)) {
            try OrderReference(String(repeating: "9", count: 65))
        }
    }

    @Test func `an explanation says where and what, in its own words`() {
        let explanation = TextError.forbiddenCharacter(scalar: 0x202E, offset: 3).explanation
        #expect(explanation.contains("U+202E"))
        #expect(explanation.contains("position 4"))
        #expect(TextError.tooLong(maximum: 64).explanation.contains("64"))
    }

    @Test(arguments: ["ab", "bogbixen", "apotek-2", "a" + String(repeating: "b", count: 39)])
    func `a merchant's short name`(text: String) {
        #expect(MerchantID(text)?.text == text)
    }

    @Test(arguments: [
        "", "a", "2bog", "-bog", "Bog", "bog_bixen", "bøg", "bog bixen", "../x",
        "a" + String(repeating: "b", count: 40),
    ])
    func `what is no merchant's short name`(text: String) {
        #expect(MerchantID(text) == nil)
    }
}
