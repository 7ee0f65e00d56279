import Foundation
package import GRDB
package import Lifecycles
package import Vocabulary

/// What one handover gave on one line, with the sealed part of it.
package struct HandoverDetail: Sendable, Hashable {
    package let hold: HoldSummary
    /// Packages.
    package let quantity: Int
    /// Product number and batch, sealed.
    package let detailSealed: [UInt8]
}

extension HandoverDetail {
    /// The parts of a handover in the order of the order's lines.
    package static func all(of handover: HandoverID, in db: Database) throws -> [HandoverDetail] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.quantity AS part_quantity, p.detail_sealed, h.*
                FROM handover_parts p JOIN holds h ON h.id = p.hold
                WHERE p.handover = ? ORDER BY h.order_line
                """)
        return try Row.fetchAll(statement, arguments: [handover]).map { row in
            HandoverDetail(
                hold: try HoldRecord(row).summary, quantity: row["part_quantity"],
                detailSealed: [UInt8](row["detail_sealed"] as Data))
        }
    }
}
