/// A statement that one rule of the schema refuses, and nothing else.
struct SchemaCase: Sendable {
    /// One step on a database that holds row 1 of every table.
    enum Step: Sendable {
        /// Row 2 of a table with some values changed, after row 2 of all that it refers to.
        case fresh(String, [String: String] = [:])
        /// Row 1 of a table once more, in its own place.
        case replace(String, [String: String] = [:])
        case sql(String)
    }

    /// As `SchemaRule` describes itself.
    var rule: String
    var before: [Step] = []
    let step: Step
    /// Rules that refuse the same, left out so that this one is seen alone.
    var beside: [String] = []
    /// What SQLite says, to the letter.
    let says: String
    /// False where the rule is no more than what a key or the table's strictness says anyhow.
    var isAlone = true

    func of(_ rule: SchemaRule) -> SchemaCase {
        var copy = self
        copy.rule = rule.description
        return copy
    }

    /// Whether a case of a trigger changes the column in question.
    func concerns(_ rule: SchemaRule) -> Bool {
        guard case .watched(let column, _) = rule.kind, case .sql(let sql) = step else {
            if case .watched = rule.kind { return false }
            return true
        }
        return sql.contains(" \(column) = ")
    }
}

/// The cases of one rule, as they are written down by hand.
struct SchemaCases: Sendable {
    let table: String
    /// The rule within its table.
    let rule: String
    var before: [SchemaCase.Step] = []
    var beside: [String] = []
    var says: String?
    let steps: [SchemaCase.Step]

    static func check(
        _ table: String, _ text: String, before: [SchemaCase.Step] = [], beside: [String] = [],
        _ steps: SchemaCase.Step...
    ) -> SchemaCases {
        SchemaCases(
            table: table, rule: "check \(text)", before: before, beside: beside,
            says: "CHECK constraint failed: \(text)", steps: steps)
    }

    static func trigger(
        _ table: String, _ name: String, _ says: String, before: [SchemaCase.Step] = [],
        beside: [String] = [], _ steps: SchemaCase.Step...
    ) -> SchemaCases {
        SchemaCases(
            table: table, rule: "trigger \(name)", before: before, beside: beside, says: says, steps: steps)
    }

    /// A payment that the customer approved and the bank too.
    static let approved: [SchemaCase.Step] =
        asked + [
            .sql(
                """
                UPDATE authorizations SET status = 'approved', approval_code = 'A1', approved_at = 3,
                    capture_before = 9 WHERE id = 'auth1'
                """)
        ]

    /// A payment that the customer approved.
    static let asked: [SchemaCase.Step] = [
        .sql("UPDATE confirmations SET status = 'approved', ended_at = 2 WHERE id = 'cnf1'"),
        .sql("UPDATE authorizations SET status = 'processing', processing_since = 2 WHERE id = 'auth1'"),
    ]

    var cases: [SchemaCase] {
        steps.map {
            SchemaCase(
                rule: "\(table): \(rule)", before: before, step: $0,
                beside: beside.map { "\(table): \($0)" }, says: says ?? "")
        }
    }
}
