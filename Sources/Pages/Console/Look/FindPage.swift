/// The list of payments as its template takes it.
struct FindPage: ConsolePage {
    static let template = "find"

    /// A choice that changes one term of the filter.
    struct Choice: Sendable {
        let href: String
        let name: String
        let isChosen: Bool
    }

    struct ChipGroup: Sendable {
        let chipGroup: String
        let choices: [Choice]
    }

    struct View: Sendable {
        let href: String
        let name: String
    }

    /// Where the filter stopped making sense.
    struct Flaw: Sendable {
        let explanation: String
        let before: String
        let term: String
        let after: String
    }

    struct Horizon: Sendable {
        let moment: String
        let href: String
    }

    struct Pager: Sendable {
        let newer: String?
        let older: String?
    }

    struct Export: Sendable {
        let csv: String
        let lines: String
    }

    let words: FindWords
    let query: String
    var flaw: Flaw?
    let help: DataTable
    var chips: [ChipGroup] = []
    var views: [View] = []
    var canSave = false
    /// Where the standing of the customer that the filter names is shown.
    var customer: String?
    var table: DataTable?
    var searchedTo: Horizon?
    var pager: Pager?
    var export: Export?
}
