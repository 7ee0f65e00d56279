import HTTPTypes

/// All routes of the JSON API, in the order in which they are documented.
enum RouteTable {
    static let all: [Route] =
        cardTokenRoutes + authorizationRoutes + moneyRoutes + handoverRoutes + confirmationRoutes
        + prescriptionRoutes + prescriptionLookupRoutes + deviceRoutes
        + customerRoutes + receiptRoutes + decisionRoutes + logRoutes + publicRoutes
}

/// Which methods a path takes: what tells 405 from 404.
struct KnownPaths: Sendable {
    private struct Template {
        let method: HTTPRequest.Method
        let parts: [Substring]
        /// Whether the last part stands for all that follows.
        var spansRest = false

        func matches(_ path: [Substring]) -> Bool {
            guard spansRest ? path.count >= parts.count : path.count == parts.count else { return false }
            return zip(path, parts).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
        }
    }

    private let templates: [Template]

    /// `pagePaths` are served by others on the same router, with GET.
    init(routes: [Route] = RouteTable.all, pagePaths: [String] = []) {
        templates =
            routes.map {
                Template(method: $0.method, parts: $0.path.split(separator: "/"), spansRest: $0.spansRest)
            } + pagePaths.map { Template(method: .get, parts: $0.split(separator: "/")) }
    }

    /// Sorted; empty where nothing stands.
    func methods(on path: String) -> [String] {
        let parts = path.split(separator: "/")
        return Set(templates.filter { $0.matches(parts) }.map(\.method.rawValue)).sorted()
    }
}
