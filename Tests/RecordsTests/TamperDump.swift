import Crypto
import Foundation
import GRDB

/// Every audited field of a file by plain SQL, in one digest: what decides, without a look at the verifier,
/// whether a changed byte changed anything that is audited.
struct TamperDump: Sendable {
    /// Tables whose columns are all audited, but for those named, and why.
    private static let tables: [(name: String, without: Set<String>, condition: String)] = [
        ("authorizations", [], ""),
        // Questions of look-ups and sign-ins belong to no payment.
        ("confirmations", [], "WHERE authorization IS NOT NULL"), ("answers", [], ""),
        ("factor_offers", [], ""), ("decisions", [], ""),
        // Whose inputs they are is asked for at an erasure only.
        ("decision_inputs", ["customer", "patient_hash"], ""), ("refunds", [], ""), ("intents", [], ""),
        ("holds", [], ""),
        ("line_handovers", [], ""), ("handovers", [], ""), ("handover_parts", [], ""),
        ("prescriptions", [], ""), ("prescription_filings", [], ""),
        // When a list was first needed decides nothing.
        ("evidence", ["first_used_at"], ""), ("relations", [], ""), ("operators", [], ""),
        ("change_requests", [], ""), ("price_lists", [], ""), ("priced_products", [], ""), ("leaves", [], ""),
        ("log_edge", [], ""), ("log_nodes", [], ""),
    ]

    private let statements: [String]

    /// Learns the columns from a file that nobody touched.
    init(of path: String) throws {
        statements = try Self.open(path) { db in
            try Self.tables.map { table in
                let columns = try db.columns(in: table.name).map(\.name).filter {
                    !table.without.contains($0)
                }
                let key = try db.primaryKey(table.name).columns.joined(separator: ", ")
                return """
                    SELECT '\(table.name)', \(columns.joined(separator: ", ")) FROM \(table.name) NOT INDEXED
                    \(table.condition) ORDER BY \(key)
                    """
            }
        }
    }

    /// A digest of all values with their types; nil when something cannot be read.
    func digest(of path: String) -> [UInt8]? {
        try? Self.open(path) { db in
            var hash = SHA256()
            for sql in statements {
                let rows = try Row.fetchCursor(db, sql: sql)
                while let row = try rows.next() {
                    for value in row.databaseValues { hash.update(data: Self.bytes(value)) }
                }
            }
            return [UInt8](hash.finalize())
        }
    }

    private static func bytes(_ value: DatabaseValue) -> Data {
        let (type, data): (String, Data) =
            switch value.storage {
            case .null: ("n", Data())
            case .int64(let number): ("i", Data("\(number)".utf8))
            case .double(let number): ("d", Data("\(number.bitPattern)".utf8))
            case .string(let text): ("s", Data(text.utf8))
            case .blob(let blob): ("b", blob)
            }
        return Data("\(type)\(data.count):".utf8) + data
    }

    private static func open<Value>(_ path: String, _ body: (Database) throws -> Value) throws -> Value {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read(body)
    }
}
