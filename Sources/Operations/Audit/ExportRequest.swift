import Lifecycles
package import Records
import Vocabulary

/// What an export is asked to hold.
package struct ExportRequest: Sendable {
    package var filter: AuditFilter
    /// Positions in the log, instead of `since` and `until`; the end is not included.
    package var positions: Range<Int64>?
    /// A checkpoint in the receiver's hands, as its text: the export proves that the log still begins so.
    package var earlier: String?

    package init(filter: AuditFilter, positions: Range<Int64>? = nil, earlier: String? = nil) {
        self.filter = filter
        self.positions = positions
        self.earlier = earlier
    }
}

extension ExportRequest {
    /// The filter with moments that no longer move. Refuses terms that no leaf tells of.
    func exportFilter(at now: Instant) throws(Refusal) -> ExportFilter {
        let filter = ExportFilter(filter: filter.fixed(at: now))
        guard let term = filter.unusable else { return filter }
        throw Refusal(
            .parameterInvalid, parameter: "filter",
            detail: "An export cannot go by \(term): no leaf tells of it. Use status, reason, by, "
                + "merchant, amount, currency, since, until, or the id of an authorization or a record.")
    }

    /// What its leaf commits to.
    func particulars(_ filter: ExportFilter) -> [UInt8] {
        Array((filter.filter.canonicalText + (positions.map { " \($0)" } ?? "")).utf8)
    }
}

/// How an export is written.
package enum ExportFormat: String, Sendable, Hashable, CaseIterable {
    /// JSON lines: the manifest, then every leaf of the range. What can be checked.
    case json
    /// The leaves inside the filter as a table.
    case csv
}

/// Which leaves an export shows whole. Of the rest it shows kind, outcome and time.
struct ExportFilter: Sendable {
    let filter: AuditFilter

    /// The first term that no leaf tells of: an export cannot go by it.
    var unusable: String? {
        if !filter.orders.isEmpty { return FilterKey.order.rawValue }
        if !filter.cards.isEmpty { return FilterKey.card.rawValue }
        if !filter.codes.isEmpty { return FilterKey.code.rawValue }
        if !filter.factors.isEmpty { return FilterKey.factor.rawValue }
        return filter.subjects.lazy.map(\.text).filter { !$0.hasPrefix("auth_") && !$0.hasPrefix("prx_") }
            .min()
    }

    /// Whether header and time decide everything: then nothing may be withheld.
    var isProvedForAll: Bool {
        filter.reasons.isEmpty && filter.parties.isEmpty && filter.merchants.isEmpty
            && filter.merchantWords.isEmpty && filter.amounts.isEmpty && filter.currencies.isEmpty
            && filter.subjects.isEmpty && (filter.statuses.isEmpty || filter.statuses == [.declined])
    }

    /// The terms that hold for every leaf of the range, shown or not.
    static let provedForAll = ["kind", "outcome", "time"]

    /// The terms that only the leaves that are shown whole can tell.
    var provedForShown: [String] {
        let terms: [(FilterKey, Bool)] = [
            (.status, !(filter.statuses.isEmpty || filter.statuses == [.declined])),
            (.reason, !filter.reasons.isEmpty), (.by, !filter.parties.isEmpty),
            (.merchant, !filter.merchantWords.isEmpty), (.amount, !filter.amounts.isEmpty),
            (.currency, !filter.currencies.isEmpty),
        ]
        return terms.filter(\.1).map(\.0.rawValue) + (filter.subjects.isEmpty ? [] : ["id"])
    }

    /// What a header alone says.
    func admits(kind: String, outcome: String, time: Instant) -> Bool {
        if filter.statuses == [.declined] || !(filter.possibleReasons ?? []).isEmpty {
            guard kind == LeafKind.decision.rawValue, outcome == "declined" else { return false }
        }
        return isWithin(time)
    }

    /// - Parameter reason: the opened reason where the leaf only commits to one.
    func admits(_ leaf: Leaf, reason: DeclineReason?) -> Bool {
        guard admits(kind: leaf.kind.rawValue, outcome: leaf.outcome, time: leaf.time) else { return false }
        let state = leaf.stateAfter.flatMap { $0.split(separator: ":").first }.map(String.init)
        if !filter.statuses.isEmpty, filter.statuses != [.declined] {
            guard filter.statuses.contains(where: { $0.rawValue == state }) else { return false }
        }
        if let reasons = filter.possibleReasons {
            guard let reason, reasons.contains(reason) else { return false }
        }
        if !filter.merchants.isEmpty {
            guard filter.merchants.contains(where: { $0.text == leaf.merchant }) else { return false }
        }
        if !filter.currencies.isEmpty {
            guard filter.currencies.contains(where: { $0.code == leaf.currency }) else { return false }
        }
        if !filter.amounts.isEmpty {
            guard let amount = leaf.amountMinor, filter.amounts.allSatisfy({ $0.holds(for: amount) }) else {
                return false
            }
        }
        return filter.subjects.allSatisfy { $0.text == leaf.subject }
    }

    private func isWithin(_ time: Instant) -> Bool {
        if case .instant(let since) = filter.since, time < since { return false }
        if case .instant(let until) = filter.until, time >= until { return false }
        return true
    }
}

extension AuditFilter {
    /// The same with moments that no longer move.
    func fixed(at now: Instant) -> AuditFilter {
        var fixed = self
        fixed.since = since.map { .instant($0.beginning(at: now)) }
        fixed.until = until.map { .instant($0.end(at: now)) }
        return fixed
    }
}
