import Hummingbird
import Lifecycles
import Operations
import Vocabulary

extension ConsoleRoute {
    /// What is looked after before anybody complains (OPS-LISTS).
    static let listRoutes: [ConsoleRoute] = [
        .get("/console/lists", .role(.viewer)) { visit in
            let words = ListWords(visit.language)
            let lists = try await visit.gateway.auditLists()
            let view = ListView(lists, in: visit.language, mayOpen: visit.may(.auditor))
            return try visit.page(
                SectionsPage(
                    words: ProblemWords(visit.language), intro: words.intro, sections: view.sections),
                heading: words.title, at: .lists)
        }
    ]
}
