import Records
import Vocabulary

/// The amounts of a filter, until their currency is known: it may stand behind the number, as the next word,
/// or as a term of its own.
struct FilterAmounts {
    private struct Written {
        let term: FilterTerm
        let number: String
    }

    private var written: [Written] = []
    private var currency: Currency?
    /// The term before was an amount without a currency: the next word may be one.
    private var isOpen = false
    private var isMixed: FilterTerm?

    mutating func add(_ term: FilterTerm) throws(FilterFlaw) {
        let value = term.values.joined(separator: ",")
        let letters = String(value.drop { !$0.isLetter })
        let number = String(value.dropLast(letters.count))
        guard term.values.count == 1, Self.isNumber(number) else { throw Self.malformed(term) }
        written.append(Written(term: term, number: number))
        isOpen = letters.isEmpty
        if !letters.isEmpty {
            guard let found = Currency(code: letters.uppercased()) else { throw Self.malformed(term) }
            note(found, in: term)
        }
    }

    /// Takes the word after an amount when it is a currency.
    mutating func take(currency word: String) -> Bool {
        guard isOpen, let last = written.last, let found = Currency(code: word.uppercased()) else {
            return false
        }
        isOpen = false
        note(found, in: last.term)
        return true
    }

    mutating func endTerm() { isOpen = false }

    private mutating func note(_ found: Currency, in term: FilterTerm) {
        if let currency, currency != found { isMixed = term }
        currency = found
    }

    /// Puts the amounts into the filter, in minor units.
    func finish(into filter: inout AuditFilter) throws(FilterFlaw) {
        if let isMixed { throw FilterFlaw(.currenciesDiffer, at: isMixed) }
        if let currency {
            if !filter.currencies.isEmpty, filter.currencies != [currency], let last = written.last {
                throw FilterFlaw(.currenciesDiffer, at: last.term)
            }
            filter.currencies = [currency]
        }
        let only = filter.currencies.count == 1 ? filter.currencies.first : nil
        for amount in written {
            filter.amounts.insert(
                AmountBound(amount.term.relation, minor: try Self.minor(amount, in: only)))
        }
    }

    private static func minor(_ amount: Written, in currency: Currency?) throws(FilterFlaw) -> Int64 {
        let parts = amount.number.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return try value(amount.number, of: amount.term) }
        guard let currency else { throw FilterFlaw(.currencyNeeded, at: amount.term) }
        guard parts[1].count <= currency.exponent else {
            throw FilterFlaw(.decimals(allowed: currency.exponent), at: amount.term)
        }
        let zeros = String(repeating: "0", count: currency.exponent - parts[1].count)
        return try value(parts[0] + parts[1] + zeros, of: amount.term)
    }

    private static func value(_ digits: String, of term: FilterTerm) throws(FilterFlaw) -> Int64 {
        guard let value = Int64(digits), value <= Money.maximumMinor else { throw malformed(term) }
        return value
    }

    /// Digits, or digits on both sides of a point.
    private static func isNumber(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { isDigits(String($0)) }
    }

    private static func malformed(_ term: FilterTerm) -> FilterFlaw {
        FilterFlaw(
            .valueUnknown, at: term,
            possible: ["whole minor units as in amount>50000 DKK", "major units as in amount>500.00 DKK"])
    }
}
