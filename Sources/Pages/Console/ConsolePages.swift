package import Hummingbird
package import Operations

/// The operator console: pages made on the server, without a script, for operators who signed in (OPS-WEB).
package enum ConsolePages {
    static let stylePath = "/assets/console.css"
    static let iconPath = "/assets/console.svg"

    /// The paths that take GET here.
    package static let paths =
        ConsoleRoute.all.filter { $0.method == .get }.map(\.path) + [stylePath, iconPath]

    /// Adds the console to a router. Throws only for a template that does not parse.
    package static func add<Context: RequestContext>(
        to router: some RouterMethods<Context>, gateway: Gateway
    ) throws {
        let door = ConsoleDoor(gateway: gateway, templates: try ConsoleTemplates())
        for route in ConsoleRoute.all {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await door.answer(route, request, id: context.parameters.get("id"))
            }
        }
        router.get(RouterPath(stylePath)) { _, _ in
            Response.asset(
                ConsoleStyle.text, type: "text/css; charset=utf-8",
                policy: ConsoleHeaders.contentSecurityPolicy)
        }
        router.get(RouterPath(iconPath)) { _, _ in
            Response.asset(
                ConsoleStyle.icon, type: "image/svg+xml", policy: ConsoleHeaders.contentSecurityPolicy)
        }
    }
}
