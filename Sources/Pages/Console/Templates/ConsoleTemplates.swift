import Mustache

/// The templates, compiled once. They escape whatever they are given: none of them has a triple brace.
struct ConsoleTemplates: Sendable {
    private let compiled: MustacheLibrary

    /// Fails where a template does not parse; so a mistake ends the start and not a request.
    init() throws {
        var compiled = MustacheLibrary()
        for (name, text) in Self.texts { try compiled.register(text, named: name) }
        self.compiled = compiled
    }

    /// The page as HTML; nil when there is no template of that name.
    func html<Page: ConsolePage>(_ page: Page, in shell: Shell) -> String? {
        compiled.render(Sheet(shell: shell, page: page, words: page.words), withTemplate: Page.template)
    }

    static let texts: [String: String] = [
        "layout": LayoutTemplate.text, "table": PartTemplates.table, "cell": PartTemplates.cell,
        "value": PartTemplates.value, "facts": PartTemplates.facts, "quote": PartTemplates.quote,
        "section": PartTemplates.section,
        "bars": PartTemplates.bars, "course": PartTemplates.course, "password": SignInTemplates.password,
        "app": SignInTemplates.app, "problem": SignInTemplates.problem, "find": FindTemplate.text,
        "story": PageTemplates.story, "sections": PageTemplates.sections, "charts": PageTemplates.charts,
        "changes": PageTemplates.changes, "customer": PageTemplates.customer,
        "operators": PageTemplates.operators,
    ]
}

/// What one page needs of its template: its own members, and the texts in the reader's language.
///
/// Templates look names up outwards, from a row to its table to the page. A member that may be missing
/// therefore has a name that nothing around it has.
protocol ConsolePage: Sendable {
    associatedtype Words: Sendable
    static var template: String { get }
    var words: Words { get }
}

/// The outermost names that a template sees.
private struct Sheet<Page: ConsolePage> {
    let shell: Shell
    let page: Page
    let words: Page.Words
}
