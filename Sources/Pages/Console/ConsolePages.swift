import HTTPTypes
package import Hummingbird
package import Operations
import NIOCore

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
            asset(ConsoleStyle.text, type: "text/css; charset=utf-8")
        }
        router.get(RouterPath(iconPath)) { _, _ in asset(ConsoleStyle.icon, type: "image/svg+xml") }
    }

    private static func asset(_ text: String, type: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "public, max-age=300",
                .contentSecurityPolicy: ConsoleHeaders.contentSecurityPolicy,
            ], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
