/// A part of a page under its own heading: text, facts, signed words, tables, and what can be opened.
struct StorySection: Sendable {
    /// A paragraph; its mood is a class of the style sheet.
    struct Paragraph: Sendable {
        let body: String
        let mood: String?

        init(_ body: String, mood: String? = nil) {
            self.body = body
            self.mood = mood
        }
    }

    /// Words exactly as they were shown or signed.
    struct Quote: Sendable {
        let quoteID: String
        let title: String
        let body: String
    }

    /// What opens on demand.
    struct Fold: Sendable {
        struct State: Sendable {
            let words: String
            let tone: String
        }

        let title: String
        var isOpen = false
        var state: State?
        var body: [String] = []
        var facts: [Fact] = []
        let hasFacts: Bool
        var quotes: [Quote] = []
        var tables: [DataTable] = []

        init(
            _ title: String, isOpen: Bool = false, state: String? = nil, tone: Tone = .quiet,
            body: [String] = [], facts: [Fact] = [], quotes: [Quote] = [], tables: [DataTable] = []
        ) {
            self.title = title
            self.isOpen = isOpen
            self.state = state.map { State(words: $0, tone: tone.rawValue) }
            self.body = body
            self.facts = facts
            self.quotes = quotes
            self.tables = tables
            hasFacts = !facts.isEmpty
        }
    }

    let sectionID: String
    let heading: String
    let paragraphs: [Paragraph]
    let facts: [Fact]
    let hasFacts: Bool
    let quotes: [Quote]
    let tables: [DataTable]
    let folds: [Fold]

    init(
        _ sectionID: String, _ heading: String, paragraphs: [Paragraph] = [], facts: [Fact] = [],
        quotes: [Quote] = [], tables: [DataTable] = [], folds: [Fold] = []
    ) {
        self.sectionID = sectionID
        self.heading = heading
        self.paragraphs = paragraphs
        self.facts = facts
        hasFacts = !facts.isEmpty
        self.quotes = quotes
        self.tables = tables
        self.folds = folds
    }
}

/// A name and what is known under it.
struct Fact: Sendable {
    let name: String
    let text: String
    let link: String?
    let word: String?
    let tone: String?

    init(_ name: String, _ text: String, link: String? = nil, word: String? = nil, tone: Tone? = nil) {
        self.name = name
        self.text = text
        self.link = link
        self.word = word
        self.tone = tone?.rawValue
    }
}

/// Facts that stand alone, as the parts take them.
struct FactList: Sendable {
    let facts: [Fact]
}
