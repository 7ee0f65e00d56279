/// The texts of the page about the decision log.
struct LogWords: Sendable {
    let title: String
    let intro: String
    let state: String
    let origin: String
    let key: String
    let size: String
    let signed: String
    let signedAt: String
    let before: String
    let checkpoint: String
    let none: String
    let refused: String
    let verify: String
    let howTo: String
    let addresses: String

    init(_ language: Language) {
        title = language.pick("Beslutningsloggen", "The decision log")
        intro = language.pick(
            "Hver beslutning, hver ændring og hvert opslag er et blad. Et kontrolpunkt underskriver dem alle.",
            "Every decision, every change and every look is a leaf. A checkpoint signs them all.")
        state = language.pick("Tilstand", "State")
        origin = language.pick("Loggens navn", "Name of the log")
        key = language.pick("Nøgle til efterprøvning", "Verification key")
        size = language.pick("Blade", "Leaves")
        signed = language.pick("Dækket af kontrolpunktet", "Covered by the checkpoint")
        signedAt = language.pick("Underskrevet", "Signed")
        before = language.pick("før denne start", "before this start")
        checkpoint = language.pick("Seneste kontrolpunkt", "Last checkpoint")
        none = language.pick("Der er intet kontrolpunkt endnu.", "There is no checkpoint yet.")
        refused = language.pick(
            "Loggen bliver ikke underskrevet. Se på det nu.", "The log is not being signed. Look at it now.")
        verify = language.pick("Efterprøv selv", "Verify it yourself")
        howTo = language.pick(
            "Gem kontrolpunktet et andet sted. Den, der har det, kan se enhver senere ændring af det, det dækker.",
            "Keep the checkpoint somewhere else. Whoever has it sees every later change of what it covers.")
        addresses = language.pick("Adresser, som alle kan læse", "Addresses that everybody can read")
    }
}
