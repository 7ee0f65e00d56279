import Records

/// One term of a filter as it was written: a bare word, or a key with its values.
struct FilterTerm {
    /// As written, quotes included.
    let text: String
    /// The character with which it begins, from 1.
    let column: Int
    /// Lower case; nil for a bare word.
    let key: String?
    let relation: AmountBound.Relation
    /// Without quotes; at least one.
    let values: [String]
}

/// Takes a filter apart into terms: blanks stand between them, quotes keep blanks, commas and colons.
struct FilterReader {
    private var rest: Substring
    private var column = 1

    init(_ text: String) { rest = text[...] }

    /// All terms, in order.
    static func terms(of text: String) throws(FilterFlaw) -> [FilterTerm] {
        var reader = FilterReader(text)
        var terms: [FilterTerm] = []
        while let term = try reader.next() { terms.append(term) }
        return terms
    }

    private mutating func next() throws(FilterFlaw) -> FilterTerm? {
        while let first = rest.first, first.isWhitespace { drop() }
        guard !rest.isEmpty else { return nil }
        let (start, from) = (rest.startIndex, column)
        var key: String?
        var relation = AmountBound.Relation.equal
        var values: [String] = []
        var word = ""
        var isQuoted = false
        while let character = rest.first, !character.isWhitespace {
            drop()
            switch character {
            case "\"":
                isQuoted = true
                guard let quoted = takeQuoted() else {
                    throw FilterFlaw(.quoteOpen, at: term(start, from, key, relation, []))
                }
                word += quoted
            case ":" where key == nil && !isQuoted, "<" where key == nil && !isQuoted,
                ">" where key == nil && !isQuoted:
                (key, word) = (word.lowercased(), "")
                relation = takeRelation(character)
            case "," where key != nil:
                values.append(word)
                word = ""
            default: word.append(character)
            }
        }
        return term(start, from, key, relation, values + [word])
    }

    private func term(
        _ start: Substring.Index, _ from: Int, _ key: String?, _ relation: AmountBound.Relation,
        _ values: [String]
    ) -> FilterTerm {
        FilterTerm(
            text: String(rest.base[start..<rest.startIndex]), column: from, key: key, relation: relation,
            values: values)
    }

    private mutating func drop() {
        rest = rest.dropFirst()
        column += 1
    }

    /// What stands up to the closing quote; a doubled quote is one of the text. Nil when it never closes.
    private mutating func takeQuoted() -> String? {
        var found = ""
        while let character = rest.first {
            drop()
            if character != "\"" {
                found.append(character)
            } else if rest.first == "\"" {
                found.append(character)
                drop()
            } else {
                return found
            }
        }
        return nil
    }

    private mutating func takeRelation(_ first: Character) -> AmountBound.Relation {
        let isOrEqual = first != ":" && rest.first == "="
        if isOrEqual { drop() }
        switch first {
        case "<": return isOrEqual ? .atMost : .below
        case ">": return isOrEqual ? .atLeast : .above
        default: return .equal
        }
    }
}
