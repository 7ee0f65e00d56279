import GRDB
import Lifecycles
import Records
import Testing
import Vocabulary

/// Every rule of the schema refuses something that nothing else refuses: without it the same statement goes
/// through. What a change of the schema adds or takes away must be told to `SchemaBook` or `SchemaTriggers`.
@Suite struct SchemaRuleTests {
    private let bench: SchemaBench

    init() throws { bench = try SchemaBench.shared.get() }

    @Test func `Schema: a fresh file has the rules that are written down, and no others`() {
        let found = Set(bench.schema.rules.map(\.description))
        let known = Set(bench.list.rules.map(\.description))
        #expect(found.subtracting(known).sorted() == [], "without a case")
        #expect(known.subtracting(found).sorted() == [], "no longer in the schema")
        #expect(found.count == bench.schema.rules.count, "no rule is said twice in one table")
        let loose = bench.schema.tables.filter { !$0.isStrict }.map(\.name)
        #expect(loose == [])
    }

    @Test func `Schema: every rule has a case`() {
        let without = bench.list.rules.map(\.description).filter {
            bench.list.cases[$0]?.isEmpty != false && !SchemaCaseList.numbered.contains($0)
        }
        #expect(without == [])
    }

    @Test(arguments: SchemaRows.tables)
    func `Schema: each rule alone refuses its case, in its own words`(table: String) throws {
        let whole = try SchemaTrial(bench)
        for rules in together(bench.list.rules.filter { $0.table == table }) {
            let names = rules.map(\.description)
            let without = try SchemaTrial(bench, without: names, checksReferences: !rules[0].isKey)
            for one in rules.flatMap({ bench.list.cases[$0.description] ?? [] }) {
                let full = one.beside.isEmpty ? whole : try SchemaTrial(bench, without: one.beside)
                let free =
                    one.beside.isEmpty
                    ? without
                    : try SchemaTrial(
                        bench, without: one.beside + names, checksReferences: !rules[0].isKey)
                let commits = rules[0].isAtCommit
                let says = try (commits ? SchemaTrial(bench) : full).refusal(
                    of: one.step, after: one.before, andCommits: commits)
                #expect(says == one.says, "\(one.rule): \(one.step)")
                guard one.isAlone else { continue }
                let taken = try free.refusal(of: one.step, after: one.before, andCommits: commits)
                #expect(taken == nil, "without \(one.rule): \(one.step)")
            }
        }
    }

    /// Rules that need no database each: no case of one breaks another of them.
    private func together(_ rules: [SchemaRule]) -> [[SchemaRule]] {
        let plain = rules.filter { if case .notNull = $0.kind { true } else { false } }
        let references = rules.filter {
            if case .reference(_, _, false) = $0.kind { true } else { false }
        }
        let others = rules.filter { !plain.contains($0) && !references.contains($0) }
        return [plain, references].filter { !$0.isEmpty } + others.map { [$0] }
    }

    @Test(arguments: SchemaRows.tables)
    func `Schema: no column takes a value of another type`(table: String) throws {
        for column in try bench.schema.table(table).columns {
            let (value, type) = column.type == "TEXT" ? ("x'C3'", "BLOB") : ("'many'", "TEXT")
            let beside = bench.schema.triggers.filter { $0.table == table }
                .map { "\(table): trigger \($0.name)" }
            let says = try bench.refusal(of: .fresh(table, [column.name: value]), without: beside)
            let isNumber = column.type == "INTEGER" && says == "datatype mismatch"
            #expect(
                isNumber
                    || says == "cannot store \(type) value in \(column.type) column \(table).\(column.name)",
                "\(says ?? "taken")")
        }
    }

    @Test(arguments: SchemaIndexCases.accepted.indices)
    func `Schema: what the rules let pass`(index: Int) throws {
        let (name, before, step) = SchemaIndexCases.accepted[index]
        #expect(try bench.refusal(of: step, after: before) == nil, "\(name)")
    }

    @Test(arguments: HoldStatus.allCases)
    func `RX-ATOMIC: the schema lets no hold change but by the table`(from: HoldStatus) throws {
        func end(_ status: HoldStatus) -> String { status.isActive ? "NULL" : "2" }
        for to in HoldStatus.allCases where to != from {
            let says = try bench.refusal(
                of: .sql(
                    "UPDATE holds SET status = '\(to.rawValue)', ended_at = \(end(to)) WHERE id = 'hold2'"),
                after: [.fresh("holds", ["status": "'\(from.rawValue)'", "ended_at": end(from)])],
                without: ["holds: trigger holds_begin_reserved"])
            #expect(says == (from.successors.contains(to) ? nil : "no such change of a hold"), "\(to)")
        }
    }

    @Test(arguments: PrescriptionStatus.allCases)
    func `RX-CANCEL: the schema lets no record change but by the table`(from: PrescriptionStatus) throws {
        let flaw = from == .invalid ? "'forged'" : "NULL"
        for to in PrescriptionStatus.allCases where to != from {
            let says = try bench.refusal(
                of: .sql("UPDATE prescriptions SET status = '\(to.rawValue)' WHERE id = 'rx2'"),
                after: [.fresh("prescriptions", ["status": "'\(from.rawValue)'", "flaw": flaw])])
            #expect(says == (from.successors.contains(to) ? nil : "no such change of a record"), "\(to)")
        }
    }
}
