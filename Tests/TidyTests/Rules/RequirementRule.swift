/// Every requirement that is built has a test that carries its id in its name (Swift), or in its name or
/// docstring (Python).
enum RequirementRule {
    static let built: [String] =
        numbered("PAN-", 1...4, width: 1) + numbered("SCA-", 1...26) + numbered("SCA-", 28...30)
        + numbered("SCA-", 32...34)
        + [
            "STATE", "AMOUNT", "CAPTURE", "CANCEL", "REFUND", "EXPIRE", "IDEM", "ERROR", "LIST", "DECLINE",
            "TRACE", "TEST",
        ].map { "PAY-" + $0 }
        + ["PORT", "INTENT", "ONCE", "LATE", "SCA"].map { "ACQ-" + $0 }
        + ["FORMAT", "LEAF", "ATOMIC", "TAMPER", "ERASE"].map { "LOG-" + $0 }
        + ["FIND", "TRACE", "CHART", "EXPORT", "REPLAY", "ACCESS", "LISTS", "WEB"].map { "OPS-" + $0 }
        + [
            "SIG", "ALG", "CERT-ONE", "CHAIN", "TIME", "DAY", "REV", "REV-DOWN", "ROLE", "AUTH-ACTIVE", "ID",
            "PATIENT", "MERCHANT", "COVER", "SUBST", "QTY", "COUNT", "INTERVAL", "VALID", "GROUP", "MINOR",
            "PROXY", "CONFIRM", "LAST", "SAMESHOP", "HOLD-TTL", "ATOMIC", "PAYFAIL", "HANDOVER", "CANCEL",
            "UNDO", "RECEIPT", "PRIVACY", "AUDIT", "CATALOGUE",
        ].map { "RX-" + $0 }
        + ["REL-01", "REL-02", "REL-03", "REL-04", "REL-11"]

    /// The ids that no test of these files names.
    static func missing(_ ids: [String], in files: [SourceFile]) -> [String] {
        let names = files.flatMap(testNames)
        return ids.filter { id in !names.contains { mentions($0, id) } }
    }

    /// The names of a file's tests; underscores of Python and of plain Swift names read as hyphens.
    static func testNames(in file: SourceFile) -> [String] {
        if file.path.hasSuffix(".py") { return pythonNames(file.lines) }
        let tokens = file.swift?.tokens ?? []
        return tokens.indices.dropLast().filter { tokens[$0].text == "func" }.map { index in
            let name = tokens[index + 1]
            return name.rawName ?? name.text.replacing("_", with: "-")
        }
    }

    private static func pythonNames(_ lines: [Substring]) -> [String] {
        lines.indices.filter { lines[$0].drop { $0 == " " }.hasPrefix("def test_") }.map { index in
            let name = lines[index].prefix { $0 != "(" }.replacing("_", with: "-")
            return name + docstring(lines[(index + 1)...])
        }
    }

    /// The text between the first two `"""` when it begins right after the signature.
    private static func docstring(_ lines: ArraySlice<Substring>) -> String {
        let body = lines.drop { !$0.hasPrefix("    ") || $0.hasSuffix("):") }
        guard let first = body.first, first.drop(while: { $0 == " " }).hasPrefix("\"\"\"") else { return "" }
        let pieces = body.prefix(12).joined(separator: " ").split(separator: "\"\"\"")
        return pieces.count > 1 ? " " + pieces[1] : ""
    }

    /// Whether a text has an id that is not a part of a longer one.
    private static func mentions(_ text: String, _ id: String) -> Bool {
        text.ranges(of: id).contains { range in
            let before = text[..<range.lowerBound].last
            let after = text[range.upperBound...].first
            return !(before?.isLetter ?? false) && !(after?.isLetter ?? false) && !(after?.isNumber ?? false)
        }
    }

    private static func numbered(_ prefix: String, _ range: ClosedRange<Int>, width: Int = 2) -> [String] {
        range.map { prefix + String(repeating: "0", count: max(0, width - String($0).count)) + String($0) }
    }
}
