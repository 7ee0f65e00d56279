import Foundation
import Notation
import Testing

/// RFC 8785. The numbers are those of its appendix B, the objects those of sections 3.2.2 and 3.2.3.
struct JSONCanonicalTests {
    static let numbers: [(UInt64, String)] = [
        (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
        (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
        (0xC340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
        (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"), (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
        (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
        (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
        (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
        (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
        (0x41B3_DE43_5555_5557, "333333333.33333343"), (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
        (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
    ]

    @Test(arguments: numbers)
    func `SCA-34: a double is written as ECMAScript writes it`(bits: UInt64, text: String) throws {
        let lexeme = Double(bitPattern: bits).description
        #expect(try canonicalText(.decimal(lexeme)) == text)
        // The canonical text reads back as the same double and is its own canonical form.
        #expect(try canonicalText(.decimal(text)) == text)
    }

    static let lexemes: [(String, String)] = [
        ("56.0", "56"), ("1E30", "1e+30"), ("4.50", "4.5"), ("2e-3", "0.002"), ("100e-2", "1"), ("-0", "0"),
        ("-0.0", "0"),
        ("1e21", "1e+21"), ("1e20", "100000000000000000000"), ("123e-9", "1.23e-7"), ("1e-400", "0"),
        ("9007199254740991", "9007199254740991"), ("9007199254740993", "9007199254740992"),
        ("9223372036854775807", "9223372036854776000"), ("-9223372036854775808", "-9223372036854776000"),
    ]

    @Test(arguments: lexemes)
    func `SCA-34: a number has one canonical text however it was written`(lexeme: String, text: String) throws
    {
        #expect(try canonicalText(JSON.parse(lexeme)) == text)
    }

    @Test(arguments: ["1e309", "-1e400", "1e99999", "NaN", "inf", "0x10", "", "1\",\"a\":1"])
    func `SCA-34: a number that no double holds has no canonical form`(lexeme: String) {
        #expect(throws: JSONError.numberTooLarge(path: "")) { try JSON.array([.decimal(lexeme)]).canonical() }
    }

    @Test func `SCA-34: the example of RFC 8785 section 3.2.2 comes out as printed there`() throws {
        let input = #"""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        let expected =
            #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
            + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        #expect(try canonicalText(JSON.parse(input)) == expected)
    }

    @Test func `SCA-34: names sort by UTF-16 code units as in RFC 8785 section 3.2.3`() throws {
        let input = #"""
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",
             "\u00f6":"Latin Small Letter O With Diaeresis"}
            """#
        let canonical = try JSON.parse(JSON.parse(input).canonical())
        #expect(
            canonical.object?.members.map(\.value.text) == [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
                "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
            ])
    }

    @Test func `SCA-34: canonical form sorts at every depth and compact form does not`() throws {
        let value = try JSON.parse(#"{ "b" : [ {"d":1, "c":2} ], "a" : 1.50 }"#)
        #expect(value.writtenText == #"{"b":[{"d":1,"c":2}],"a":1.50}"#)
        #expect(try canonicalText(value) == #"{"a":1.5,"b":[{"c":2,"d":1}]}"#)
    }

    @Test(.enabled(if: SharedVectors.arePresent, "the public RFC 8785 vectors are not in ../shared/data"))
    func `SCA-34: the public vectors of RFC 8785 come out byte for byte`() throws {
        let vectors = try #require(try SharedVectors.read().array)
        #expect(vectors.count == 6)
        for vector in vectors {
            let vector = try #require(vector.object)
            let name = try #require(vector["name"]?.text)
            let input = try #require(vector["inputUTF8"]?.text)
            let hex = try #require(vector["outputHex"]?.text).filter { !$0.isWhitespace }
            #expect(try Hex.encode(JSON.parse(input).canonical()) == hex, "\(name)")
        }
    }
}

private func canonicalText(_ value: JSON) throws -> String {
    String(decoding: try value.canonical(), as: UTF8.self)
}

/// cyberphone/json-canonicalization, when the machine has it beside the package.
private enum SharedVectors {
    static let path =
        #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        + "/../shared/data/prescriptions/jcs-rfc8785/vectors.json"

    static var arePresent: Bool { FileManager.default.fileExists(atPath: path) }

    static func read() throws -> JSON {
        try JSON.parse(try Data(contentsOf: URL(filePath: path)))
    }
}
