package import Records
package import Vocabulary

extension AuditFilter {
    /// Characters in a filter at most: more than anybody writes, and less than an address may have.
    package static let longestText = 1_000

    /// Reads the filter language of console and command line (OPS-FIND).
    ///
    /// Terms stand with blanks between them and go together: `status:declined merchant:nordlys since:7d
    /// amount>50000 DKK`. Values with commas between are alternatives. A word without a key is an id or else
    /// an order reference. Where no status is named, and no id, order or card either, declined ones are
    /// meant; `status:any` says otherwise.
    ///
    /// - Parameters:
    ///   - now: the moment that relative times are counted from, to see that something lies between them.
    ///   - merchants: those that a beginning of a merchant's name may mean.
    package init(parsing text: String, now: Instant, merchants: [MerchantID]) throws(FilterFlaw) {
        var builder = FilterBuilder(merchants: merchants)
        guard text.count <= Self.longestText else {
            let start = FilterTerm(
                text: String(text.prefix(20)), column: 1, key: nil, relation: .equal, values: [])
            throw FilterFlaw(.tooLong(limit: Self.longestText), at: start)
        }
        for term in try FilterReader.terms(of: text) { try builder.add(term) }
        self = try builder.finished(at: now)
    }
}

/// The keys of the filter language.
package enum FilterKey: String, Sendable, Hashable, CaseIterable {
    case status, reason, by, merchant, order, card, amount, currency, since, until, code, factor
}
