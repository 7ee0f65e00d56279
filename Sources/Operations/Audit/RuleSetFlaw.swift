/// What is wrong with a rule-set file, and where.
package struct RuleSetFlaw: Error, Sendable, Hashable {
    /// What is wrong.
    package enum Kind: Sendable, Hashable {
        case notJSON(String)
        /// A name that is not known in this place: what it should be one of.
        case unknown(String, possible: [String])
        case wrongVersion(possible: Int)
        /// What should stand there.
        case wrongValue(String)
    }

    /// `push-budget.parameters.budget`; empty for the file as a whole.
    package let place: String
    package let kind: Kind

    /// One sentence or two: what is wrong, and what is possible.
    package var explanation: String {
        switch kind {
        case .notJSON(let flaw): flaw
        case .unknown(let what, let possible):
            possible.isEmpty
                ? "\(place): there is no such \(what), nor any other here."
                : "\(place): there is no such \(what). Possible: \(possible.joined(separator: ", "))."
        case .wrongVersion(let possible):
            "\(place): the version that can be asked for is \(possible); state it."
        case .wrongValue(let expectation):
            place.isEmpty ? "The file must be \(expectation)." : "\(place) must be \(expectation)."
        }
    }
}
