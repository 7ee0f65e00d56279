/// A table's statement, taken apart; one that says anything unknown is refused.
struct TableText: Sendable {
    struct Column: Sendable {
        let name: String
        let type: String
        var isNotNull = false
        var isKey = false
        var isUnique = false
        var checks: [String] = []
        var reference: (table: String, column: String, isAtCommit: Bool)?
        var fallback: String?
    }

    let name: String
    private(set) var columns: [Column] = []
    private var key: [String]?
    private var uniques: [[String]] = []
    private var checks: [String] = []
    var isStrict: Bool
    private var isWithoutRowID: Bool

    init(_ name: String, _ words: SQLWords) throws {
        self.name = name
        guard let body = words.list.first(where: { $0.hasPrefix("(") }) else { throw BenchError.bad(name) }
        let options = words.text.split(separator: ")").last.map(String.init) ?? ""
        isStrict = options.contains("STRICT")
        isWithoutRowID = options.contains("WITHOUT ROWID")
        for item in SQLWords.split(body.unbracketed, at: ",") {
            let parts = SQLWords.split(item, at: " ")
            switch parts[0] {
            case "PRIMARY": key = Self.names(parts[2])
            case "UNIQUE": uniques.append(Self.names(parts[1]))
            case "CHECK": checks.append(parts[1].unbracketed)
            default: columns.append(try Self.column(parts))
            }
        }
    }

    private static func names(_ list: String) -> [String] { SQLWords.split(list.unbracketed, at: ",") }

    private static func column(_ parts: [String]) throws -> Column {
        var column = Column(name: parts[0], type: parts[1])
        var rest = parts.dropFirst(2)
        while let word = rest.popFirst() {
            switch word {
            case "NOT":
                column.isNotNull = true
                rest.removeFirst()
            case "PRIMARY":
                column.isKey = true
                rest.removeFirst()
            case "UNIQUE": column.isUnique = true
            case "CHECK": column.checks.append(rest.removeFirst().unbracketed)
            case "DEFAULT": column.fallback = rest.removeFirst()
            case "REFERENCES":
                let (table, parent) = (rest.removeFirst(), rest.removeFirst().unbracketed)
                let isAtCommit = rest.first == "DEFERRABLE"
                if isAtCommit { rest.removeFirst(3) }
                column.reference = (table, parent, isAtCommit)
            default: throw BenchError.bad("\(word) in \(parts)")
            }
        }
        return column
    }

    var rules: [SchemaRule] {
        var kinds: [SchemaRule.Kind] = []
        for column in columns {
            if column.isKey { kinds.append(.key([column.name])) }
            if column.isUnique { kinds.append(.unique([column.name])) }
            if column.isNotNull { kinds.append(.notNull(column.name)) }
            if let parent = column.reference {
                kinds.append(.reference(column.name, to: parent.table, isAtCommit: parent.isAtCommit))
            }
            kinds += column.checks.map { .check($0) }
        }
        if let key { kinds.append(.key(key)) }
        kinds += uniques.map { .unique($0) } + checks.map { .check($0) }
        return kinds.map { SchemaRule(name, $0) }
    }

    /// The columns that tell a row from others.
    var keyColumns: [String] { key ?? columns.filter(\.isKey).map(\.name) }

    mutating func remove(_ rule: SchemaRule.Kind) {
        for index in columns.indices {
            switch rule {
            case .key(let names) where names == [columns[index].name]: columns[index].isKey = false
            case .unique(let names) where names == [columns[index].name]: columns[index].isUnique = false
            case .notNull(columns[index].name): columns[index].isNotNull = false
            case .reference(columns[index].name, _, _): columns[index].reference = nil
            case .check(let text): columns[index].checks.removeAll { $0 == text }
            default: break
            }
        }
        switch rule {
        case .key(let names):
            if key == names { key = nil }
            isWithoutRowID = false
        case .unique(let names): uniques.removeAll { $0 == names }
        case .check(let text): checks.removeAll { $0 == text }
        default: break
        }
    }

    var sql: String {
        var items = columns.map { column in
            var words = [column.name, column.type]
            if column.isKey { words.append("PRIMARY KEY") }
            if column.isNotNull { words.append("NOT NULL") }
            if column.isUnique { words.append("UNIQUE") }
            if let fallback = column.fallback { words.append("DEFAULT \(fallback)") }
            words += column.checks.map { "CHECK (\($0))" }
            if let parent = column.reference {
                words.append("REFERENCES \(parent.table) (\(parent.column))")
                if parent.isAtCommit { words.append("DEFERRABLE INITIALLY DEFERRED") }
            }
            return words.joined(separator: " ")
        }
        if let key { items.append("PRIMARY KEY (\(key.joined(separator: ", ")))") }
        items += uniques.map { "UNIQUE (\($0.joined(separator: ", ")))" }
        items += checks.map { "CHECK (\($0))" }
        let options = [isStrict ? "STRICT" : nil, isWithoutRowID ? "WITHOUT ROWID" : nil].compactMap(\.self)
        return "CREATE TABLE \(name) (\(items.joined(separator: ", "))) \(options.joined(separator: ", "))"
    }
}
