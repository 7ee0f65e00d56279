import HTTPTypes
import Hummingbird
import Notation
import Operations
import Proofs

extension RouteTable {
    static let publicRoutes = [
        Route(
            method: .get, path: "/.well-known/jwks.json", operation: "getKeys",
            summary: "The keys that receipts are signed with, retired ones too.", credential: .none,
            success: .json(200, Schemas.keySet), handle: keys),
        Route(
            method: .get, path: "/healthz", operation: "isAlive", summary: "Whether the process answers.",
            credential: .none, success: .text("text/plain; charset=utf-8", "It does."), handle: alive),
        Route(
            method: .get, path: "/readyz", operation: "isReady", summary: "Whether requests can be taken.",
            credential: .none,
            success: .text(
                "text/plain; charset=utf-8",
                "They can. A line `warning: …` says what somebody should look at, such as the machine's clock."
            ),
            handle: ready),
        Route(
            method: .get, path: "/metrics", operation: "getMetrics",
            summary: "Counters and histograms in the Prometheus text format.", credential: .none,
            success: .text(PrometheusText.mediaType, "Metrics."), handle: metrics),
        Route(
            method: .get, path: "/openapi.json", operation: "getOpenAPI", summary: "This document.",
            credential: .none,
            success: .init(
                status: 200, description: "OpenAPI 3.1.", mediaType: "application/json",
                schema: ["type": "object"]), handle: openAPI),
        Route(
            method: .get, path: "/docs", operation: "getDocs", summary: "This document as a page.",
            credential: .none, success: .text("text/html; charset=utf-8", "A page."), handle: docs),
    ]

    private static func keys(_ exchange: Exchange) async throws -> Response {
        _ = try exchange.query()
        var response = Response.json(200, JWKS.document(exchange.gateway.jwks()))
        response.headers[.cacheControl] = "public, max-age=300"
        return response
    }

    private static func alive(_ exchange: Exchange) async throws -> Response {
        _ = try exchange.query()
        return Response(200, "ok\n".utf8, type: "text/plain; charset=utf-8")
    }

    private static func ready(_ exchange: Exchange) async throws -> Response {
        _ = try exchange.query()
        let health = await exchange.gateway.health()
        guard health.isReady else {
            throw Refusal(.notReady, detail: health.problems.joined(separator: " "))
        }
        let lines = ["ready"] + health.warnings.map { "warning: \($0)" }
        return Response(200, (lines.joined(separator: "\n") + "\n").utf8, type: "text/plain; charset=utf-8")
    }

    private static func metrics(_ exchange: Exchange) async throws -> Response {
        _ = try exchange.query()
        return Response(200, PrometheusText.shared.exposition().utf8, type: PrometheusText.mediaType)
    }

    private static func openAPI(_ exchange: Exchange) async throws -> Response {
        _ = try exchange.query()
        return .json(200, OpenAPIDocument.json(publicURL: exchange.gateway.settings.publicURL))
    }

    private static func docs(_ exchange: Exchange) async throws -> Response {
        _ = try exchange.query()
        var response = Response(200, DocsPage.html.utf8, type: "text/html; charset=utf-8")
        response.headers[.contentSecurityPolicy] = DocsPage.contentSecurityPolicy
        return response
    }
}

extension Schemas {
    static let keySet = ObjectSchema(
        "KeySet", "RFC 7517 section 5.",
        [Property("keys", ["type": "array", "items": ["type": "object"]], required: true)])
}
