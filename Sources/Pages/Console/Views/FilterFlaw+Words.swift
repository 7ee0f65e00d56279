import Operations

extension FilterFlaw {
    /// What is wrong with the term, and what may stand there instead.
    func words(_ language: Language) -> String {
        guard language == .danish else { return explanation }
        let hint = possible.isEmpty ? "" : " Muligt: \(possible.prefix(12).joined(separator: ", "))."
        return "`\(term)` ved tegn \(column): \(sentence)\(hint)"
    }

    private var sentence: String {
        switch problem {
        case .keyUnknown: "Det led findes ikke; sæt et ordrenummer med kolon i anførselstegn."
        case .valueUnknown: "Værdien findes ikke."
        case .valueMissing: "Der mangler en værdi."
        case .repeated: "Leddet står to gange; skriv flere værdier i ét led med komma imellem."
        case .noComparison: "Kun amount kan sammenlignes med < eller >; skriv et kolon."
        case .quoteOpen: "Anførselstegnet bliver ikke lukket."
        case .tooManyValues(let limit): "Der kan højst stå \(limit) værdier i ét led."
        case .tooLong(let limit): "Et filter har højst \(limit) tegn."
        case .currencyNeeded:
            "Et beløb med decimaler skal have sin valuta, som i amount>500.00 DKK; cifre alene er øre."
        case .decimals(let allowed): "Valutaen har \(allowed) decimaler."
        case .currenciesDiffer: "Beløbene i et filter har samme valuta."
        case .empty: "Der er intet mellem since og until."
        }
    }
}
