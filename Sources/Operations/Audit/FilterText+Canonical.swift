import Lifecycles
package import Records
import Vocabulary

extension AuditFilter {
    /// The one short text of this filter: the console's address holds it, and reading it gives the filter
    /// again.
    package var canonicalText: String {
        var terms = subjects.map(\.text).sorted()
        func add(_ key: FilterKey, _ values: [String]) {
            guard !values.isEmpty else { return }
            terms.append("\(key.rawValue):" + values.sorted().map(Self.quoted).joined(separator: ","))
        }
        let isSearch = !subjects.isEmpty || !orders.isEmpty || !cards.isEmpty
        add(.status, statuses.isEmpty && !isSearch ? ["any"] : statuses.map(\.rawValue))
        add(.reason, reasons.map(\.rawValue))
        add(.by, parties.map(\.rawValue))
        add(.merchant, Array(merchantWords))
        add(.order, orders.map(\.text))
        add(.card, Array(cards))
        if let since { add(.since, [since.text]) }
        if let until { add(.until, [until.text]) }
        add(.code, codes.map(\.text))
        add(.factor, factors.map(\.rawValue))
        let bounds = amounts.map { "amount\($0.relation.rawValue)\($0.minor)" }.sorted()
        terms += bounds
        if currencies.count == 1, !bounds.isEmpty {
            terms += currencies.map(\.code)
        } else {
            add(.currency, currencies.map(\.code))
        }
        return terms.joined(separator: " ")
    }

    /// A value in quotes where it would be taken apart otherwise.
    private static func quoted(_ value: String) -> String {
        let isPlain = !value.contains { $0.isWhitespace || $0 == "," || $0 == "\"" }
        return isPlain ? value : "\"" + value.replacing("\"", with: "\"\"") + "\""
    }
}

extension AuditMoment {
    /// What may be written for a moment.
    static let examples = ["24h", "7d", "2w", "2026-05-01", "2026-05-01T08:00:00Z"]
    private static let most = 9_999

    /// Reads `7d`, a day, or RFC 3339 in full; nil for anything else.
    init?(_ text: String) {
        if let day = LocalDate(text) {
            self = .day(day)
        } else if let instant = Instant(rfc3339: text) {
            self = .instant(instant)
        } else {
            guard let step = Step(rawValue: text.suffix(1).lowercased()), isDigits(String(text.dropLast())),
                let count = Int(text.dropLast()), (1...Self.most).contains(count)
            else { return nil }
            self = .ago(count, step)
        }
    }

    package var text: String {
        switch self {
        case .ago(let count, let step): "\(count)\(step.rawValue)"
        case .day(let day): day.description
        case .instant(let instant): instant.rfc3339
        }
    }
}
