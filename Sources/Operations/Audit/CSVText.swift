/// Rows as RFC 4180 section 2 writes them, harmless in a spreadsheet (OPS-EXPORT).
package enum CSVText {
    /// One row with its line break.
    package static func row(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    /// A cell that no spreadsheet takes for a formula: `=`, `+`, `-`, `@`, a tab or a return in front gets an
    /// apostrophe before it, but not a number.
    package static func cell(_ text: String) -> String {
        let isNumber = text.hasPrefix("-") && isDigits(String(text.dropFirst()))
        let isRisky =
            !isNumber && text.unicodeScalars.first.map { "=+-@\t\r\n".unicodeScalars.contains($0) } ?? false
        let needsQuotes = isRisky || text.unicodeScalars.contains { ",\"\r\n\t".unicodeScalars.contains($0) }
        let safe = isRisky ? "'" + text : text
        return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
    }
}
