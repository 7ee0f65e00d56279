/// The parameters of a rule by their names; a rule without any has none.
package struct RuleParameters: Sendable, Hashable {
    package private(set) var values: [String: RuleParameter]

    package static let none = RuleParameters([:])

    package init(_ values: [String: RuleParameter]) { self.values = values }

    /// In the order of the alphabet.
    package var names: [String] { values.keys.sorted() }

    package subscript(name: String) -> RuleParameter? { values[name] }

    /// These, with the others in place of those of the same name.
    package func replacing(with others: RuleParameters) -> RuleParameters {
        RuleParameters(values.merging(others.values) { $1 })
    }
}

/// The value of a parameter, in one of the few kinds that a rule set can hold.
package enum RuleParameter: Sendable, Hashable {
    /// A count of something: years, seconds, questions.
    case number(Int)
    /// Some of the words that the parameter knows.
    case words(Set<String>)
    /// Minor units by currency code; what is not named has no bound.
    case amounts([String: Int64])
}

/// A parameter that a rule has: its name, and what it may be.
package struct ParameterForm: Sendable, Hashable {
    /// What values are good for it.
    package enum Kind: Sendable, Hashable {
        case number(ClosedRange<Int>)
        /// Any of these.
        case words([String])
        case amounts
    }

    package let name: String
    package let kind: Kind

    init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// What a rule's parameters are in Swift: the value and its form in a rule set are one thing.
protocol ParameterValues: Sendable, Hashable {
    static func forms() -> [ParameterForm]
    init(_ listed: RuleParameters) throws(UnreadableTrace)
    var listed: RuleParameters { get }
}

extension RuleParameters {
    func number(_ name: String) throws(UnreadableTrace) -> Int {
        guard case .number(let number)? = values[name] else { throw UnreadableTrace(name: name) }
        return number
    }

    func words<Word: RawRepresentable<String> & Hashable>(
        _ name: String, as type: Word.Type = Word.self
    ) throws(UnreadableTrace) -> Set<Word> {
        guard case .words(let words)? = values[name] else { throw UnreadableTrace(name: name) }
        let read = words.compactMap(Word.init(rawValue:))
        guard read.count == words.count else { throw UnreadableTrace(name: name) }
        return Set(read)
    }

    func amounts(_ name: String) throws(UnreadableTrace) -> [String: Int64] {
        guard case .amounts(let amounts)? = values[name] else { throw UnreadableTrace(name: name) }
        return amounts
    }
}

/// An input or a parameter that is not there, or is not what the rule writes.
package struct UnreadableTrace: Error, Hashable {
    package let name: String
}
