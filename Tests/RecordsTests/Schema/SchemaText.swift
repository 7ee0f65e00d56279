import GRDB

/// The schema of a freshly made file, taken apart into its rules, so that a test can leave one out.
struct SchemaText: Sendable {
    private(set) var tables: [TableText] = []
    /// Unique indexes that have a name.
    private(set) var indexes: [IndexText] = []
    private(set) var triggers: [TriggerText] = []

    init(of db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT type, name, tbl_name, sql FROM sqlite_schema
                WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND tbl_name <> 'grdb_migrations'
                ORDER BY rowid
                """)
        for row in rows {
            let words = SQLWords(row["sql"])
            switch row["type"] as String {
            case "table": tables.append(try TableText(row["name"], words))
            case "trigger": triggers.append(TriggerText(row["name"], of: row["tbl_name"], words))
            default:
                if let index = IndexText(row["name"], of: row["tbl_name"], words) { indexes.append(index) }
            }
        }
    }

    var rules: [SchemaRule] {
        tables.flatMap(\.rules) + indexes.map(\.rule) + triggers.flatMap(\.rules)
    }

    /// All that makes the schema, in an order in which it can be run.
    var statements: [String] { tables.map(\.sql) + indexes.map(\.sql) + triggers.map(\.sql) }

    func table(_ name: String) throws -> TableText {
        guard let found = tables.first(where: { $0.name == name }) else { throw BenchError.bad(name) }
        return found
    }

    /// The same schema with some rules left out.
    func without(_ rules: [SchemaRule]) -> SchemaText {
        var copy = self
        for rule in rules {
            switch rule.kind {
            case .index: copy.indexes.removeAll { $0.rule == rule }
            case .trigger(let name): copy.triggers.removeAll { $0.name == name }
            case .watched(let column, let name):
                for index in copy.triggers.indices where copy.triggers[index].name == name {
                    copy.triggers[index].watched.removeAll { $0 == column }
                }
            default:
                for index in copy.tables.indices where copy.tables[index].name == rule.table {
                    copy.tables[index].remove(rule.kind)
                }
            }
        }
        return copy
    }
}

/// A unique index with a name.
struct IndexText: Sendable {
    let rule: SchemaRule
    let sql: String

    /// Nil for an index that refuses nothing.
    init?(_ name: String, of table: String, _ words: SQLWords) {
        let list = words.list
        guard list.count > 5, list[1] == "UNIQUE" else { return nil }
        rule = SchemaRule(table, .index(name, on: list[6...].joined(separator: " ")))
        sql = words.text
    }
}

/// A trigger: what stands before the list of columns, the list, and what stands behind it.
struct TriggerText: Sendable {
    let name: String
    let table: String
    var watched: [String]
    private let head: String
    private let tail: String

    init(_ name: String, of table: String, _ words: SQLWords) {
        let list = words.list
        self.name = name
        self.table = table
        guard let start = list.firstIndex(of: "OF"), let end = list.firstIndex(of: "ON"), start < end else {
            watched = []
            head = words.text
            tail = ""
            return
        }
        watched = list[(start + 1)..<end].joined(separator: " ").split(separator: ",").map {
            $0.trimmingSpaces
        }
        head = list[...start].joined(separator: " ")
        tail = list[end...].joined(separator: " ")
    }

    var sql: String {
        if tail.isEmpty { return head }
        // A list that lost its last column watches nothing.
        return watched.isEmpty ? "SELECT 1" : "\(head) \(watched.joined(separator: ", ")) \(tail)"
    }

    var rules: [SchemaRule] {
        [SchemaRule(table, .trigger(name))] + watched.map { SchemaRule(table, .watched($0, by: name)) }
    }
}
