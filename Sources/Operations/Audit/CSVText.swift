/// Rows as RFC 4180 section 2 writes them, harmless in a spreadsheet (OPS-EXPORT).
package enum CSVText {
    /// One row with its line break.
    package static func row(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    /// A cell that no spreadsheet takes for a formula: `=`, `+`, `-`, `@`, full-width ones among them, in
    /// front or behind blanks, gets an apostrophe before it, but not a number. Some split at a semicolon too,
    /// so a sign behind one counts, and such a cell stands in quotes.
    package static func cell(_ text: String) -> String {
        let isNumber = text.hasPrefix("-") && isDigits(String(text.dropFirst()))
        let isRisky =
            !isNumber && text.split(separator: ";", omittingEmptySubsequences: false).contains(where: begins)
        let needsQuotes = isRisky || text.unicodeScalars.contains { ",;\"\r\n\t".unicodeScalars.contains($0) }
        let safe = isRisky ? "'" + text : text
        return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
    }

    /// Whether a part of a cell begins like a formula.
    private static func begins(_ part: Substring) -> Bool {
        let first = part.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" }
        return first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
    }
}
