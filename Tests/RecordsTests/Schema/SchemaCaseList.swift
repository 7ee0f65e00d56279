/// All rules that the tests know, and the cases of each.
struct SchemaCaseList: Sendable {
    /// The rules as the book has them.
    let rules: [SchemaRule]
    let cases: [String: [SchemaCase]]

    /// Of the book and of a schema, for the names and types of its columns.
    init(for schema: SchemaText) throws {
        rules = try SchemaTriggers.rules + Self.rulesOfTheBook(schema)
        let byHand = Dictionary(
            grouping: (SchemaCheckCases.all + SchemaTriggerCases.all + SchemaIndexCases.refused
                + Self.twice).flatMap(\.cases), by: \.rule)
        var cases: [String: [SchemaCase]] = [:]
        for rule in rules {
            let name = Self.name(of: rule)
            let found = try byHand[name] ?? Self.derived(rule, in: schema)
            cases[rule.description] = found.filter { $0.concerns(rule) }.map { $0.of(rule) }
        }
        self.cases = cases
        let unused = Set(byHand.keys).subtracting(rules.map(Self.name))
        guard unused.isEmpty else { throw BenchError.bad("cases of no rule: \(unused.sorted())") }
    }

    /// How cases by hand name a rule: an index or a trigger without what follows its name.
    private static func name(of rule: SchemaRule) -> String {
        switch rule.kind {
        case .index(let name, _): "\(rule.table): index \(name)"
        case .watched(_, let trigger) where !SchemaTriggers.isUnconditional(trigger):
            "\(rule.table): trigger \(trigger)"
        default: rule.description
        }
    }

    // MARK: The book

    private static func rulesOfTheBook(_ schema: SchemaText) throws -> [SchemaRule] {
        var (rules, table) = ([SchemaRule](), "")
        var nullable: [String: Set<String>] = [:]
        for line in SchemaBook.all.split(separator: "\n") {
            let (word, rest) = SQLWords.split(String(line), at: " ").joined(separator: " ").cut(at: " ")
            if line.first != " " {
                table = word
                nullable[table] = []
                continue
            }
            switch word {
            case "null": nullable[table] = Set(SQLWords.split(rest, at: ","))
            case "key": rules.append(SchemaRule(table, .key(SQLWords.split(rest, at: ","))))
            case "unique": rules.append(SchemaRule(table, .unique(SQLWords.split(rest, at: ","))))
            case "check": rules.append(SchemaRule(table, .check(rest)))
            case "index":
                let (name, on) = rest.cut(at: " ")
                rules.append(SchemaRule(table, .index(name, on: on)))
            case "ref":
                let words = rest.split(separator: " ").map(String.init)
                rules.append(
                    SchemaRule(
                        table, .reference(words[0], to: words[2], isAtCommit: words.count > 3)))
            default: throw BenchError.bad(String(line))
            }
        }
        for (table, names) in nullable {
            let columns = try schema.table(table).columns.map(\.name)
            guard names.isSubset(of: columns) else { throw BenchError.bad("\(table): \(names)") }
            rules += columns.filter { !names.contains($0) }.map { SchemaRule(table, .notNull($0)) }
        }
        return rules
    }

    // MARK: Cases that follow from a rule's form

    private static func derived(_ rule: SchemaRule, in schema: SchemaText) throws -> [SchemaCase] {
        if numbered.contains(rule.description) { return [] }
        let table = rule.table
        func made(_ says: String, _ steps: [SchemaCase.Step]) -> [SchemaCase] {
            steps.map {
                SchemaCase(
                    rule: rule.description, step: $0, beside: beside[rule.description] ?? [], says: says)
            }
        }
        switch rule.kind {
        case .key(let columns), .unique(let columns):
            let first = try SchemaRows.values(table, number: 1)
            let same = try columns.map { column in
                guard let value = first[column] else { throw BenchError.bad("\(rule)") }
                return (column, value)
            }
            let says = columns.map { "\(table).\($0)" }.joined(separator: ", ")
            return made(
                "UNIQUE constraint failed: \(says)",
                [.fresh(table, Dictionary(same, uniquingKeysWith: { $1 }))])
        case .notNull(let column):
            var cases = made(
                "NOT NULL constraint failed: \(table).\(column)", [.fresh(table, [column: "NULL"])])
            if try schema.table(table).keyColumns.contains(column) { cases[0].isAlone = false }
            return cases
        case .reference(let column, _, _):
            let isNumber = try schema.table(table).columns.contains {
                $0.name == column && $0.type == "INTEGER"
            }
            let changes = [column: isNumber ? "999" : "'nobody'"]
            return made(
                "FOREIGN KEY constraint failed",
                [.fresh(table, changes.merging(alongside[rule.description] ?? [:], uniquingKeysWith: { $1 }))]
            )
        case .check(let text):
            return made("CHECK constraint failed: \(text)", breaking(text).map { .fresh(table, $0) })
        case .watched(let column, let trigger):
            let says = SchemaTriggerCases.all.first { $0.rule == "trigger \(trigger)" }?.says
            return made(says ?? "", [.sql("UPDATE \(table) SET \(column) = \(column)")])
        case .index, .trigger: return []
        }
    }

    /// Values just outside of what a check of a simple form allows.
    private static func breaking(_ check: String) -> [[String: String]] {
        let words = SQLWords.split(check, at: " ")
        guard words.count == 3 else { return [] }
        if words[0].hasPrefix("length("), let limit = Int(words[2]) {
            let column = words[0].dropFirst("length".count).description.unbracketed
            if column == "currency" { return [[column: "'DK'"], [column: "'DKKK'"]] }
            let outside = words[1] == "=" ? [limit - 1, limit + 1] : [limit + 1]
            return outside.map { [column: "zeroblob(\($0))"] }
        }
        switch words[1] {
        case "IN" where words[2] == "(0, 1)": return [[words[0]: "2"], [words[0]: "-1"]]
        case "IN": return [[words[0]: "'no_such_word'"]]
        default: break
        }
        guard let limit = Int(words[2]) else { return [] }
        return switch words[1] {
        case ">=": [[words[0]: "\(limit - 1)"]]
        case ">": [[words[0]: "\(limit)"]]
        case "=": [[words[0]: "\(limit + 1)"]]
        default: []
        }
    }

    /// What must be said with a value that stands nowhere, so that no other rule speaks first.
    private static let alongside = ["intents: refund -> refunds": ["kind": "'refund'"]]

    /// Triggers that look at a new row before any other rule does.
    private static let beside = [
        "authorizations: key (id)": ["authorizations: trigger authorizations_begin_at_the_beginning"],
        "confirmations: key (id)": ["confirmations: trigger confirmations_begin_pending"],
        "answers: key (confirmation)": ["answers: trigger answers_are_given_once"],
        "change_requests: key (id)": ["change_requests: trigger change_requests_begin_pending"],
        "holds: key (id)": ["holds: trigger holds_begin_reserved"],
        "leaves: key (position)": ["leaves: trigger leaves_only_at_the_end"],
        "handover_parts: hold -> holds": ["handover_parts: trigger handovers_need_an_owed_hold"],
        "handover_parts: hold not null": ["handover_parts: trigger handovers_need_an_owed_hold"],
    ]

    /// SQLite numbers a row whose INTEGER PRIMARY KEY is null: NOT NULL refuses nothing there.
    static let numbered: Set = [
        "leaves: position not null", "leaf_salts: position not null", "log_edge: level not null",
        "gateway_mode: only not null",
    ]

    private static let twice: [SchemaCases] = [
        SchemaCases(
            table: "intents", rule: "unique (refund)",
            before: [
                .sql(
                    """
                    INSERT INTO intents (id, authorization, kind, amount, refund, status, transmitted_at,
                        trace_number, retrieval_reference, terminal, created_at)
                    VALUES ('int8', 'auth1', 'refund', 1, 'ref1', 'open', 1, '1', 'r8', 't', 1)
                    """)
            ], says: "UNIQUE constraint failed: intents.refund",
            steps: [.fresh("intents", ["kind": "'refund'", "refund": "'ref1'"])]),
        SchemaCases(
            table: "gateway_mode", rule: "is_live not null", before: [.sql("DELETE FROM gateway_mode")],
            says: "NOT NULL constraint failed: gateway_mode.is_live",
            steps: [.fresh("gateway_mode", ["is_live": "NULL"])]),
    ]
}
