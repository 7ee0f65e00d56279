package import Decisions
package import Notation
import Vocabulary

// Inputs and parameters as they stand in a trace, and back.
extension TraceDocument {
    /// Numbers, words and flags are themselves; a time is RFC 3339 with milliseconds, what is missing null.
    static func json(_ value: RuleValue) -> JSON {
        switch value {
        case .number(let number): .integer(number)
        case .word(let word): .text(word)
        case .flag(let flag): .bool(flag)
        case .time(let instant): .text(instant.rfc3339)
        case .missing: .null
        }
    }

    /// Names in the order of the alphabet, words too.
    package static func json(_ parameters: RuleParameters) -> JSON {
        var object = JSONObject()
        for name in parameters.names { object.set(name, parameters[name].map(json) ?? .null) }
        return .object(object)
    }

    package static func json(_ parameter: RuleParameter) -> JSON {
        switch parameter {
        case .number(let number): return .integer(Int64(number))
        case .words(let words): return .array(words.sorted().map { .text($0) })
        case .amounts(let amounts):
            var object = JSONObject()
            for code in amounts.keys.sorted() { object.set(code, .integer(amounts[code] ?? 0)) }
            return .object(object)
        }
    }

    /// The inputs of a rule; nil when they are none that a trace can hold. Times come back as words.
    package static func inputs(_ json: JSON) -> LoggedInputs? {
        guard let members = json.object?.members else { return nil }
        var inputs: [RuleInput] = []
        for member in members {
            guard let value = value(member.value) else { return nil }
            inputs.append(RuleInput(member.name, value))
        }
        return LoggedInputs(inputs)
    }

    /// The parameters of a rule; nil when they are none that a rule set can hold.
    package static func parameters(_ json: JSON) -> RuleParameters? {
        guard let members = json.object?.members else { return nil }
        var values: [String: RuleParameter] = [:]
        for member in members {
            guard let value = parameter(member.value) else { return nil }
            values[member.name] = value
        }
        return RuleParameters(values)
    }

    private static func value(_ json: JSON) -> RuleValue? {
        switch json {
        case .null: .missing
        case .bool(let flag): .flag(flag)
        case .integer(let number): .number(number)
        case .text(let word): .word(word)
        case .decimal, .array, .object: nil
        }
    }

    private static func parameter(_ json: JSON) -> RuleParameter? {
        switch json {
        case .integer(let number): return Int(exactly: number).map { .number($0) }
        case .array(let elements):
            let words = elements.compactMap(\.text)
            return words.count == elements.count ? .words(Set(words)) : nil
        case .object(let object):
            var amounts: [String: Int64] = [:]
            for member in object.members {
                guard let amount = member.value.integer else { return nil }
                amounts[member.name] = amount
            }
            return .amounts(amounts)
        case .null, .bool, .decimal, .text: return nil
        }
    }
}
