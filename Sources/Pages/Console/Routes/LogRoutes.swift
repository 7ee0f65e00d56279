import Hummingbird
import Lifecycles
import Operations
import Vocabulary

extension ConsoleRoute {
    /// How the decision log stands.
    static let logRoutes: [ConsoleRoute] = [
        .get("/console/log", .role(.viewer)) { visit in
            let words = LogWords(visit.language)
            return try visit.page(
                LogView.page(visit.gateway.log.status, words, visit.language),
                heading: words.title, at: .log)
        }
    ]
}
