/// Why a text is no filter: which term, where it begins, and what is possible instead.
package struct FilterFlaw: Error, Sendable, Hashable {
    /// What is wrong with a term.
    package enum Problem: Sendable, Hashable {
        case keyUnknown
        case valueUnknown
        case valueMissing
        /// The key is there already: alternatives stand in one term.
        case repeated
        /// Only an amount is compared with `<` or `>`.
        case noComparison
        case quoteOpen
        case tooManyValues(limit: Int)
        case tooLong(limit: Int)
        /// A decimal point says major units, and those depend on the currency.
        case currencyNeeded
        case decimals(allowed: Int)
        /// Amounts in two currencies at once.
        case currenciesDiffer
        /// Ends before it begins.
        case empty
    }

    /// The term as it was written.
    package let term: String
    /// The character with which the term begins, from 1.
    package let column: Int
    package let problem: Problem
    /// What may stand there, the closest to what was written first.
    package let possible: [String]

    init(_ problem: Problem, at term: FilterTerm, possible: [String] = [], insteadOf word: String = "") {
        self.term = term.text
        column = term.column
        self.problem = problem
        let distances = possible.map { (word: $0, distance: editDistance($0, word.lowercased())) }
        self.possible =
            word.isEmpty
            ? possible : distances.sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }.map(\.word)
    }

    /// The flaw as a sentence: the term, its place, and what is possible.
    package var explanation: String {
        let shown = possible.prefix(Self.shownAtMost).joined(separator: ", ")
        let more = possible.count - Self.shownAtMost
        let list = shown + (more > 0 ? " and \(more) more" : "")
        let hint = possible.isEmpty ? "" : " Possible: \(list)."
        return "`\(term)` at character \(column): \(sentence)\(hint)"
    }

    private static let shownAtMost = 12

    private var sentence: String {
        switch problem {
        case .keyUnknown: "there is no such key; put an order reference with a colon in it in quotes."
        case .valueUnknown: "the value is not known."
        case .valueMissing: "a value is missing."
        case .repeated: "the key stands twice; put alternatives into one term, with commas between."
        case .noComparison: "only amount is compared with < or >; write a colon."
        case .quoteOpen: "the quotes are never closed."
        case .tooManyValues(let limit): "at most \(limit) values stand in one term."
        case .tooLong(let limit): "a filter has at most \(limit) characters."
        case .currencyNeeded:
            "an amount with decimals needs its currency, as in amount>500.00 DKK; digits alone are minor units."
        case .decimals(let allowed): "this currency has \(allowed) decimals."
        case .currenciesDiffer: "amounts of one filter have one currency."
        case .empty: "nothing lies between since and until."
        }
    }
}

/// Insertions, removals and replacements that turn one word into the other (Levenshtein).
private func editDistance(_ left: String, _ right: String) -> Int {
    let right = Array(right.utf8.prefix(64))
    var row = Array(0...right.count)
    for (index, byte) in left.utf8.prefix(64).enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for column in right.indices {
            let replaced = diagonal + (right[column] == byte ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
        }
    }
    return row[right.count]
}
