import HTTPTypes
package import Hummingbird
import Vocabulary

/// The confirmation page: what a shop's customer sees while the code app is being answered.
///
/// The page itself holds no secret and is the same for everybody. Its script reads the page token from the
/// fragment, which no browser sends to a server, and asks the API with it.
package enum ConfirmationPages {
    /// The paths served here; all take GET.
    package static let paths = ["/confirm/{id}", scriptPath, stylePath]

    static let scriptPath = "/assets/confirm.js"
    static let stylePath = "/assets/confirm.css"

    /// Nothing but our own script and style, and requests to ourselves.
    static let contentSecurityPolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
        form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'
        """

    /// Adds the pages to a router.
    package static func add<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/confirm/{id}") { request, context -> Response in
            guard let text = context.parameters.get("id"), let id = ConfirmationID(text) else {
                throw HTTPError(.notFound)
            }
            let words = Words.preferred(
                query: request.uri.query, acceptLanguage: request.headers[.acceptLanguage])
            var response = Response.text(
                ConfirmationHTML.page(id, words), type: "text/html; charset=utf-8",
                policy: contentSecurityPolicy)
            response.headers[.contentLanguage] = words.language
            response.headers[.vary] = "Accept-Language"
            return response
        }
        router.get("/assets/confirm.js") { _, _ in
            Response.asset(
                ConfirmationScript.text, type: "text/javascript; charset=utf-8", policy: contentSecurityPolicy
            )
        }
        router.get("/assets/confirm.css") { _, _ in
            Response.asset(
                ConfirmationStyle.text, type: "text/css; charset=utf-8", policy: contentSecurityPolicy)
        }
    }
}
