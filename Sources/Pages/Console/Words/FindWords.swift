/// The texts of the list of payments.
struct FindWords: Sendable {
    let title: String
    let filter: String
    let show: String
    let hint: String
    let help: String
    let flaw: String
    let quick: String
    let views: String
    let noViews: String
    let viewName: String
    let saveView: String
    let deleteView: String
    let caption: String
    let nothing: String
    let searchedTo: String
    let goOn: String
    let newer: String
    let older: String
    let pages: String
    let exportTitle: String
    let exportCSV: String
    let exportJSON: String
    let exportHint: String
    let customer: String

    init(_ language: Language) {
        title = language.pick("Betalinger", "Payments")
        filter = language.pick("Filter", "Filter")
        show = language.pick("Vis", "Show")
        hint = language.pick(
            "Et id, et ordrenummer eller led som merchant:nordlys since:7d. Tomt felt: alt, der er afvist.",
            "An id, an order reference, or terms as merchant:nordlys since:7d. Empty: all that was declined.")
        help = language.pick("Hvad kan jeg skrive?", "What can I write?")
        flaw = language.pick("Filteret kan ikke læses", "The filter cannot be read")
        quick = language.pick("Genveje", "Shortcuts")
        views = language.pick("Gemte visninger", "Saved views")
        noViews = language.pick("Ingen endnu.", "None yet.")
        viewName = language.pick("Navn på denne visning", "Name of this view")
        saveView = language.pick("Gem visningen", "Save this view")
        deleteView = language.pick("Slet", "Delete")
        caption = language.pick("Betalinger, nyeste først", "Payments, newest first")
        nothing = language.pick("Ingen betalinger passer til filteret.", "No payment fits the filter.")
        searchedTo = language.pick("Der er søgt tilbage til", "Searched back to")
        goOn = language.pick("Søg videre", "Go on searching")
        newer = language.pick("Nyere", "Newer")
        older = language.pick("Ældre", "Older")
        pages = language.pick("Sider", "Pages")
        exportTitle = language.pick("Eksport", "Export")
        exportCSV = language.pick("Hent som CSV", "Download as CSV")
        exportJSON = language.pick("Hent som JSON-linjer", "Download as JSON lines")
        exportHint = language.pick(
            "Med bevis for, at intet er udeladt. Eksporten bliver skrevet i loggen.",
            "With a proof that nothing is left out. The export is written to the log.")
        customer = language.pick("Kundens spærringer", "What is blocked for the customer")
    }
}

/// The texts of the explanation of the filter language.
struct HelpWords: Sendable {
    let caption: String
    let term: String
    let meaning: String
    let example: String

    init(_ language: Language) {
        caption = language.pick(
            "Led står med mellemrum imellem; værdier med komma imellem er alternativer.",
            "Terms stand with blanks between them; values with commas between are alternatives.")
        term = language.pick("Led", "Term")
        meaning = language.pick("Betydning", "Meaning")
        example = language.pick("Eksempel", "Example")
    }
}

/// One key of the filter language, explained.
struct FilterHelp: Sendable {
    let key: String
    let meaning: String
    let example: String

    static func all(_ language: Language) -> [FilterHelp] {
        func row(_ key: String, _ danish: String, _ english: String, _ example: String) -> FilterHelp {
            FilterHelp(key: key, meaning: language.pick(danish, english), example: example)
        }
        return [
            row("status", "Hvad der blev af den; any er alt", "What became of it; any is all", "status:any"),
            row("reason", "Grunden til afvisningen", "The reason of the decline", "reason:code_app_required"),
            row("by", "Hvem der afviste", "Who refused", "by:issuer"),
            row(
                "merchant", "Forretning, eller begyndelsen af den", "Merchant, or how it begins",
                "merchant:nordlys"),
            row("order", "Ordrenummer", "Order reference", "order:1001"),
            row("card", "Kortets sidste fire cifre", "The card's last four digits", "card:4242"),
            row(
                "amount", "Beløb i øre, eller med valuta", "Amount in minor units, or with its currency",
                "amount>500.00 DKK"),
            row("currency", "Valuta", "Currency", "currency:EUR"),
            row("since", "Fra og med", "From", "since:7d"),
            row("until", "Til og med", "To", "until:2026-05-31"),
            row("code", "Indløserens svarkode", "The acquirer's answer code", "code:51"),
            row("factor", "Bevis, der blev tilbudt", "Factor that was offered", "factor:key_card"),
        ]
    }
}
