import HTTPTypes
import Hummingbird
import Operations

extension RouteTable {
    static let cardTokenRoutes = [
        Route(
            method: .post, path: "/v1/card_tokens", operation: "createCardToken",
            summary: "Keep a card for one payment (15 minutes), or with reusable longer.",
            credential: .anyKey, body: .json(Schemas.tokenize, isRequired: true), idempotency: .optional,
            admission: .newWork, success: .json(201, Schemas.cardToken),
            errors: [.cardNumberInvalid, .originNotAllowed], handle: createCardToken),
        Route(
            method: .options, path: "/v1/card_tokens", operation: "preflightCardToken",
            summary: "CORS preflight for pages of the origins in a merchant's file.", credential: .none,
            success: .init(status: 204, description: "Allowed.", mediaType: nil, schema: nil),
            errors: [.originNotAllowed], handle: preflight),
    ]

    private static func createCardToken(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.merchant([.publishable, .secret])
        guard caller.merchant.kind != .filer else { throw Refusal(.merchantKindNotAllowed) }
        guard let origin = exchange.request.headers[.origin], caller.kind == .publishable else {
            return try await tokenize(exchange, caller)
        }
        guard caller.merchant.origins.contains(origin) else { throw Refusal(.originNotAllowed) }
        // The page must be able to read refusals too.
        var response: Response
        do {
            response = try await tokenize(exchange, caller)
        } catch let refusal as Refusal {
            response = exchange.problem(refusal)
        }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = "Request-Id, Retry-After, Idempotent-Replayed"
        response.headers[.vary] = "Origin"
        return response
    }

    private static func tokenize(_ exchange: Exchange, _ caller: Caller) async throws -> Response {
        _ = try exchange.query()
        let body = try await exchange.json()
        let request = try TokenizeRequest(json: body)
        guard !request.isReusable || caller.kind == .secret else {
            throw Refusal(.secretKeyRequired, parameter: "reusable")
        }
        let identity = try exchange.identity(of: body, leavingOut: ["cvc"])
        return .answered(try await exchange.gateway.tokenizeCard(request, caller: caller, identity: identity))
    }

    /// A preflight carries no key (Fetch standard), so pages of any merchant's origin are let through to the
    /// real request, which is then checked against the origins of its key's merchant.
    private static func preflight(_ exchange: Exchange) async throws -> Response {
        guard let origin = exchange.request.headers[.origin],
            exchange.gateway.merchants.allows(origin: origin)
        else { throw Refusal(.originNotAllowed) }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: origin, .accessControlAllowMethods: "POST",
                .accessControlAllowHeaders: "Authorization, Content-Type, Idempotency-Key",
                .accessControlMaxAge: "600", .vary: "Origin",
            ])
    }
}
