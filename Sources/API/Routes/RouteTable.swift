import HTTPTypes

/// All routes of the JSON API, in the order in which they are documented.
enum RouteTable {
    static let all: [Route] =
        cardTokenRoutes + authorizationRoutes + moneyRoutes + handoverRoutes + confirmationRoutes
        + prescriptionRoutes + prescriptionLookupRoutes + deviceRoutes
        + customerRoutes + receiptRoutes + publicRoutes
}

/// Which methods a path takes: what tells 405 from 404.
struct KnownPaths: Sendable {
    private let templates: [(method: HTTPRequest.Method, parts: [Substring])]

    /// `pagePaths` are served by others on the same router, with GET.
    init(routes: [Route] = RouteTable.all, pagePaths: [String] = []) {
        templates =
            routes.map { ($0.method, $0.path.split(separator: "/")) }
            + pagePaths.map { (.get, $0.split(separator: "/")) }
    }

    /// Sorted; empty where nothing stands.
    func methods(on path: String) -> [String] {
        let parts = path.split(separator: "/")
        return templates.filter { Self.matches(parts, $0.parts) }.map(\.method.rawValue).sorted()
    }

    private static func matches(_ path: [Substring], _ template: [Substring]) -> Bool {
        path.count == template.count && zip(path, template).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
    }
}
