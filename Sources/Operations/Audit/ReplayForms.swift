import Decisions
import Notation
import Vocabulary

extension ParameterForm {
    /// The value that is written; nil when it is none of this form.
    func value(_ json: JSON) -> RuleParameter? {
        switch kind {
        case .number(let range):
            guard let number = json.integer.flatMap({ Int(exactly: $0) }), range.contains(number)
            else { return nil }
            return .number(number)
        case .words(let possible):
            guard let elements = json.array else { return nil }
            let words = elements.compactMap(\.text)
            guard words.count == elements.count, Set(words).isSubset(of: possible) else { return nil }
            return .words(Set(words))
        case .amounts:
            var amounts: [String: Int64] = [:]
            guard let members = json.object?.members else { return nil }
            for member in members {
                guard Currency(code: member.name) != nil, let amount = member.value.integer,
                    (0...Money.maximumMinor).contains(amount)
                else { return nil }
                amounts[member.name] = amount
            }
            return .amounts(amounts)
        }
    }

    /// What would be right, for a sentence that ends with it.
    var expectation: String {
        switch kind {
        case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .words(let possible):
            "an array of some of \(possible.map { "\"\($0)\"" }.joined(separator: ", "))"
        case .amounts:
            "an object of minor units by currency, {\"DKK\": 50000}, from 0 to \(Money.maximumMinor)"
        }
    }
}
