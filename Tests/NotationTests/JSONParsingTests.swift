import Notation
import Testing

/// What the parser takes and refuses; the cases follow the classes of nst/JSONTestSuite.
struct JSONParsingTests {
    static let accepted: [(String, JSON)] = [
        ("null", .null), (" true ", true), ("false\n", false), ("0", 0), ("-0", 0), ("-1", -1),
        ("\"\"", ""), ("[]", []), ("{}", [:]), ("[ 1 ,\t2\r\n]", [1, 2]),
        ("[[],{\"a\":[null]}]", [[], ["a": [nil]]]),
        ("0.5", .decimal("0.5")), ("1E+2", .decimal("1E+2")), ("-0.0e-0", .decimal("-0.0e-0")),
        ("1e0", .decimal("1e0")),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u00e6\u00F8å""#, "æøå"), (#""\ud83d\ude00""#, "😀"), (#""\u0000""#, "\u{0}"),
        ("\"\u{7F}\u{FFFF}\u{10FFFF}\"", "\u{7F}\u{FFFF}\u{10FFFF}"),
        (#"{"":0," ":1}"#, ["": 0, " ": 1]),
    ]

    @Test(arguments: accepted)
    func `SCA-34: a value of RFC 8259 is read`(text: String, value: JSON) throws {
        #expect(try JSON.parse(text) == value)
    }

    static let refused: [(String, JSONError)] = [
        ("", .unexpectedEnd), (" ", .unexpectedEnd), ("[", .unexpectedEnd), ("[1", .unexpectedEnd),
        ("[1,", .unexpectedEnd), ("{", .unexpectedEnd), (#"{"a""#, .unexpectedEnd),
        (#"{"a":"#, .unexpectedEnd),
        (#"{"a":1"#, .unexpectedEnd), (#"{"a":1,"#, .unexpectedEnd), ("\"a", .unexpectedEnd),
        (#""\"#, .unexpectedEnd),
        ("tru", .unexpectedEnd), ("-", .unexpectedEnd), ("1.", .unexpectedEnd), ("1e", .unexpectedEnd),
        ("1e+", .unexpectedEnd), (#""\u12"#, .unexpectedEnd), (#""\ud800"#, .unexpectedEnd),
        ("[1,]", .unexpectedByte(offset: 3)), ("[,1]", .unexpectedByte(offset: 1)),
        ("[1 2]", .unexpectedByte(offset: 3)),
        (#"{"a":1,}"#, .unexpectedByte(offset: 7)), ("{a:1}", .unexpectedByte(offset: 1)),
        (#"{"a" 1}"#, .unexpectedByte(offset: 5)),
        ("{1:1}", .unexpectedByte(offset: 1)), ("[}", .unexpectedByte(offset: 1)),
        ("{]", .unexpectedByte(offset: 1)),
        ("nul!", .unexpectedByte(offset: 3)), ("True", .unexpectedByte(offset: 0)),
        ("NaN", .unexpectedByte(offset: 0)),
        ("Infinity", .unexpectedByte(offset: 0)), ("-Infinity", .unexpectedByte(offset: 1)),
        ("+1", .unexpectedByte(offset: 0)),
        (".5", .unexpectedByte(offset: 0)), ("-.5", .unexpectedByte(offset: 1)),
        ("1.e2", .unexpectedByte(offset: 2)),
        ("1ee2", .unexpectedByte(offset: 2)), ("'a'", .unexpectedByte(offset: 0)),
        ("/**/1", .unexpectedByte(offset: 0)),
        ("\u{C}1", .unexpectedByte(offset: 0)), ("\u{A0}1", .unexpectedByte(offset: 0)),
        ("\u{FEFF}1", .unexpectedByte(offset: 0)),
        ("\"\n\"", .unexpectedByte(offset: 1)), ("\"a\\n\t\"", .unexpectedByte(offset: 4)),
        ("\"\u{0}\"", .unexpectedByte(offset: 1)),
        ("01", .trailingBytes(offset: 1)), ("-01", .trailingBytes(offset: 2)),
        ("0x1", .trailingBytes(offset: 1)),
        ("1 1", .trailingBytes(offset: 2)), ("{}{}", .trailingBytes(offset: 2)),
        ("[]]", .trailingBytes(offset: 2)),
        ("1\u{0}", .trailingBytes(offset: 1)), ("\"a\"b", .trailingBytes(offset: 3)),
        ("1_000", .trailingBytes(offset: 1)),
        (#""\x41""#, .badEscape(offset: 1)), (#""\a""#, .badEscape(offset: 1)),
        (#""\U0041""#, .badEscape(offset: 1)),
        (#""\u00g0""#, .badEscape(offset: 1)), (#""a\u+123""#, .badEscape(offset: 2)),
        (#""\ud800""#, .badEscape(offset: 1)),
        (#""\ud800a""#, .badEscape(offset: 1)), (#""\ud800\n""#, .badEscape(offset: 1)),
        (#""\ud800\ud800""#, .badEscape(offset: 1)),
        (#""\udc00""#, .badEscape(offset: 1)), (#""\udc00\ud800""#, .badEscape(offset: 1)),
        (#""\ud800\u0041""#, .badEscape(offset: 1)),
        (#"{"\ud800":1}"#, .badEscape(offset: 2)),
    ]

    @Test(arguments: refused)
    func `SCA-34: what is not JSON is refused where it goes wrong`(text: String, error: JSONError) {
        #expect(throws: error) { try JSON.parse(text) }
    }

    static let notUTF8: [([UInt8], Int)] = [
        ([0xFF], 0), ([0x22, 0xE9, 0x22], 1), ([0x22, 0x61, 0xC3, 0x22], 2), ([0x22, 0xC0, 0xAF, 0x22], 1),
        ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),
        ([0x22, 0x22, 0x80], 2),
        ([0xFE, 0xFF, 0x00, 0x31], 0), ([0x22, 0xC3, 0xA6, 0xF0, 0x9F, 0x98, 0x22], 3),
    ]

    @Test(arguments: notUTF8)
    func `SCA-34: bytes that are not UTF-8 are refused at the first bad one`(bytes: [UInt8], offset: Int) {
        #expect(throws: JSONError.invalidUTF8(offset: offset)) { try JSON.parse(bytes) }
    }

    static let repeated: [(String, String, String)] = [
        (#"{"a":1,"a":1}"#, "a", "a"), (#"{"a":1,"\u0061":2}"#, "a", "a"),
        (#"{"order":{"lines":[{},{"kind":1,"x":2,"kind":3}]}}"#, "kind", "order.lines[1].kind"),
        (#"[[{"":1,"":1}]]"#, "", "[0][0]."),
    ]

    @Test(arguments: repeated)
    func `SCA-34: a name twice in one object is refused by name and path`(
        text: String, name: String, path: String
    ) {
        #expect(throws: JSONError.repeatedMember(name: name, path: path)) { try JSON.parse(text) }
    }

    @Test(arguments: [2, 15, 16, 17, 18, 400])
    func `SCA-34: the last of many names is found when it repeats the first`(count: Int) throws {
        let members = (0..<count).map { "\"n\($0)\":\($0)" }
        let fine = try JSON.parse("{" + members.joined(separator: ",") + "}")
        #expect(fine.object?.count == count)
        #expect(throws: JSONError.repeatedMember(name: "n0", path: "n0")) {
            try JSON.parse("{" + (members + ["\"n0\":0"]).joined(separator: ",") + "}")
        }
    }

    @Test func `SCA-34: names that only look alike are different names`() throws {
        let object = try #require(
            try JSON.parse("{\"K\":1,\"\u{212A}\":2,\"\u{E9}\":3,\"e\u{301}\":4}").object)
        #expect(object.count == 4)
        #expect(object["K"] == 1)
        #expect(object["\u{212A}"] == 2)
        #expect(object["e\u{301}"] == 4)
    }

    static let integers: [(String, Int64)] = [
        ("9223372036854775807", .max), ("-9223372036854775808", .min),
        ("9007199254740993", 9_007_199_254_740_993),
    ]

    @Test(arguments: integers)
    func `PAY-AMOUNT: an integer at the bounds of Int64 is exact`(text: String, value: Int64) throws {
        #expect(try JSON.parse(text) == .integer(value))
        #expect(JSON.integer(value).writtenText == text)
    }

    @Test(arguments: ["9223372036854775808", "-9223372036854775809", "18446744073709551616"])
    func `PAY-AMOUNT: an integer past Int64 is refused by path`(text: String) {
        #expect(throws: JSONError.numberTooLarge(path: "order.lines[0]")) {
            try JSON.parse("{\"order\":{\"lines\":[\(text)]}}")
        }
    }

    @Test func `PAY-AMOUNT: a number of 64 characters is read and one of 65 is refused`() throws {
        let longest = "0." + String(repeating: "1", count: 62)
        #expect(try JSON.parse(longest) == .decimal(longest))
        #expect(throws: JSONError.numberTooLarge(path: "")) { try JSON.parse(longest + "1") }
    }

    @Test func `REL-LIMITS: nesting is read to the depth allowed and refused one deeper`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSON.parse(nested(32)) }
        #expect(throws: JSONError.tooDeep) { try JSON.parse(nested(33)) }
        #expect(throws: JSONError.tooDeep) { try JSON.parse(nested(100_000)) }
        #expect(throws: JSONError.tooDeep) { try JSON.parse(#"{"a":{"a":{}}}"#, maximumDepth: 2) }
        #expect(throws: Never.self) { try JSON.parse(#"{"a":{"a":{}}}"#, maximumDepth: 3) }
    }

    @Test func `SCA-34: a slice of a larger buffer is read from its own start`() throws {
        let bytes = Array("xx[1]yy".utf8)
        #expect(try JSON.parse(bytes[2..<5]) == [1])
        #expect(throws: JSONError.trailingBytes(offset: 3)) { try JSON.parse(bytes[2..<6]) }
    }

    @Test(arguments: refused.map(\.1) + [.tooDeep, .invalidUTF8(offset: 1), .numberTooLarge(path: "a")])
    func `PAY-ERROR: every error explains itself in one sentence`(error: JSONError) {
        #expect(error.explanation.hasSuffix("."))
        #expect(error.explanation.count > 20)
    }
}
