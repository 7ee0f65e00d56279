import GRDB

/// A database in memory with the schema of a freshly made file, without some rules, and row 1 of every table.
struct SchemaTrial {
    private let bench: SchemaBench
    private let queue: DatabaseQueue

    init(_ bench: SchemaBench, without rules: [String] = [], checksReferences: Bool = true) throws {
        self.bench = bench
        var configuration = Configuration()
        configuration.foreignKeysEnabled = checksReferences
        queue = try DatabaseQueue(configuration: configuration)
        let schema = try bench.without(rules)
        try queue.write { db in
            for statement in schema.statements { try db.execute(sql: statement) }
            for statement in try SchemaRows.first.get() {
                try db.execute(sql: statement)
            }
        }
    }

    /// What the database says to a step, or nil if it takes it. The step is taken back, unless it is to be
    /// committed: some references are looked at then.
    func refusal(
        of step: SchemaCase.Step, after before: [SchemaCase.Step] = [], andCommits: Bool = false
    ) throws -> String? {
        try queue.writeWithoutTransaction { db in
            var placed: Set<String> = []
            var refusal: String?
            do {
                try db.inTransaction {
                    for step in before { try run(step, in: db, placed: &placed) }
                    if case .fresh(let table, _) = step {
                        try place(bench.parents(of: table), in: db, &placed)
                    }
                    do {
                        try run(step, in: db, placed: &placed)
                    } catch let error as DatabaseError {
                        refusal = error.message
                    }
                    return andCommits && refusal == nil ? .commit : .rollback
                }
            } catch let error as DatabaseError where andCommits && error.resultCode == .SQLITE_CONSTRAINT {
                return error.message
            }
            return refusal
        }
    }

    private func run(_ step: SchemaCase.Step, in db: Database, placed: inout Set<String>) throws {
        switch step {
        case .sql(let sql): try db.execute(sql: sql)
        case .replace(let table, let changes):
            try db.execute(
                sql: try SchemaRows.insert(table, number: 1, changes, verb: "INSERT OR REPLACE"))
        case .fresh(let table, let changes):
            try place(bench.parents(of: table), in: db, &placed)
            try db.execute(sql: SchemaRows.preparation(table, number: 2))
            try db.execute(sql: try SchemaRows.insert(table, number: 2, changes))
            placed.insert(table)
        }
    }

    private func place(_ tables: [String], in db: Database, _ placed: inout Set<String>) throws {
        for table in tables where placed.insert(table).inserted {
            try db.execute(sql: try SchemaRows.insert(table, number: 2))
        }
    }
}
