import Foundation
package import GRDB
package import Proofs
package import Vocabulary

/// A leaf with what opens its hidden reason: for an export.
package struct ExportedLeaf: Sendable, Hashable {
    package let stored: StoredLeaf
    /// The reason of a decision; where the leaf only commits to it, this opens it together with the salt.
    package let reason: DeclineReason?
    /// Nil when it was erased.
    package let salt: [UInt8]?
}

/// Reads leaves and nodes for an export.
package enum ExportReading {
    /// The log of one connection, in one view of the file.
    package struct Log {
        private let db: Database

        package init(_ db: Database) { self.db = db }

        /// The roots of complete subtrees.
        package func nodes(_ addresses: [NodeAddress]) throws -> [[UInt8]] {
            try addresses.map { try LogReading.node(level: $0.level, index: $0.index, in: db) }
        }

        /// The range of an export: by positions, or else by time, with one leaf more on each side where
        /// there is one.
        package func range(
            _ positions: Range<Int64>?, since: Instant?, until: Instant?, size: Int64
        ) throws -> Range<Int64> {
            let from = try positions?.lowerBound ?? since.map { try position(at: $0, size: size) } ?? 0
            let to = try positions?.upperBound ?? until.map { try position(at: $0, size: size) } ?? size
            let start = max(0, min(from, size) - 1)
            return start..<max(start, min(to < size ? to + 1 : size, size))
        }

        /// The first position whose leaf is not older than a moment: times never fall along the log. `size`
        /// when there is none.
        private func position(at moment: Instant, size: Int64) throws -> Int64 {
            var (low, high): (Int64, Int64) = (0, size)
            while low < high {
                let middle = low + (high - low) / 2
                guard let leaf = try LogReading.leaf(at: middle, in: db)?.leaf else {
                    throw LedgerFault.unreadable(table: "leaves", id: String(middle))
                }
                if leaf.time < moment { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    /// The leaves of a range, in order.
    package static func leaves(_ range: Range<Int64>, in db: Database) throws -> [ExportedLeaf] {
        let sql = """
            SELECT l.position, l.bytes, l.hash, l.body, d.reason, s.salt FROM leaves l
            LEFT JOIN decisions d ON d.leaf = l.position LEFT JOIN leaf_salts s ON s.position = l.position
            WHERE l.position >= ? AND l.position < ? ORDER BY l.position
            """
        return try Row.fetchAll(
            db.cachedStatement(sql: sql), arguments: [range.lowerBound, range.upperBound]
        ).map { row in
            ExportedLeaf(
                stored: StoredLeaf(row),
                reason: (row["reason"] as String?).flatMap { DeclineReason(rawValue: $0) },
                salt: (row["salt"] as Data?).map { [UInt8]($0) })
        }
    }
}
