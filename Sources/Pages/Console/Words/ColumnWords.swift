/// The headings of columns and facts, and small words that several pages use.
struct ColumnWords: Sendable {
    let time: String
    let merchant: String
    let order: String
    let amount: String
    let card: String
    let status: String
    let reason: String
    let code: String
    let by: String
    let number: String
    let day: String
    let yes: String
    let no: String
    let none: String
    let details: String

    init(_ language: Language) {
        time = language.pick("Tid", "Time")
        merchant = language.pick("Forretning", "Merchant")
        order = language.pick("Ordre", "Order")
        amount = language.pick("Beløb", "Amount")
        card = language.pick("Kort", "Card")
        status = language.pick("Status", "Status")
        reason = language.pick("Grund", "Reason")
        code = language.pick("Svarkode", "Answer code")
        by = language.pick("Afvist af", "Refused by")
        number = language.pick("Antal", "Number")
        day = language.pick("Dag", "Day")
        yes = language.pick("ja", "yes")
        no = language.pick("nej", "no")
        none = language.pick("ingen", "none")
        details = language.pick("Se grunden", "See why")
    }
}
