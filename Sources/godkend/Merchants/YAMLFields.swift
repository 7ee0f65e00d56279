import Yams

/// The members of one YAML mapping, each to be taken once; what nobody takes is unknown and refused.
struct YAMLFields {
    let file: String
    private(set) var problems: [YAMLProblem] = []
    private var members: [(name: String, key: Node, value: Node)] = []
    private var known: Set<String> = []

    init(_ node: Node, file: String) {
        self.file = file
        guard let mapping = node.mapping else {
            complain(node.mark?.line, "Write `key: value` lines here.")
            return
        }
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                complain(key.mark?.line, "A key must be a plain word.")
                continue
            }
            members.append((name, key, value))
        }
    }

    mutating func complain(_ line: Int?, _ message: String) {
        problems.append(YAMLProblem(file: file, line: line, message: message))
    }

    /// The node of a member, or nil when it is not there; a missing one that is `required` is a problem.
    mutating func node(_ name: String, required: Bool = false) -> Node? {
        known.insert(name)
        let found = members.first { $0.name == name }?.value
        if found == nil && required { complain(nil, "`\(name)` is missing: add it.") }
        return found
    }

    /// A member made into a value by a function that says what is wrong by throwing a sentence.
    mutating func value<Value>(
        _ name: String, required: Bool = false, _ make: (String) throws(WrongValue) -> Value
    ) -> Value? {
        guard let node = node(name, required: required) else { return nil }
        return scalar(node, name, make)
    }

    /// A list of values; one that is not required may be empty or not there.
    mutating func list<Value>(
        _ name: String, required: Bool = false, _ make: (String) throws(WrongValue) -> Value
    ) -> [Value] {
        guard let node = node(name, required: required) else { return [] }
        guard let sequence = node.sequence else {
            complain(node.mark?.line, "`\(name)` takes a list: one `- value` a line, or [a, b].")
            return []
        }
        if required && sequence.isEmpty { complain(node.mark?.line, "`\(name)` is empty: add one.") }
        return sequence.compactMap { scalar($0, name, make) }
    }

    mutating func scalar<Value>(
        _ node: Node, _ name: String, _ make: (String) throws(WrongValue) -> Value
    ) -> Value? {
        guard let text = node.scalar?.string else {
            complain(node.mark?.line, "`\(name)` takes one value.")
            return nil
        }
        do {
            return try make(text)
        } catch {
            complain(node.mark?.line, "`\(name)`: \(error.sentence)")
            return nil
        }
    }

    /// Names every member that nobody asked for.
    mutating func refuseUnknown() {
        for member in members where !known.contains(member.name) {
            complain(
                member.key.mark?.line,
                "There is no key `\(member.name)` here: known are \(known.sorted().joined(separator: ", ")).")
        }
    }

    mutating func adopt(_ others: [YAMLProblem]) {
        problems += others
    }
}

/// What is wrong with one value and what to do, as a sentence.
struct WrongValue: Error {
    let sentence: String

    init(_ sentence: String) {
        self.sentence = sentence
    }
}
