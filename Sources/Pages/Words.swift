/// The texts of the confirmation page in one language.
struct Words {
    /// BCP 47 tag.
    let language: String
    let otherLanguage: (tag: String, name: String)
    let title: String
    let openApp: String
    let matchCode: String
    let amount: String
    let timeLeft: String
    let otherWays: String
    let otherWaysTruth: String
    let offerKeyCard: String
    let cancel: String
    let backToShop: String
    let withoutScript: String
    let noToken: String
    let unknown: String
    let troubled: String
    /// What became of it, by the status of the confirmation on the wire.
    let outcomes: [(status: String, text: String)]
    let lookup: LookupWords

    /// Chosen by `?lang=`, then by what the browser prefers.
    static func preferred(query: String?, acceptLanguage: String?) -> Words {
        let chosen = Language.allCases.first { query == "lang=\($0.tag)" }
        return (chosen ?? .preferred(acceptLanguage: acceptLanguage)) == .danish ? danish : english
    }

    static let danish = Words(
        language: "da", otherLanguage: ("en", "English"), title: "Godkend din betaling",
        openApp: "Åbn din kode-app. Kontrollér butik og beløb, og indtast tallet herunder.",
        matchCode: "Dit tal", amount: "Beløb", timeLeft: "Tid tilbage",
        otherWays: "Jeg har ikke min kode-app",
        otherWaysTruth: """
            En kortbetaling kan kun godkendes i kode-appen. Tilbyder du en kode fra et nøglekort, bliver \
            betalingen afvist med det samme. Koden bliver hverken kontrolleret eller brugt.
            """,
        offerKeyCard: "Tilbyd nøglekort alligevel", cancel: "Annullér betalingen",
        backToShop: "Tilbage til butikken",
        withoutScript: """
            Siden kan ikke vise dit tal uden JavaScript. Åbn din kode-app, og find tallet hos butikken. \
            Du kan også lukke siden; så sker der ingenting.
            """,
        noToken: "Adressen er ikke hel. Gå tilbage til butikken, og åbn siden derfra.",
        unknown: "Denne godkendelse findes ikke. Gå tilbage til butikken, og prøv igen.",
        troubled: "Vi kan ikke få forbindelse. Vi prøver igen.",
        outcomes: [
            ("approved", "Du har godkendt betalingen. Du kan gå tilbage til butikken."),
            ("denied", "Betalingen er afvist. Der er ikke trukket penge."),
            ("reported", "Du har meldt, at det ikke var dig. Der er ikke trukket penge."),
            ("expired", "Tiden er udløbet. Der er ikke trukket penge."),
            ("canceled", "Betalingen er annulleret. Der er ikke trukket penge."),
            ("superseded", "Butikken har sendt en nyere betaling for samme ordre. Brug siden til den."),
        ], lookup: .danish)

    static let english = Words(
        language: "en", otherLanguage: ("da", "Dansk"), title: "Approve your payment",
        openApp: "Open your code app. Check shop and amount, and type the number below.",
        matchCode: "Your number", amount: "Amount", timeLeft: "Time left",
        otherWays: "I do not have my code app",
        otherWaysTruth: """
            A card payment can be approved in the code app only. If you offer a code from a key card, the \
            payment is declined at once. The code is neither checked nor used up.
            """,
        offerKeyCard: "Offer a key card anyway", cancel: "Cancel the payment", backToShop: "Back to the shop",
        withoutScript: """
            Without JavaScript this page cannot show your number. Open your code app and look for the number \
            at the shop. You can also close this page; then nothing happens.
            """,
        noToken: "The address is not complete. Go back to the shop and open the page from there.",
        unknown: "There is no such confirmation. Go back to the shop and try again.",
        troubled: "There is no connection. We are trying again.",
        outcomes: [
            ("approved", "You approved the payment. You can go back to the shop."),
            ("denied", "The payment was declined. No money was taken."),
            ("reported", "You said that it was not you. No money was taken."),
            ("expired", "The time is over. No money was taken."),
            ("canceled", "The payment was canceled. No money was taken."),
            ("superseded", "The shop sent a newer payment for the same order. Use its page."),
        ], lookup: .english)
}
