import Foundation
import GRDB
import Records
import TestKit
import Testing

/// Every audited column, changed by itself, past the program.
@Suite struct TamperColumnTests {
    /// A column of a table that belongs to subjects of a kind.
    struct Column: Sendable, CustomTestStringConvertible {
        let prefix: String
        let table: AuditedState.Table
        let name: String

        var testDescription: String { "\(table.name).\(name)" }
    }

    static let columns: [Column] = AuditedState.tables.sorted { $0.key < $1.key }.flatMap { prefix, tables in
        tables.flatMap { table in
            table.columns.map { Column(prefix: prefix, table: table, name: $0) }
        }
    }

    @Test(arguments: columns)
    func `LOG-TAMPER: each audited column changed by itself is found, and the subject is named`(
        column: Column
    ) async throws {
        let copy = try await TamperSpecimen.small.value.copy()
        let subject = try copy.spoil { db in try change(column, in: db) }
        let named = try #require(subject, "the specimen has no row of \(column.table.name)")
        let places = await copy.findings().map(\.place)
        #expect(places.contains { $0.contains(named) }, "\(named): \(places)")
    }

    /// Gives the column of one row another value, and says whose row it is; nil when there is none.
    private func change(_ column: Column, in db: Database) throws -> String? {
        let key = try db.primaryKey(column.table.name).columns
        let picked = (key + [column.name]).map { "t.\($0)" }.joined(separator: ", ")
        for subject in try subjects(column.prefix, in: db) {
            let sql = "SELECT \(picked) FROM \(column.table.rows)"
            guard let row = try Row.fetchOne(db, sql: sql, arguments: [subject]) else { continue }
            let values = Array(row.databaseValues)
            let type = try String.fetchOne(
                db, sql: "SELECT type FROM pragma_table_info(?) WHERE name = ?",
                arguments: [column.table.name, column.name])
            let place = key.map { "\($0) = ?" }.joined(separator: " AND ")
            try db.execute(
                sql: "UPDATE \(column.table.name) SET \(column.name) = ? WHERE \(place)",
                arguments: StatementArguments(
                    [other(than: values[key.count], type: type ?? "")] + values.dropLast()))
            #expect(db.changesCount == 1)
            return subject
        }
        return nil
    }

    private func subjects(_ prefix: String, in db: Database) throws -> [String] {
        guard let table = AuditedState.subjects.first(where: { $0.prefix == prefix })?.table else {
            return []
        }
        let id = prefix == AuditedState.priceList ? "'\(prefix)' || valid_from" : "id"
        return try String.fetchAll(db, sql: "SELECT \(id) FROM \(table) ORDER BY 1")
    }

    private func other(than value: DatabaseValue, type: String) -> DatabaseValue {
        switch (value.storage, type) {
        case (.int64(let number), _): (number ^ 1 << 20).databaseValue
        case (.string(let text), _): (text + "x").databaseValue
        case (.blob(let data), _): (Data([(data.first ?? 0) ^ 1]) + data.dropFirst()).databaseValue
        case (_, "INTEGER"): 1.databaseValue
        case (_, "BLOB"): Data([1]).databaseValue
        default: "x".databaseValue
        }
    }
}
