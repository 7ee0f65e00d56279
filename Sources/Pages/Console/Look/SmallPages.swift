/// The form for user ID and password.
struct PasswordPage: ConsolePage {
    static let template = "password"
    let words: SignInWords
    let hasFailed: Bool
}

/// The number to be typed in the code app.
struct AppPage: ConsolePage {
    static let template = "app"
    let words: SignInWords
    let code: String
    /// The page waits to be told to look, instead of looking by itself.
    let isStill: Bool
}

/// Why something was not done.
struct ProblemPage: ConsolePage {
    static let template = "problem"
    let words: ProblemWords
    let detail: String
    let code: String
}

/// Sections under one heading.
struct SectionsPage: ConsolePage {
    static let template = "sections"
    let words: ProblemWords
    var intro: String?
    var alarm: String?
    let sections: [StorySection]
}
