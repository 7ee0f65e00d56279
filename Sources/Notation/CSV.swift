/// A table of comma-separated values as RFC 4180 describes it, with a header row.
///
/// Strict: every row has as many fields as the header, quotes stand around a whole field or nowhere, lines
/// end with CRLF or LF. Blanks belong to their field. The line break at the end is optional.
package struct CSVTable: Sendable, Hashable {
    /// One row below the header.
    package struct Row: Sendable, Hashable {
        /// Where the row begins in its file, from 1; the header is line 1.
        package let line: Int
        /// As many as the table has columns.
        package let fields: [String]
    }

    /// The names of the header, none twice.
    package let columns: [String]
    package let rows: [Row]

    /// Reads a whole table; a byte order mark at its beginning is skipped.
    package init(_ text: String) throws(CSVError) {
        var reader = CSVReader(text)
        guard let header = try reader.row() else { throw CSVError(line: 1, flaw: .empty) }
        for (index, name) in header.fields.enumerated() where header.fields[..<index].contains(name) {
            throw CSVError(line: header.line, field: index + 1, flaw: .columnRepeated)
        }
        var rows: [Row] = []
        while let row = try reader.row() {
            guard row.fields.count == header.fields.count else {
                throw CSVError(
                    line: row.line,
                    flaw: .fieldCount(expected: header.fields.count, found: row.fields.count))
            }
            rows.append(row)
        }
        self.init(columns: header.fields, rows: rows)
    }

    private init(columns: [String], rows: [Row]) {
        self.columns = columns
        self.rows = rows
    }

    /// The same table with its columns in this order; it must have exactly these.
    package func taking(_ wanted: [String]) throws(CSVError) -> CSVTable {
        var places: [Int] = []
        for name in wanted {
            guard let place = columns.firstIndex(of: name) else {
                throw CSVError(line: 1, flaw: .columnMissing(name))
            }
            places.append(place)
        }
        if let place = columns.firstIndex(where: { !wanted.contains($0) }) {
            throw CSVError(line: 1, field: place + 1, flaw: .columnUnknown)
        }
        if places == Array(columns.indices) { return self }
        return CSVTable(
            columns: wanted,
            rows: rows.map { row in Row(line: row.line, fields: places.map { row.fields[$0] }) })
    }
}

/// Why a text is no table that we take, and where.
package struct CSVError: Error, Sendable, Hashable {
    /// The line in the file, from 1.
    package let line: Int
    /// The field in its row, from 1; nil where the row as a whole is at fault.
    package let field: Int?
    package let flaw: CSVFlaw

    package init(line: Int, field: Int? = nil, flaw: CSVFlaw) {
        self.line = line
        self.field = field
        self.flaw = flaw
    }
}

/// What is wrong with a table.
package enum CSVFlaw: Sendable, Hashable {
    /// Not even a header.
    case empty
    case columnRepeated
    /// A column that the reader needs.
    case columnMissing(String)
    /// A column that the reader does not know.
    case columnUnknown
    case fieldCount(expected: Int, found: Int)
    /// A quote inside a field that does not begin with one.
    case strayQuote
    /// The text ends inside quotes.
    case quoteNotClosed
    /// Something between a closing quote and the comma.
    case textAfterQuote
    /// A carriage return without a line feed.
    case strayReturn

    /// What is wrong and what to do, as a sentence. Never holds a value from the table.
    package var explanation: String {
        switch self {
        case .empty: "The file is empty: it begins with a header row."
        case .columnRepeated: "The header has this column twice: remove one."
        case .columnMissing(let name): "The column \(name) is missing: add it."
        case .columnUnknown: "The header has a column that is not known here: remove it or mend its name."
        case .fieldCount(let expected, let found):
            "The row has \(found) fields instead of \(expected): put quotes around a field with a comma in it."
        case .strayQuote:
            "A quote stands inside a field: put quotes around the field and double the one inside."
        case .quoteNotClosed: "The quotes that begin here are never closed: close them."
        case .textAfterQuote: "Something follows the closing quote: put a comma there, or double the quote."
        case .strayReturn: "A carriage return stands without a line feed: end lines with CRLF or LF."
        }
    }
}
