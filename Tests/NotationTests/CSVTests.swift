import Notation
import Testing

/// RFC 4180, section 2, rule by rule, and what is refused.
struct CSVTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let columns: [String]
        let rows: [[String]]
        var testDescription: String { name }
    }

    static let taken = [
        Case(name: "a header alone", text: "a,b", columns: ["a", "b"], rows: []),
        Case(
            name: "rule 1: rows on lines of their own", text: "a,b\r\n1,2\r\n3,4\r\n", columns: ["a", "b"],
            rows: [["1", "2"], ["3", "4"]]),
        Case(
            name: "rule 2: no break after the last row", text: "a,b\n1,2", columns: ["a", "b"],
            rows: [["1", "2"]]),
        Case(
            name: "rule 4: blanks belong to the field", text: "a,b\n 1 ,2 \n", columns: ["a", "b"],
            rows: [[" 1 ", "2 "]]),
        Case(
            name: "rule 5: quotes around a field", text: "\"a\",b\n\"1\",2", columns: ["a", "b"],
            rows: [["1", "2"]]),
        Case(
            name: "rule 6: commas and line breaks in quotes", text: "a,b\n\"1,\r\n2\",3\n4,5",
            columns: ["a", "b"], rows: [["1,\r\n2", "3"], ["4", "5"]]),
        Case(
            name: "rule 7: a doubled quote", text: "a\n\"Fenemal \"\"DLF\"\"\"\n", columns: ["a"],
            rows: [["Fenemal \"DLF\""]]),
        Case(
            name: "empty fields, quoted and plain", text: "a,b,c\n,\"\",\n", columns: ["a", "b", "c"],
            rows: [["", "", ""]]),
        Case(
            name: "an empty line is one empty field", text: "a\n\n1\n", columns: ["a"], rows: [[""], ["1"]]),
        Case(
            name: "a byte order mark", text: "\u{FEFF}a\næøå\n", columns: ["a"], rows: [["æøå"]]),
    ]

    @Test(arguments: taken)
    func `RX-COVER: a table of RFC 4180 is read`(example: Case) throws {
        let table = try CSVTable(example.text)
        #expect(table.columns == example.columns)
        #expect(table.rows.map(\.fields) == example.rows)
    }

    @Test(arguments: [
        ("", CSVError(line: 1, flaw: .empty)),
        ("a,b,a\n", CSVError(line: 1, field: 3, flaw: .columnRepeated)),
        ("a,b\n1,2\n3\n", CSVError(line: 3, flaw: .fieldCount(expected: 2, found: 1))),
        ("a,b\n1,2,3\n", CSVError(line: 2, flaw: .fieldCount(expected: 2, found: 3))),
        ("a,b\n1,2\n\n", CSVError(line: 3, flaw: .fieldCount(expected: 2, found: 1))),
        ("a,b\n1,2\"\n", CSVError(line: 2, field: 2, flaw: .strayQuote)),
        ("a,b\n1,\"2\n3\n", CSVError(line: 2, field: 2, flaw: .quoteNotClosed)),
        ("a,b\n\"1\"2,3\n", CSVError(line: 2, field: 1, flaw: .textAfterQuote)),
        ("a,b\r1,2\n", CSVError(line: 1, field: 2, flaw: .strayReturn)),
        ("a\n\"1\n2\"\n\"", CSVError(line: 4, field: 1, flaw: .quoteNotClosed)),
    ])
    func `RX-COVER: what is no table is refused with line and field`(text: String, error: CSVError) {
        #expect(throws: error) { try CSVTable(text) }
        #expect(error.flaw.explanation.hasSuffix("."))
    }

    @Test func `RX-COVER: columns are taken by name, in whatever order they stand`() throws {
        let table = try CSVTable("b,a\n2,1\n").taking(["a", "b"])
        #expect(table.columns == ["a", "b"])
        #expect(table.rows.map(\.fields) == [["1", "2"]])
        #expect(try CSVTable("a,b\n1,2\n").taking(["a", "b"]) == table)
    }

    @Test(arguments: [
        ("a\n", CSVError(line: 1, flaw: .columnMissing("b"))),
        ("a,b,c\n", CSVError(line: 1, field: 3, flaw: .columnUnknown)),
        ("A,b\n", CSVError(line: 1, flaw: .columnMissing("a"))),
    ])
    func `RX-COVER: a column too many or too few is refused`(text: String, error: CSVError) throws {
        let table = try CSVTable(text)
        #expect(throws: error) { try table.taking(["a", "b"]) }
    }

    @Test func `RX-COVER: a row keeps the line on which it begins`() throws {
        let table = try CSVTable("a,b\r\n\"1\r\n\r\n\",2\r\n3,4")
        #expect(table.rows.map(\.line) == [2, 5])
    }
}
