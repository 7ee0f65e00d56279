import Foundation
package import GRDB
package import Notation
package import Vocabulary

/// Decisions of a stretch of the log, read page by page in the order of their leaves (OPS-REPLAY).
///
/// A page is a stretch of leaves, so that reading one costs the same however few of its decisions are wanted.
package struct DecisionWalk: Sendable {
    /// Leaves of a page.
    private static let page: Int64 = 500

    private let range: Range<Int64>
    private let since: Instant?
    private let until: Instant?
    /// A JSON array; nil takes all.
    private let merchants: String?

    /// What a walk is narrowed to.
    package struct Bounds: Sendable {
        package let since: Instant?
        package let until: Instant?
        /// Whose decisions; nil takes all.
        package let merchants: Set<MerchantID>?

        package init(since: Instant?, until: Instant?, merchants: Set<MerchantID>?) {
            self.since = since
            self.until = until
            self.merchants = merchants
        }
    }

    /// - Parameter size: of the log; leaves from there on do not belong to the walk.
    package init(_ bounds: Bounds, size: Int64, in db: Database) throws {
        since = bounds.since
        until = bounds.until
        range = try ExportReading.Log(db).range(nil, since: since, until: until, size: size)
        merchants = bounds.merchants.map { JSON.array($0.sorted().map { .text($0.text) }).writtenText }
    }

    /// Where the pages begin, in the order of the log.
    package var pages: StrideTo<Int64> {
        stride(from: range.lowerBound, to: range.upperBound, by: Int(Self.page))
    }

    /// The decisions of the page that begins at a position.
    package func decisions(from start: Int64, in db: Database) throws -> [WalkedDecision] {
        // The leaves lead, whatever else the query planner would think of.
        let sql = """
            SELECT d.id, d.authorization, d.stage, d.reason, d.trace, i.sealed
            FROM decisions d CROSS JOIN authorizations a ON a.id = d.authorization
            LEFT JOIN decision_inputs i ON i.decision = d.id
            WHERE d.leaf >= ?1 AND d.leaf < ?2 AND (?3 IS NULL OR d.decided_at >= ?3)
                AND (?4 IS NULL OR d.decided_at < ?4)
                AND (?5 IS NULL OR a.merchant IN (SELECT value FROM json_each(?5)))
            ORDER BY d.leaf
            """
        let arguments: StatementArguments = [
            start, min(start + Self.page, range.upperBound), since, until, merchants,
        ]
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
            .map { try WalkedDecision($0) }
    }
}

/// A decision with what it rests on, the personal part still sealed.
package struct WalkedDecision: Sendable, Hashable {
    package let id: DecisionID
    package let authorization: AuthorizationID
    /// `create`, `answer` or `result`.
    package let stage: String
    /// As it is stored; nil when it was no decline.
    package let reason: String?
    package let trace: JSON
    /// Nil when no rule looked at a person, or when what it looked at was erased.
    package let sealedInputs: [UInt8]?

    fileprivate init(_ row: Row) throws {
        let text: String = row["id"]
        guard let id = DecisionID(text), let authorization = AuthorizationID(row["authorization"]) else {
            throw LedgerFault.unreadable(table: "decisions", id: text)
        }
        self.id = id
        self.authorization = authorization
        stage = row["stage"]
        reason = row["reason"]
        // A trace that is no JSON has no rules: the replay counts it as one that cannot be read.
        trace = (try? TraceDocument.read(row["trace"])) ?? .null
        sealedInputs = (row["sealed"] as Data?).map { [UInt8]($0) }
    }
}
