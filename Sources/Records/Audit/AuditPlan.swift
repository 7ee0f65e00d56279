import GRDB
import Lifecycles
import Vocabulary

/// Which way through the authorizations a filter takes. Every way is along an index and in the order of the
/// ids, so that a page costs as much as its rows, whatever the size of the file.
enum AuditPlan {
    /// Branches that are merged at most; more are tested row by row instead.
    static let mostBranches = 64
    /// Rows that are counted to see which of two ways is the shorter one.
    static let countedAtMost = 2_000

    private static let isLive = "a.is_live = (SELECT is_live FROM gateway_mode)"
    private static let customer = AuditBranch.Driver("audit_by_customer", "a.customer = ?")
    private static let order = AuditBranch.Driver("audit_by_order", "a.order_reference = ?")
    private static let card = AuditBranch.Driver("audit_by_card", "a.last4 = ?")
    private static let code = AuditBranch.Driver("audit_by_code", "a.network_code = ?")
    private static let reason = AuditBranch.Driver("audit_by_reason", "a.decline_reason = ?")
    private static let status = AuditBranch.Driver("audit_by_status", "a.status = ?")
    private static let merchantReason = AuditBranch.Driver(
        "audit_by_merchant_reason", "a.merchant = ? AND a.decline_reason = ?")
    private static let merchantStatus = AuditBranch.Driver(
        "authorizations_by_status", "a.merchant = ? AND a.status = ? AND " + isLive)
    private static let merchant = AuditBranch.Driver(
        "authorizations_of_merchant", "a.merchant = ? AND " + isLive)
    static let everything = AuditBranch(driver: AuditBranch.Driver(nil, ""), values: [])

    /// The ways that a filter can take, the more telling ones first. None is left out that could be the
    /// shortest.
    static func ways(for filter: AuditFilter) -> [[AuditBranch]] {
        let reasons = filter.possibleReasons.map { $0.map(\.rawValue).sorted() } ?? []
        let merchants = filter.merchants.map(\.text).sorted()
        let statuses = filter.statuses.map(\.rawValue).sorted()
        let customers = filter.subjects.compactMap { subject in
            if case .customer(let id) = subject { id.text } else { nil }
        }
        let ways = [
            single(customer, customers), single(order, filter.orders.map(\.text).sorted()),
            single(code, filter.codes.map(\.text).sorted()), pairs(merchantReason, merchants, reasons),
            single(reason, reasons), single(card, filter.cards.sorted()),
            reasons.isEmpty ? pairs(merchantStatus, merchants, statuses) : [], single(merchant, merchants),
            reasons.isEmpty ? single(status, statuses) : [],
        ].filter { !$0.isEmpty && $0.count <= mostBranches }
        return ways.isEmpty ? [[everything]] : ways
    }

    /// The shortest way: the first with the fewest rows, counted up to a limit.
    static func branches(
        for filter: AuditFilter, from: String?, to: String?, in db: Database
    ) throws -> [AuditBranch] {
        let ways = ways(for: filter)
        guard ways.count > 1 else { return ways[0] }
        var best = (way: ways[0], rows: Int.max)
        for way in ways {
            let rows = try count(way, from: from, to: to, below: min(best.rows, countedAtMost), in: db)
            if rows < best.rows { best = (way, rows) }
        }
        return best.way
    }

    private static func count(
        _ way: [AuditBranch], from: String?, to: String?, below limit: Int, in db: Database
    ) throws -> Int {
        var rows = 0
        for branch in way where rows < limit {
            let inner = branch.statement(selecting: "1", from: from, to: to, isAscending: false)
            rows +=
                try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM (\(inner.sql) LIMIT \(limit - rows))",
                    arguments: inner.arguments) ?? 0
        }
        return rows
    }

    private static func single(_ driver: AuditBranch.Driver, _ values: [String]) -> [AuditBranch] {
        values.map { AuditBranch(driver: driver, values: [$0]) }
    }

    private static func pairs(
        _ driver: AuditBranch.Driver, _ first: [String], _ second: [String]
    ) -> [AuditBranch] {
        first.count * second.count > mostBranches
            ? [] : first.flatMap { left in second.map { AuditBranch(driver: driver, values: [left, $0]) } }
    }
}
