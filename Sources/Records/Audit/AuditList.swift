package import GRDB
import Lifecycles
package import Vocabulary

/// Reads an operator's list page by page (OPS-FIND).
package enum AuditList {
    /// Rows that are looked at for one page at most; reading the factor of one counts as several.
    package static let window = 20_000
    static let factorCost = 4

    /// One page, newest first. The work is bounded: where terms that no index knows leave the page unfilled,
    /// it says how far it looked.
    ///
    /// - Parameter now: what relative times are counted from.
    package static func page(
        _ filter: AuditFilter, _ page: KeysetPage, now: Instant, window: Int = window, in db: Database
    ) throws -> AuditPage {
        let bounds = Bounds(filter, page, now)
        if filter.isContradiction { return AuditPage(rows: [], hasMore: false) }
        if let ids = try subjects(of: filter, in: db) {
            return try self.page(of: ids, filter, page, bounds, in: db)
        }
        let branches = try AuditPlan.branches(for: filter, from: bounds.from, to: bounds.to, in: db)
        var merge = try AuditMerge(
            branches, from: bounds.from, to: bounds.to, isAscending: page.isBackwards, in: db)
        var found: [AuditRow] = []
        var left = window
        var last: String?
        while found.count <= page.limit {
            guard left > 0 else { break }
            guard let row = try merge.next() else {
                last = nil
                break
            }
            left -= 1
            last = row["id"]
            guard filter.admits(row) else { continue }
            if !filter.factors.isEmpty { left -= factorCost }
            let item = try AuditRow(row, in: db)
            if filter.factors.isEmpty || filter.factors.contains(item.factor) { found.append(item) }
        }
        return cut(found, page, searchedTo: left > 0 ? nil : last)
    }

    /// The statements that a filter is answered with, for whoever checks that each follows an index.
    package static func statements(_ filter: AuditFilter) -> [String] {
        let ways = AuditPlan.ways(for: filter).flatMap { $0 } + [AuditPlan.everything]
        return ways.flatMap { branch in
            [false, true].map { isAscending in
                branch.statement(selecting: AuditRow.columns, from: nil, to: nil, isAscending: isAscending)
                    .sql
            }
        } + [AuditFactor.sql, one]
    }

    /// All merchants that ever asked for a payment, one look at the index each.
    package static func merchants(in db: Database) throws -> [MerchantID] {
        let sql = "SELECT merchant FROM authorizations WHERE merchant > ? ORDER BY merchant LIMIT 1"
        var found: [MerchantID] = []
        var last = ""
        while let next = try String.fetchOne(db.cachedStatement(sql: sql), arguments: [last]) {
            MerchantID(next).map { found.append($0) }
            last = next
        }
        return found
    }

    private static let one = "SELECT \(AuditRow.columns) FROM authorizations a WHERE a.id = ?"

    private struct Bounds {
        var from: String?
        var to: String?

        init(_ filter: AuditFilter, _ page: KeysetPage, _ now: Instant) {
            let since = filter.since.map { Self.first(at: $0.beginning(at: now)) }
            // Nothing lies between an id and itself with a zero behind it.
            from = [since, page.endingBefore.map { $0 + "0" }].compactMap { $0 }.max()
            let until = filter.until.map { Self.first(at: $0.end(at: now)) }
            to = [until, page.startingAfter].compactMap { $0 }.min()
        }

        /// The first id that can be made at a moment.
        private static func first(at instant: Instant) -> String {
            AuthorizationID(at: instant, random: (0, 0)).text
        }

        func holds(_ id: String) -> Bool { (from.map { id >= $0 } ?? true) && (to.map { id < $0 } ?? true) }
    }

    /// The authorizations that every named id leads to; nil when none is named but customers.
    private static func subjects(of filter: AuditFilter, in db: Database) throws -> Set<String>? {
        var found: Set<String>?
        for subject in filter.subjects {
            guard let ids = try subject.authorizations(in: db) else { continue }
            found = found.map { $0.intersection(ids) } ?? ids
        }
        return found
    }

    private static func page(
        of ids: Set<String>, _ filter: AuditFilter, _ page: KeysetPage, _ bounds: Bounds, in db: Database
    ) throws -> AuditPage {
        let sorted = ids.filter { bounds.holds($0) }.sorted()
        var found: [AuditRow] = []
        for id in page.isBackwards ? sorted : sorted.reversed() where found.count <= page.limit {
            guard let row = try Row.fetchOne(db.cachedStatement(sql: one), arguments: [id]),
                filter.admits(row)
            else { continue }
            let item = try AuditRow(row, in: db)
            if filter.factors.isEmpty || filter.factors.contains(item.factor) { found.append(item) }
        }
        return cut(found, page, searchedTo: nil)
    }

    private static func cut(_ found: [AuditRow], _ page: KeysetPage, searchedTo: String?) -> AuditPage {
        let cut = page.cut(page.ordered(found))
        if cut.hasMore { return AuditPage(rows: cut.items, hasMore: true) }
        // A full page goes on after its last row; one that is not goes on where the looking stopped.
        let stopped = searchedTo.flatMap { AuthorizationID($0) }
        if cut.items.count == page.limit { return AuditPage(rows: cut.items, hasMore: stopped != nil) }
        return AuditPage(rows: cut.items, hasMore: stopped != nil, searchedTo: stopped)
    }
}

extension AuditFilter {
    /// Nothing can be both: a reason belongs to what was declined.
    var isContradiction: Bool {
        guard let reasons = possibleReasons else { return false }
        return reasons.isEmpty || (!statuses.isEmpty && !statuses.contains(.declined))
    }

    /// Whether a row passes every term that it can be asked about.
    func admits(_ row: Row) -> Bool {
        func holds<Value: Hashable>(_ wanted: Set<Value>, _ column: String, _ text: (Value) -> String) -> Bool
        {
            guard !wanted.isEmpty else { return true }
            guard let found = row[column] as String? else { return false }
            return wanted.contains { text($0) == found }
        }
        let amount: Int64 = row["amount"]
        return holds(statuses, "status", \.rawValue)
            && holds(possibleReasons ?? [], "decline_reason", \.rawValue)
            && holds(merchants, "merchant", \.text) && holds(orders, "order_reference", \.text)
            && holds(cards, "last4") { $0 } && holds(codes, "network_code", \.text)
            && holds(currencies, "currency", \.code) && amounts.allSatisfy { $0.holds(for: amount) }
            && subjects.allSatisfy { subject in
                if case .customer(let id) = subject { row["customer"] == id.text } else { true }
            }
    }
}
