/// The page's texts where a pharmacy asks to see prescriptions, and no payment is confirmed.
struct LookupWords {
    let title: String
    let openApp: String
    let otherWays: String
    let cancel: String
    /// What became of it, by the status of the confirmation on the wire.
    let outcomes: [(status: String, text: String)]

    static let danish = LookupWords(
        title: "Lad apoteket se dine recepter",
        openApp: "Åbn din kode-app. Kontrollér apoteket, og indtast tallet herunder.",
        otherWays: "Har du ikke din kode-app, kan du svare apoteket med en kode fra dit nøglekort.",
        cancel: "Annullér",
        outcomes: [
            ("approved", "Apoteket kan se dine recepter i en halv time. Du kan gå tilbage til apoteket."),
            ("denied", "Det blev ikke godkendt. Apoteket kan ikke se dine recepter."),
            ("reported", "Du har meldt, at det ikke var dig. Apoteket kan ikke se dine recepter."),
            ("expired", "Tiden er udløbet. Apoteket kan ikke se dine recepter."),
            ("canceled", "Det er annulleret. Apoteket kan ikke se dine recepter."),
        ])

    static let english = LookupWords(
        title: "Let the pharmacy see your prescriptions",
        openApp: "Open your code app. Check the pharmacy, and type the number below.",
        otherWays: "Without your code app you can answer the pharmacy with a code from your key card.",
        cancel: "Cancel",
        outcomes: [
            ("approved", "The pharmacy can see your prescriptions for half an hour. You can go back to it."),
            ("denied", "It was not approved. The pharmacy cannot see your prescriptions."),
            ("reported", "You said that it was not you. The pharmacy cannot see your prescriptions."),
            ("expired", "The time is over. The pharmacy cannot see your prescriptions."),
            ("canceled", "It was canceled. The pharmacy cannot see your prescriptions."),
        ])
}
