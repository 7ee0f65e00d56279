import Lifecycles
import Vocabulary

/// What stands around a page: who is signed in, where one can go, in which language.
struct Shell: Sendable {
    /// An entry of the menu.
    struct Entry: Sendable {
        let href: String
        let name: String
        let isCurrent: Bool
    }

    struct Person: Sendable {
        let operatorName: String
        let operatorRole: String
    }

    struct Switch: Sendable {
        let href: String
        let tag: String
        let name: String
    }

    let words: ShellWords
    let language: String
    let title: String
    let heading: String
    let menu: [Entry]
    let `operator`: Person?
    /// What forms carry to show that this page sent them; empty where nobody is signed in.
    let token: String
    let isTest: Bool
    /// For paper: when the page was made.
    let now: String
    let otherLanguage: Switch
    /// One sentence about what was just done.
    let notice: String?
    let refreshSeconds: Int?
}

/// The pages of the menu, with the least role that may open each.
enum MenuEntry: String, CaseIterable, Sendable {
    case declines = "/console"
    case charts = "/console/charts"
    case lists = "/console/lists"
    case changes = "/console/changes"
    case log = "/console/log"
    case operators = "/console/operators"

    var role: OperatorRole {
        switch self {
        case .declines, .charts, .lists, .log: .viewer
        case .changes: .operator
        case .operators: .administrator
        }
    }

    func name(_ words: MenuWords) -> String {
        switch self {
        case .declines: words.declines
        case .charts: words.charts
        case .lists: words.lists
        case .changes: words.changes
        case .log: words.log
        case .operators: words.operators
        }
    }
}
