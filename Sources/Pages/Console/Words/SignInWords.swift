/// The texts of the sign-in.
struct SignInWords: Sendable {
    let title: String
    let userID: String
    let password: String
    let go: String
    let intro: String
    let failed: String
    let appTitle: String
    let openApp: String
    let code: String
    let waiting: String
    let look: String
    let beStill: String
    let startAgain: String

    init(_ language: Language) {
        title = language.pick("Log ind", "Sign in")
        userID = language.pick("Bruger-ID", "User ID")
        password = language.pick("Adgangskode", "Password")
        go = language.pick("Fortsæt", "Continue")
        intro = language.pick(
            "Konsollen er for operatører. Hver læsning af en enkelt betaling bliver skrevet i loggen.",
            "The console is for operators. Each look at a single payment is written to the log.")
        failed = language.pick(
            "Det lykkedes ikke at logge ind. Prøv igen.", "The sign-in did not succeed. Try again.")
        appTitle = language.pick("Godkend i din kode-app", "Approve in your code app")
        openApp = language.pick(
            "Åbn din kode-app, og indtast dette tal:", "Open your code app and type this number:")
        code = language.pick("Dit tal", "Your number")
        waiting = language.pick(
            "Siden kigger selv efter svaret hvert tredje sekund.",
            "This page looks for the answer by itself every three seconds.")
        beStill = language.pick("Lad være med det", "Do not do that")
        look = language.pick("Kig nu", "Look now")
        startAgain = language.pick("Begynd forfra", "Start again")
    }
}
