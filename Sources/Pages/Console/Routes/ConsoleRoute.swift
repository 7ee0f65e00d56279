import HTTPTypes
import Hummingbird
import Lifecycles
import Operations

/// One address of the console: who may open it, and what answers.
struct ConsoleRoute: Sendable {
    /// Who may open it.
    enum Access: Sendable, Hashable {
        /// Everybody; for the sign-in.
        case everybody
        /// An operator of this role or a higher one.
        case role(OperatorRole)
    }

    let method: HTTPRequest.Method
    let path: String
    let access: Access
    /// The names that its form may have. None for a GET, which has no form.
    let fields: Set<String>
    let handle: @Sendable (ConsoleVisit) async throws -> Response

    static func get(
        _ path: String, _ access: Access,
        _ handle: @escaping @Sendable (ConsoleVisit) async throws -> Response
    ) -> ConsoleRoute {
        ConsoleRoute(method: .get, path: path, access: access, fields: [], handle: handle)
    }

    /// A form. Where a session is needed, it also carries the session's token.
    static func post(
        _ path: String, _ access: Access, fields: Set<String>,
        _ handle: @escaping @Sendable (ConsoleVisit) async throws -> Response
    ) -> ConsoleRoute {
        let own: Set<String> = access == .everybody ? [] : [tokenField]
        return ConsoleRoute(
            method: .post, path: path, access: access, fields: fields.union(own), handle: handle)
    }

    static let tokenField = "token"

    /// All of them.
    static let all: [ConsoleRoute] =
        signInRoutes + findRoutes + exportRoutes + storyRoutes + chartRoutes + listRoutes + logRoutes
        + changeRoutes
        + customerRoutes + operatorRoutes + [everythingElse]

    /// What is no page of the console.
    private static let everythingElse = ConsoleRoute.get("/console/**", .everybody) { _ in
        throw Refusal(.notFound)
    }
}
