import Hummingbird
import Lifecycles
import Operations
import Records
import Vocabulary

extension ConsoleRoute {
    /// The story of one authorization; looking at it is written down.
    static let storyRoutes: [ConsoleRoute] = [
        .get("/console/authorizations/{id}", .role(.auditor)) { visit in
            guard let id = visit.id.flatMap({ ExplainedID($0) }) else { throw Refusal(.notFound) }
            let story = try await visit.gateway.explain(id, by: try visit.actor())
            return try visit.page(
                StoryTelling(story, in: visit.language).page,
                heading: "\(StoryWords(visit.language).title) \(story.row.id.text)")
        }
    ]
}
