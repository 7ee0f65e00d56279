/// The texts around every page of the console.
struct ShellWords: Sendable {
    let skip: String
    let console: String
    let navigation: String
    let signOut: String
    let testMode: String
    let times: String
    let language: String

    init(_ language: Language) {
        skip = language.pick("Gå til indholdet", "Skip to the content")
        console = language.pick("Konsol", "Console")
        navigation = language.pick("Hovedmenu", "Main menu")
        signOut = language.pick("Log ud", "Sign out")
        testMode = language.pick("Prøvedrift", "Test mode")
        times = language.pick("Alle tider er i København.", "All times are those of Copenhagen.")
        self.language = language.pick("Sprog", "Language")
    }
}

/// The pages of the console by name, as they stand in the menu.
struct MenuWords: Sendable {
    let declines: String
    let charts: String
    let lists: String
    let changes: String
    let log: String
    let operators: String

    init(_ language: Language) {
        declines = language.pick("Afvisninger", "Declines")
        charts = language.pick("Diagrammer", "Charts")
        lists = language.pick("Lister", "Lists")
        changes = language.pick("Ændringer", "Changes")
        log = language.pick("Log", "Log")
        operators = language.pick("Operatører", "Operators")
    }
}
