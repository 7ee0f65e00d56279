package import Hummingbird
package import Metrics
package import Operations
import Vocabulary

/// Builds the router of the JSON API from the table of routes. Pages are added to the same router.
package enum APIRouter {
    /// `metrics` is where requests are counted; `pagePaths` are what others add to the router with GET.
    package static func make(
        gateway: Gateway, metrics: any MetricsFactory = PrometheusText.shared,
        pagePaths: [String] = []
    ) -> Router<GatewayRequestContext> {
        let router = Router(context: GatewayRequestContext.self)
        router.add(
            middleware: EdgeMiddleware(
                newRequestID: { gateway.newRequestID().text }, publicURL: gateway.settings.publicURL,
                meters: RequestMeters(factory: metrics), paths: KnownPaths(pagePaths: pagePaths)))
        for route in RouteTable.all {
            router.on(RouterPath(route.routerPath), method: route.method) { request, context in
                try await answer(Exchange(request: request, context: context, gateway: gateway, route: route))
            }
        }
        return router
    }

    private static func answer(_ exchange: Exchange) async throws -> Response {
        do {
            try admit(exchange)
            return try await exchange.route.handle(exchange)
        } catch let refusal as Refusal where exchange.route.fhir != .none && exchange.wantsFHIR {
            return exchange.outcome(refusal)
        }
    }

    /// Above a queue age new work is refused, so that what is under way can end (SCA-31).
    private static func admit(_ exchange: Exchange) throws(Refusal) {
        let admission = exchange.route.admission
        guard admission != .always else { return }
        guard exchange.gateway.queueAgeMilliseconds() <= admission.maximumQueueMilliseconds else {
            throw Refusal(.overloaded)
        }
    }
}
