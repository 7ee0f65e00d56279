/// Only Records knows SQL.
enum SQLRule {
    /// Each is a row of words that stand together in a statement and hardly in a sentence.
    private static let statements = [
        ["INSERT", "INTO"], ["DELETE", "FROM"], ["CREATE", "TABLE"], ["CREATE", "INDEX"],
        ["CREATE", "TRIGGER"], ["CREATE", "UNIQUE"], ["ALTER", "TABLE"], ["DROP", "TABLE"],
        ["BEGIN", "IMMEDIATE"], ["PRAGMA"], ["SELECT"],
    ]

    static func check(_ file: SourceFile) -> [Finding] {
        guard file.module != nil, file.module != "Records", let swift = file.swift else { return [] }
        return swift.lines(.literal).enumerated().flatMap { index, line -> [Finding] in
            let words = line.split { !($0.isLetter || $0 == "_") }.map(String.init)
            let isUpdate = words.indices.contains { words[$0] == "UPDATE" && words[$0...].contains("SET") }
            let isStatement = statements.contains { row in
                words.indices.contains { words[$0...].prefix(row.count).elementsEqual(row) }
            }
            return isStatement || isUpdate
                ? [Finding(path: file.path, line: index + 1, complaint: "SQL outside Records")] : []
        }
    }
}
