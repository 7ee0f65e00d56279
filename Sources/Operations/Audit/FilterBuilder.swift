import Lifecycles
import Records
import Vocabulary

/// Puts a filter together term by term.
struct FilterBuilder {
    static let valuesAtMost = 20

    private let known: [MerchantID]
    private var filter = AuditFilter()
    private var seen: [FilterKey: FilterTerm] = [:]
    private var amounts = FilterAmounts()
    private var isAnyStatus = false

    init(merchants: [MerchantID]) { known = merchants }

    mutating func add(_ term: FilterTerm) throws(FilterFlaw) {
        if let key = term.key { return try add(term, named: key) }
        let word = term.values.first ?? ""
        if amounts.take(currency: word) { return }
        amounts.endTerm()
        if let subject = AuditSubject(word) {
            filter.subjects.insert(subject)
            return
        }
        try addOnce(.order, term)
        filter.orders = [try order(word, in: term)]
    }

    /// The whole filter, with what follows from the terms together.
    func finished(at now: Instant) throws(FilterFlaw) -> AuditFilter {
        var filter = filter
        try amounts.finish(into: &filter)
        if let since = filter.since, let until = filter.until, let term = seen[.until] ?? seen[.since],
            since.beginning(at: now) >= until.end(at: now)
        {
            throw FilterFlaw(.empty, at: term)
        }
        let isSearch = !filter.subjects.isEmpty || !filter.orders.isEmpty || !filter.cards.isEmpty
        if filter.statuses.isEmpty, !isAnyStatus, !isSearch { filter.statuses = [.declined] }
        return filter
    }

    private mutating func add(_ term: FilterTerm, named name: String) throws(FilterFlaw) {
        amounts.endTerm()
        guard let key = FilterKey(rawValue: name) else {
            throw FilterFlaw(
                .keyUnknown, at: term, possible: FilterKey.allCases.map(\.rawValue), insteadOf: name)
        }
        guard !term.values.contains("") else {
            throw FilterFlaw(.valueMissing, at: term, possible: Self.examples(of: key))
        }
        guard key == .amount || term.relation == .equal else { throw FilterFlaw(.noComparison, at: term) }
        guard term.values.count <= Self.valuesAtMost else {
            throw FilterFlaw(.tooManyValues(limit: Self.valuesAtMost), at: term)
        }
        if key == .amount { return try amounts.add(term) }
        try addOnce(key, term)
        try set(key, from: term)
    }

    private mutating func addOnce(_ key: FilterKey, _ term: FilterTerm) throws(FilterFlaw) {
        guard seen.updateValue(term, forKey: key) == nil else { throw FilterFlaw(.repeated, at: term) }
    }

    private mutating func set(_ key: FilterKey, from term: FilterTerm) throws(FilterFlaw) {
        switch key {
        case .status:
            isAnyStatus = term.values == ["any"]
            if !isAnyStatus { filter.statuses = try words(in: term, extra: ["any"]) }
        case .reason: filter.reasons = try words(in: term)
        case .by: filter.parties = try words(in: term)
        case .factor: filter.factors = try words(in: term)
        case .merchant:
            for value in term.values {
                filter.merchantWords.insert(value.lowercased())
                filter.merchants.formUnion(try merchants(value.lowercased(), in: term))
            }
        case .order:
            for value in term.values { filter.orders.insert(try order(value, in: term)) }
        case .card:
            filter.cards = try each(term, ["4242"]) { $0.utf8.count == 4 && isDigits($0) ? $0 : nil }
        case .currency:
            filter.currencies = try each(term, ["DKK", "EUR"]) { Currency(code: $0.uppercased()) }
        case .code: filter.codes = try each(term, ["05", "51", "N7"]) { NetworkCode($0.uppercased()) }
        case .since: filter.since = try moment(in: term)
        case .until: filter.until = try moment(in: term)
        case .amount: break
        }
    }

    private func order(_ value: String, in term: FilterTerm) throws(FilterFlaw) -> OrderReference {
        guard let reference = try? OrderReference(value) else {
            throw FilterFlaw(.valueUnknown, at: term, possible: ["an order reference of 1 to 64 characters"])
        }
        return reference
    }

    /// A whole id means that merchant alone; a beginning means all that begin so.
    private func merchants(_ word: String, in term: FilterTerm) throws(FilterFlaw) -> [MerchantID] {
        let beginning = word.hasSuffix("*") ? String(word.dropLast()) : word
        if beginning == word, let exact = known.first(where: { $0.text == word }) { return [exact] }
        let found = known.filter { $0.text.hasPrefix(beginning) }
        guard !found.isEmpty else {
            throw FilterFlaw(.valueUnknown, at: term, possible: known.map(\.text), insteadOf: word)
        }
        return found
    }

    private func moment(in term: FilterTerm) throws(FilterFlaw) -> AuditMoment {
        guard term.values.count == 1, let moment = AuditMoment(term.values[0]) else {
            throw FilterFlaw(.valueUnknown, at: term, possible: AuditMoment.examples)
        }
        return moment
    }

    private func words<Word: RawRepresentable<String> & CaseIterable & Hashable>(
        in term: FilterTerm, extra: [String] = []
    ) throws(FilterFlaw) -> Set<Word> {
        try each(term, extra + Word.allCases.map(\.rawValue)) { Word(rawValue: $0.lowercased()) }
    }

    private func each<Value: Hashable>(
        _ term: FilterTerm, _ possible: [String], _ read: (String) -> Value?
    ) throws(FilterFlaw) -> Set<Value> {
        var found: Set<Value> = []
        for value in term.values {
            guard let known = read(value) else {
                throw FilterFlaw(.valueUnknown, at: term, possible: possible, insteadOf: value)
            }
            found.insert(known)
        }
        return found
    }
}

extension FilterBuilder {
    /// What may stand after a key, by examples.
    static func examples(of key: FilterKey) -> [String] {
        switch key {
        case .status: ["any"] + AuthorizationStatus.allCases.map(\.rawValue)
        case .reason: DeclineReason.allCases.map(\.rawValue)
        case .by: DeclineParty.allCases.map(\.rawValue)
        case .factor: AuditFactor.allCases.map(\.rawValue)
        case .merchant: ["the beginning of a merchant's id"]
        case .order: ["an order reference"]
        case .card: ["four digits"]
        case .amount: ["50000", "500.00 DKK"]
        case .currency: ["DKK", "EUR"]
        case .since, .until: AuditMoment.examples
        case .code: ["05", "51"]
        }
    }
}

func isDigits(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
}
