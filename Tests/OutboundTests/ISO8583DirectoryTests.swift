import Lifecycles
import Operations
import Testing
import Vocabulary

@testable import Outbound

@Suite struct ISO8583DirectoryTests {
    /// As much of the directory as a second pair of eyes wrote down: number, characters of the shortest and
    /// the longest value in the ASCII form, and digits of the length.
    static let lengths: [(number: Int, most: Int, lengthDigits: Int)] = [
        (2, 19, 2), (3, 6, 0), (4, 12, 0), (5, 12, 0), (6, 12, 0), (7, 10, 0), (8, 8, 0), (9, 8, 0),
        (10, 8, 0), (11, 6, 0), (12, 6, 0), (13, 4, 0), (14, 4, 0), (15, 4, 0), (16, 4, 0), (17, 4, 0),
        (18, 4, 0), (19, 3, 0), (20, 3, 0), (21, 3, 0), (22, 3, 0), (23, 3, 0), (24, 3, 0), (25, 2, 0),
        (26, 2, 0), (27, 1, 0), (28, 9, 0), (29, 9, 0), (30, 9, 0), (31, 9, 0), (32, 11, 2), (33, 11, 2),
        (34, 28, 2), (35, 37, 2), (36, 104, 3), (37, 12, 0), (38, 6, 0), (39, 2, 0), (40, 3, 0), (41, 8, 0),
        (42, 15, 0), (43, 40, 0), (44, 25, 2), (45, 76, 2), (46, 999, 3), (47, 999, 3), (48, 999, 3),
        (49, 3, 0), (50, 3, 0), (51, 3, 0), (52, 16, 0), (53, 16, 0), (54, 120, 3), (55, 999, 3),
        (60, 999, 3), (63, 999, 3), (64, 16, 0), (65, 16, 0), (66, 1, 0), (67, 2, 0), (68, 3, 0),
        (70, 3, 0), (71, 4, 0), (73, 6, 0), (74, 10, 0), (81, 10, 0), (82, 12, 0), (86, 16, 0), (90, 42, 0),
        (91, 1, 0), (92, 2, 0), (93, 5, 0), (94, 7, 0), (95, 42, 0), (96, 16, 0), (97, 17, 0), (98, 25, 0),
        (99, 11, 2), (100, 11, 2), (101, 17, 2), (102, 28, 2), (103, 28, 2), (104, 100, 3), (105, 999, 3),
        (112, 999, 3), (120, 999, 3), (127, 999, 3), (128, 16, 0),
    ]

    @Test func `ACQ-PORT: every element of the directory has its format`() {
        #expect(ISO8583Directory.formats.keys.sorted() == Array(2...128))
        for row in Self.lengths {
            let format = ISO8583Directory.formats[row.number]
            let unit = format?.content == .bytes ? 2 : 1
            let expected: ISO8583Format.Length =
                row.lengthDigits == 0
                ? .fixed(row.most / unit) : .upTo(row.most, lengthDigits: row.lengthDigits)
            #expect(format?.length == expected, "element \(row.number)")
        }
    }

    @Test(arguments: ISO8583Dialect.Encoding.allCases)
    func `ACQ-PORT: an answer with any elements of the directory is read as without them`(
        encoding: ISO8583Dialect.Encoding
    ) throws {
        let dialect = ISO8583Dialect(encoding: encoding)
        var random = Seeded(state: 1_987)
        for round in 0..<2_000 {
            var elements = Self.answer
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                let number = Int.random(in: 2...128, using: &random)
                guard elements[number] == nil, !Self.needed.contains(number) else { continue }
                elements[number] = try Self.value(number, &random)
            }
            var writer = ISO8583Writer(encoding)
            for (number, text) in elements.sorted(by: { $0.key < $1.key }) { try writer.add(number, text) }
            let message = try ISO8583Message(decoding: writer.message("0110"), as: dialect)
            let note: Comment = "seed 1987, round \(round): \(elements.keys.sorted())"
            #expect(
                try message.authorizeAnswer(asked: money(24_900))
                    == .approved(approvedMinor: 24_900, approvalCode: "A1B2C3"), note)
            #expect(try message.reference(at: noon) == reference(0), note)
        }
    }

    /// What our reading rests on; the currency is among what may come or not.
    private static let needed: Set<Int> = [4, 7, 11, 37, 38, 39, 41, 49]
    private static let answer: [Int: String] = [
        4: "000000024900", 7: "1122120000", 11: "100000", 37: "632712000001", 38: "A1B2C3", 39: "00",
        41: "GODKEND1", 49: "208",
    ]

    /// A value of the right kind and a random length.
    private static func value(_ number: Int, _ random: inout Seeded) throws -> String {
        let format = try #require(ISO8583Directory.formats[number])
        let count =
            switch format.length {
            case .fixed(let fixed): fixed
            case .upTo(let most, _): Int.random(in: 1...most, using: &random)
            }
        func text(_ alphabet: String, _ count: Int) throws -> String {
            String(try (0..<count).map { _ in try #require(alphabet.randomElement(using: &random)) })
        }
        switch format.content {
        case .digits: return try text("0123456789", count)
        case .track: return try text("0123456789=", count)
        case .lettersAndDigits: return try text("0123456789ABCXYZabcxyz ", count)
        case .printable: return try text(" !#()*+,-./0123456789:;=?ABCDEFXYZabcxyz{|}~", count)
        case .signedDigits: return try text("CD", 1) + text("0123456789", count - 1)
        case .bytes: return try text("0123456789ABCDEF", 2 * count)
        }
    }

    @Test(arguments: ["208", "DKK", "   ", "999", "???"])
    func `ACQ-PORT: the currency is read in both forms, and none that we know is no reason to drop an answer`(
        currency: String
    ) throws {
        let body = ["000000024900", "1122120000", "100000", "632712000001", "A1B2C3", "00", "GODKEND1"]
        let bytes = Array(("0110" + "122000000E808000" + body.joined() + currency).utf8)
        let message = try ISO8583Message(decoding: bytes)
        #expect(message.currency == (["208", "DKK"].contains(currency) ? .dkk : nil))
        #expect(message.responseCode == .approved)
    }

    @Test(arguments: ISO8583Dialect.CurrencyForm.allCases, ISO8583Dialect.Encoding.allCases)
    func `ACQ-PORT: every message is read as it was written, in every dialect`(
        form: ISO8583Dialect.CurrencyForm, encoding: ISO8583Dialect.Encoding
    ) throws {
        let dialect = ISO8583Dialect(encoding: encoding, currencyForm: form)
        for message in try sampleMessages() {
            #expect(try ISO8583Message(decoding: message.encoded(as: dialect), as: dialect) == message)
        }
    }

    @Test func `ACQ-PORT: a 0100 says the currency in digits, and in letters where the setting says so`()
        throws
    {
        let message = ISO8583Message(try authorizeCall(), institution: "45718")
        let digits = String(decoding: try message.encoded(), as: UTF8.self)
        let letters = String(
            decoding: try message.encoded(as: ISO8583Dialect(currencyForm: .letters)), as: UTF8.self)
        #expect(digits.hasSuffix("208") && letters.hasSuffix("DKK"))
    }

    @Test func `ACQ-PORT: elements 18, 22, 25 and 43 are sent as the settings say`() throws {
        let terminal = ISO8583Terminal(
            merchantType: "5942", entryMode: try #require(ISO8583EntryMode("812")), conditionCode: "59",
            location: "BOGBIXEN              AARHUS       DK")
        let message = ISO8583Message(try authorizeCall(), institution: "45718").from(terminal)
        let text = String(decoding: try message.encoded(), as: UTF8.self)
        #expect(text.contains("30125942812590545718"))
        #expect(text.contains("BOGBIXEN              AARHUS       DK   "))
        let inquiry = ISO8583Message(inquiryCall(.capture, intent: 2), institution: "1")
        #expect(inquiry.from(terminal) == inquiry)
    }

    @Test(arguments: [
        "free text of the bank's own", "99", "0305abcde0502", "050200030AUTHORIZE0", "0502000309authorize",
        "9903xyz0309authorize0502000199",
    ])
    func `ACQ-PORT: another layout of element 48 never loses an answer`(text: String) throws {
        let length = String(text.utf8.count + 1_000).dropFirst()
        let body = [
            "000000024900", "1122120000", "100000", "632712000001", "A1B2C3", "00", "GODKEND1",
            String(length), text,
        ]
        let bytes = Array(("0110" + "122000000E810000" + body.joined()).utf8)
        let message = try ISO8583Message(decoding: bytes)
        #expect(
            try message.authorizeAnswer(asked: money(24_900))
                == .approved(approvedMinor: 24_900, approvalCode: "A1B2C3"))
    }

    @Test func `ACQ-PORT: a bitmap in small letters, and a second one that is empty, are read in answers`()
        throws
    {
        let body = "000000024900" + "1122120000" + "100000" + "632712000001" + "A1B2C3" + "00" + "GODKEND1"
        for bitmap in ["122000000e800000", "922000000e8000000000000000000000"] {
            let message = try ISO8583Message(decoding: Array(("0110" + bitmap + body).utf8))
            #expect(message.responseCode == .approved)
        }
    }

    @Test func `ACQ-PORT: the lengths of jPOS in 65, 93 and 96 are read too`() throws {
        let body = "000000024900" + "1122120000" + "100000" + "632712000001" + "A1B2C3" + "00" + "GODKEND1"
        let more = "AB" + "123456" + String(repeating: "0F", count: 16)
        let bytes = Array(("0110" + "922000000E800000" + "8000000900000000" + body + more).utf8)
        #expect(try ISO8583Message(decoding: bytes).responseCode == .approved)
    }
}
