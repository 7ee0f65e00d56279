import HTTPTypes
import Notation
import Operations
import Vocabulary

/// `/docs`: the table of routes, the catalogue of errors and the decline reasons as one page without scripts.
enum DocsPage {
    /// Styles stand in the page; nothing else is loaded or run.
    static let contentSecurityPolicy = """
        default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
        frame-ancestors 'none'
        """

    static let html = page(RouteTable.all)

    private static func page(_ routes: [Route]) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Godkend: routes, errors, decline reasons</title><style>\(style)</style></head><body><main>
        <h1>Godkend</h1>
        <p>Amounts are whole numbers of minor units. A decline is a result, not an error: 201 with status
        declined. The same in OpenAPI 3.1: <a href="/openapi.json">/openapi.json</a>.</p>
        <nav aria-label="On this page"><a href="#routes">Routes</a> <a href="#errors">Errors</a>
        <a href="#declines">Decline reasons</a> <a href="#codes">Response codes</a></nav>
        <h2 id="routes">Routes</h2>
        \(routes.map(section).joined(separator: "\n"))
        <h2 id="errors">Errors</h2>
        \(table(errorHeads, ErrorCode.allCases.map(row)))
        <h2 id="declines">Decline reasons</h2>
        \(table(["Reason", "By", "Advice", "Who can fix it", "Meaning"], declineRows))
        <h2 id="codes">Response codes</h2>
        \(ResponseCodeTable.html)
        </main></body></html>
        """
    }

    private static let errorHeads = ["Code", "Status", "Type", "Retry", "Who can fix it", "Meaning"]

    private static func section(_ route: Route) -> String {
        let errors = OpenAPIDocument.errors(of: route).map { status, codes in
            let links = codes.map { "<a href=\"#\($0.rawValue)\">\($0.rawValue)</a>" }.joined(separator: ", ")
            return "<li>\(status): \(links)</li>"
        }
        return """
            <section id="\(HTML.escaped(route.operation))">
            <h3><code>\(route.method.rawValue) \(HTML.escaped(route.path))</code></h3>
            <p>\(HTML.escaped(route.summary))</p>
            <dl><dt>Credential</dt><dd>\(words(for: route.credential))</dd>
            <dt>Answer</dt><dd>\(route.success.status): \(HTML.escaped(route.success.description))</dd></dl>
            \(members(route.body))
            <details><summary>Refusals</summary><ul>\(errors.joined())</ul></details>
            </section>
            """
    }

    private static func members(_ body: Route.Body) -> String {
        let schema: ObjectSchema
        switch body {
        case .json(let described, _), .signedRecord(let described): schema = described
        case .none, .jose: return ""
        }
        guard !schema.properties.isEmpty else { return "" }
        let rows = schema.properties.map { property in
            [
                "<code>\(HTML.escaped(property.name))</code>", property.isRequired ? "required" : "",
                HTML.escaped(property.schema.object?["description"]?.text ?? ""),
            ]
        }
        return table(["Member", "", "Meaning"], rows.map { (id: nil, cells: $0) })
    }

    private static func row(_ code: ErrorCode) -> (id: String?, cells: [String]) {
        (
            code.rawValue,
            [
                "<code>\(code.rawValue)</code>", String(code.status), code.type.rawValue,
                code.isRetryable ? "yes" : "no", HTML.escaped(code.whoCanFix),
                HTML.escaped("\(code.title). \(code.detail)"),
            ]
        )
    }

    /// One row for each reason that a shop may see; what stands behind a hidden one is not told, but for
    /// prescriptions: a pharmacy that the patient turned to reads the reason itself.
    private static var declineRows: [(id: String?, cells: [String])] {
        let open = DeclineReason.allCases.filter { $0.by == .prescription }.map { reason in
            (
                id: String?("decline-\(reason.rawValue)"),
                cells: [
                    "<code>\(reason.rawValue)</code>", "\(reason.by.rawValue), at the pharmacy",
                    reason.advice?.rawValue ?? "", HTML.escaped(reason.whoCanFix),
                    HTML.escaped(reason.detail),
                ]
            )
        }
        return publicRows + open
    }

    private static var publicRows: [(id: String?, cells: [String])] {
        var seen: Set<String> = []
        return DeclineReason.allCases.filter { seen.insert($0.publicReason).inserted }.map { reason in
            let isHidden = reason.publicReason != reason.rawValue
            return (
                "decline-\(reason.publicReason)",
                [
                    "<code>\(reason.publicReason)</code>", reason.by.rawValue,
                    isHidden ? "" : reason.advice?.rawValue ?? "",
                    isHidden ? "" : HTML.escaped(reason.whoCanFix),
                    HTML.escaped(reason.message),
                ]
            )
        }
    }

    static func table(_ heads: [String], _ rows: [(id: String?, cells: [String])]) -> String {
        let head = heads.map { "<th scope=\"col\">\($0)</th>" }.joined()
        let body = rows.map { row in
            let id = row.id.map { " id=\"\($0)\"" } ?? ""
            return "<tr\(id)>" + row.cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        return """
            <div class="wide" tabindex="0" role="region" aria-label="\(heads[0])"><table>
            <thead><tr>\(head)</tr></thead>
            <tbody>\(body.joined(separator: "\n"))</tbody></table></div>
            """
    }

    private static func words(for credential: Route.Credential) -> String {
        switch credential {
        case .none: "none"
        case .secretKey: "secret key"
        case .anyKey: "publishable or secret key"
        case .pageToken: "page token"
        case .pageTokenOrSecretKey: "page token or secret key"
        case .device: "device proof"
        case .session: "session"
        case .operatorSession: "operator session"
        }
    }

    private static let style = """
        :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
        body{margin:0;background:Canvas;color:CanvasText}main{max-width:70rem;margin:0 auto;padding:1rem}
        h3{margin:2rem 0 .25rem}section{border-top:1px solid GrayText}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem}
        dd{margin:0}nav a{margin-right:1rem}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;vertical-align:top;
        padding:.25rem .75rem .25rem 0;border-bottom:1px solid GrayText}
        tr:target{outline:2px solid Highlight}
        """
}
