import Foundation
import GRDB
import Lifecycles
import Vocabulary

/// Reads handovers back.
enum HandoverReading {
    static func all(of authorization: AuthorizationID, in db: Database) throws -> [HandoverSummary] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM handovers WHERE authorization = ? ORDER BY id")
        return try Row.fetchAll(statement, arguments: [authorization]).map { row in
            let text: String = row["id"]
            guard let id = HandoverID(text) else {
                throw LedgerFault.unreadable(table: "handovers", id: text)
            }
            return HandoverSummary(
                id: id, authorization: authorization, isFinal: row["is_final"],
                handedOverAt: row["handed_over_at"], undoneAt: row["undone_at"],
                parts: try parts(of: id, in: db))
        }
    }

    static func find(
        _ id: HandoverID, of authorization: AuthorizationID, in db: Database
    ) throws -> HandoverSummary? {
        try all(of: authorization, in: db).first { $0.id == id }
    }

    private static func parts(of id: HandoverID, in db: Database) throws -> [HandoverPart] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.hold, p.quantity, h.order_line FROM handover_parts p JOIN holds h ON h.id = p.hold
                WHERE p.handover = ? ORDER BY h.order_line
                """)
        return try Row.fetchAll(statement, arguments: [id]).compactMap { row in
            HoldID(row["hold"]).map {
                HandoverPart(hold: $0, orderLine: row["order_line"], quantity: row["quantity"])
            }
        }
    }
}
