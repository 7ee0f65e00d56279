import Crypto
package import GRDB
import GRDBSQLite
import Vocabulary

/// The state that a leaf vouches for: every row that belongs to its subject, in one digest.
///
/// The digest goes into each leaf about the subject as the salted commitment `state`. So the last leaf of an
/// authorization says what its rows must be, and `godkend audit verify` asks the rows (LOG-TAMPER).
package enum AuditedState {
    /// The commitment's name in a leaf.
    package static let commitment = "state"

    /// The kinds of subject whose state is audited, by the prefix of their ids, with the table of their own
    /// rows.
    package static let subjects: [(prefix: String, table: String)] = [
        ("auth_", "authorizations"), ("prx_", "prescriptions"), ("rel_", "relations"),
        ("opr_", "operators"), ("chg_", "change_requests"), (priceList, "price_lists"),
    ]

    /// A price list's subject is this and its first day.
    package static let priceList = "price_list:"

    /// SHA-256 over the rows of a subject; nil when its kind has no audited state or there is no such row.
    package static func digest(of subject: String, in db: Database) throws -> [UInt8]? {
        guard let prefix = subjects.first(where: { subject.hasPrefix($0.prefix) })?.prefix,
            let tables = tables[prefix]
        else { return nil }
        var hash = SHA256()
        var isThere = false
        for table in tables {
            let statement = try db.cachedStatement(sql: table.sql)
            let rows = try Row.fetchCursor(statement, arguments: [subject])
            while try rows.next() != nil {
                isThere = true
                hash.update(data: bytes(of: statement, in: table))
            }
        }
        return isThere ? [UInt8](hash.finalize()) : nil
    }

    /// A table with the columns that are audited, and how its rows of one subject are found, in order.
    package struct Table: Sendable {
        package let name: String
        package let columns: [String]
        /// What follows FROM; `?` stands for the subject.
        package let rows: String
        package let sql: String

        init(name: String, columns: [String], rows: String) {
            (self.name, self.columns, self.rows) = (name, columns, rows)
            sql = "SELECT " + columns.map { "t.\($0)" }.joined(separator: ", ") + " FROM " + rows
        }
    }

    /// A row is its table's name and then, for each column, a letter for the type, the length and the value.
    ///
    /// Read from SQLite's own memory: a payment with hundreds of refunds has thousands of values, and they
    /// are hashed with each of its leaves.
    private static func bytes(of statement: Statement, in table: Table) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1_024)
        add("T", Array(table.name.utf8), to: &bytes)
        for column in 0..<CInt(table.columns.count) {
            let row = unsafe statement.sqliteStatement
            let type = unsafe sqlite3_column_type(row, column)
            switch type {
            case SQLITE_NULL: add("N", [], to: &bytes)
            case SQLITE_INTEGER:
                add("I", Array(String(unsafe sqlite3_column_int64(row, column)).utf8), to: &bytes)
            case SQLITE_FLOAT:
                let number = unsafe sqlite3_column_double(row, column)
                add("R", Array(String(number.bitPattern).utf8), to: &bytes)
            default:
                // The blob of a text is its bytes; asked for first, so that the length is theirs.
                let start = unsafe sqlite3_column_blob(row, column)
                let count = unsafe Int(sqlite3_column_bytes(row, column))
                bytes += (type == SQLITE_TEXT ? "S\(count):" : "B\(count):").utf8
                unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
            }
        }
        return bytes
    }

    private static func add(_ type: String, _ value: [UInt8], to bytes: inout [UInt8]) {
        bytes += "\(type)\(value.count):".utf8
        bytes += value
    }
}

extension AuditedState {
    /// By the prefix of the subject. The position of the last leaf is left out: it is compared by itself.
    package static let tables: [String: [Table]] = [
        "auth_": [
            Table(
                name: "authorizations",
                columns: [
                    "id", "merchant", "is_live", "customer", "card_token", "brand", "first6", "last4",
                    "exp_month", "exp_year", "amount", "currency", "capture_mode", "order_reference",
                    "order_document", "order_digest", "metadata", "return_url", "replaces", "cancel_reason",
                    "status", "processing_since", "approval_code", "approved_at", "capture_before",
                    "decline_reason", "network_code", "captured", "capturing", "refunded", "refunding",
                    "final_capture_open", "version", "last_event", "created_at", "updated_at",
                    "prescription_lines", "decline_line", "decline_next_from", "decline_is_open",
                    "order_sealed",
                ], rows: "authorizations t WHERE t.id = ?"),
            Table(
                name: "order_records", columns: ["prescription"],
                rows: "order_records t WHERE t.authorization = ? ORDER BY t.prescription"),
            Table(
                name: "confirmations",
                columns: [
                    "id", "kind", "subject", "customer", "merchant", "payee", "status", "reason", "issued_at",
                    "expires_at", "ended_at", "device", "version",
                ], rows: "confirmations t WHERE t.authorization = ?"),
            Table(
                name: "answers",
                columns: [
                    "confirmation", "device", "verdict", "verified_by", "certificate", "compact", "digest",
                    "answered_at",
                ],
                rows: """
                    confirmations c JOIN answers t ON t.confirmation = c.id WHERE c.authorization = ?
                    """),
            Table(
                name: "factor_offers", columns: ["id", "confirmation", "factor", "offered_at"],
                rows: """
                    confirmations c JOIN factor_offers t ON t.confirmation = c.id
                    WHERE c.authorization = ? ORDER BY t.id
                    """),
            Table(
                name: "decisions",
                columns: ["id", "stage", "outcome", "reason", "trace", "rule_set", "leaf", "decided_at"],
                rows: "decisions t WHERE t.authorization = ? ORDER BY t.id"),
            Table(
                name: "refunds", columns: ["id", "amount", "reason", "status", "created_at"],
                rows: "refunds t WHERE t.authorization = ? ORDER BY t.id"),
            Table(
                name: "intents",
                columns: [
                    "id", "kind", "amount", "is_final", "refund", "status", "network_code", "transmitted_at",
                    "trace_number", "retrieval_reference", "terminal", "created_at", "ended_at",
                ], rows: "intents t WHERE t.authorization = ? ORDER BY t.id"),
            Table(
                name: "holds",
                columns: [
                    "id", "order_line", "prescription", "version", "record_key", "line", "handover",
                    "handovers", "quantity", "units", "units_handed_over", "relation", "patient_initials",
                    "status", "created_at", "ended_at",
                ], rows: "holds t WHERE t.authorization = ? ORDER BY t.id"),
            Table(
                name: "line_handovers",
                columns: [
                    "hold", "record_key", "line", "handover", "handovers", "begun_on", "begun_at", "status",
                ],
                rows: """
                    holds h JOIN line_handovers t ON t.hold = h.id WHERE h.authorization = ? ORDER BY h.id
                    """),
            Table(
                name: "handovers",
                columns: ["id", "gln", "is_final", "handed_over_at", "undone_at", "undo_reason", "leaf"],
                rows: "handovers t WHERE t.authorization = ? ORDER BY t.id"),
            Table(
                name: "handover_parts",
                columns: ["handover", "hold", "quantity", "units", "detail_sealed"],
                rows: """
                    handovers h JOIN handover_parts t ON t.handover = h.id
                    WHERE h.authorization = ? ORDER BY t.handover, t.hold
                    """),
        ],
        "prx_": [
            Table(
                name: "prescriptions",
                columns: [
                    "id", "merchant", "is_live", "kind", "record_key", "version", "patient_hash",
                    "signer_hash", "named_hash", "status", "flaw", "valid_to", "lines", "filing", "tag",
                    "created_at", "updated_at",
                ], rows: "prescriptions t WHERE t.id = ?"),
            Table(
                name: "prescription_filings",
                columns: [
                    "number", "text_digest", "record_digest", "attested_at", "signed_at", "first_seen",
                    "examined_at", "body_sealed", "verdict", "rule_set", "evidence", "leaf_digest", "leaf",
                ], rows: "prescription_filings t WHERE t.prescription = ? ORDER BY t.number"),
        ],
        "rel_": [
            Table(
                name: "relations",
                columns: [
                    "id", "kind", "patient_hash", "holder", "scope", "valid_from", "valid_to", "status",
                    "created_at", "ended_at",
                ], rows: "relations t WHERE t.id = ?")
        ],
        "opr_": [
            Table(
                name: "operators",
                columns: ["id", "identity", "name", "role", "status", "created_at", "ended_at"],
                rows: "operators t WHERE t.id = ?")
        ],
        "chg_": [
            Table(
                name: "change_requests",
                columns: [
                    "id", "kind", "subject", "change", "digest", "requested_by", "requested_at", "expires_at",
                    "status", "decided_by", "decided_at",
                ], rows: "change_requests t WHERE t.id = ?")
        ],
        priceList: [
            Table(
                name: "price_lists", columns: ["valid_from", "digest", "products", "imported_at"],
                rows: "price_lists t WHERE t.valid_from = substr(?, \(priceList.count + 1))"),
            Table(
                name: "priced_products",
                columns: [
                    "number", "drug", "atc", "name", "package_size", "substitution_group", "dispensing_group",
                    "price",
                ],
                rows: """
                    priced_products t WHERE t.valid_from = substr(?, \(priceList.count + 1))
                    ORDER BY t.number
                    """),
        ],
    ]
}
