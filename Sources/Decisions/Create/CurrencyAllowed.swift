import Vocabulary

/// A merchant takes only the currencies of its agreement.
struct CurrencyAllowed: Rule {
    let name = "currency-allowed"
    let version = 1
    let citation = "CONTRACT 10: currency_not_allowed"

    func judge(_ facts: CreateFacts) -> Judgement {
        .require(
            facts.merchantCurrencies.contains(facts.money.currency), else: .currencyNotAllowed,
            RuleInput("currency", .word(facts.money.currency.code)))
    }
}
