import GRDB
import Records
import Testing

/// The schema of a freshly made file, and the cases of its rules.
struct SchemaBench: Sendable {
    let schema: SchemaText
    let list: SchemaCaseList
    /// By their descriptions.
    private let rules: [String: SchemaRule]

    static let shared = Result { try SchemaBench() }

    init() throws {
        schema = try Bench().raw { try SchemaText(of: $0) }
        list = try SchemaCaseList(for: schema)
        rules = Dictionary(schema.rules.map { ($0.description, $0) }, uniquingKeysWith: { $1 })
    }

    /// What a database without some rules says to a step, or nil if it takes it.
    func refusal(
        of step: SchemaCase.Step, after before: [SchemaCase.Step] = [], without rules: [String] = []
    ) throws -> String? {
        try SchemaTrial(self, without: rules).refusal(of: step, after: before, andCommits: true)
    }

    func without(_ rules: [String]) throws -> SchemaText { schema.without(try rules.map(rule)) }

    private func rule(_ description: String) throws -> SchemaRule {
        guard let found = rules[description] else {
            throw BenchError.bad("no such rule: \(description)")
        }
        return found
    }

    /// All tables that a table refers to, and those that these refer to, in their order.
    func parents(of table: String) throws -> [String] {
        var (found, waiting): (Set<String>, [String]) = ([], [table])
        while let next = waiting.popLast() {
            let parents = try schema.table(next).columns.compactMap { $0.reference?.table }
            for parent in parents where parent != table && found.insert(parent).inserted {
                waiting.append(parent)
            }
        }
        return SchemaRows.tables.filter { found.contains($0) }
    }
}
