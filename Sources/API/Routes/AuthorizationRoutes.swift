import HTTPTypes
import Hummingbird
import Lifecycles
import Notation
import Operations
import Vocabulary

extension RouteTable {
    private static let one = "/v1/authorizations/{id}"

    static let authorizationRoutes = [
        Route(
            method: .post, path: "/v1/authorizations", operation: "createAuthorization",
            summary: "Ask for one payment. A decline is a result: 201 with status declined.",
            credential: .secretKey, body: .json(Schemas.authorize, isRequired: true), idempotency: .required,
            admission: .newWork, success: .json(201, Schemas.authorization),
            errors: [
                .cardTokenUnknown, .cardTokenUsed, .cardTokenExpired, .orderSumMismatch,
                .captureModeNotAllowed,
                .replacesUnknown, .featureNotAvailable,
            ], handle: authorize),
        Route(
            method: .get, path: one, operation: "getAuthorization",
            summary: "One authorization; with wait as soon as it differs from If-None-Match.",
            credential: .secretKey, query: [.wait], identifier: "auth", hasEntityTag: true,
            success: .json(200, Schemas.authorization), handle: show),
        Route(
            method: .get, path: "/v1/authorizations", operation: "listAuthorizations",
            summary: "Your authorizations, newest first; without the order lines that name products.",
            credential: .secretKey,
            query: Route.QueryParameter.authorizationFilters,
            success: .json(200, Schemas.list(of: Schemas.authorization)), handle: list),
        Route(
            method: .get, path: "\(one)/receipt", operation: "getReceipt",
            summary: "Signed proof of the decision, checked with /.well-known/jwks.json.",
            credential: .secretKey, identifier: "auth", hasEntityTag: true,
            success: .text("application/jose", "Compact JWS."), errors: [.receiptNotReady], handle: receipt),
    ]

    private static func authorize(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.seller()
        _ = try exchange.query()
        let body = try await exchange.json()
        let identity = try exchange.identity(of: body)
        let request = try AuthorizeRequest(
            json: body, isLive: caller.isLive, needsProducts: caller.merchant.gln != nil)
        return .answered(try await exchange.gateway.authorize(request, caller: caller, identity: identity))
    }

    private static func show(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.seller()
        let known = exchange.knownTags
        let wait = try WaitRequest.optional(try exchange.query(), known: known)
        let id: AuthorizationID = try exchange.id()
        let authorization = try await exchange.untilShutdown(waits: wait != nil) {
            try await exchange.gateway.authorization(id, caller: caller, wait: wait)
        }
        return .object(
            JSONAnswers(presenter: exchange.gateway.presenter).json(authorization),
            tag: EntityTags.tag(authorization.version), known: known)
    }

    private static func list(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.seller()
        let query = try AuthorizationQuery(try exchange.query())
        let page = try await exchange.gateway.authorizations(query, caller: caller)
        let answers = JSONAnswers(presenter: exchange.gateway.presenter)
        return .json(200, JSONAnswers.list(page.items.map(answers.listed), hasMore: page.hasMore))
    }

    private static func receipt(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.seller()
        _ = try exchange.query()
        let compact = try await exchange.gateway.receipt(of: try exchange.id(), caller: caller)
        // The signature names the content: an ECDSA signature is never made twice.
        let tag = "\"\(compact.suffix(43))\""
        guard !exchange.knownTags.matches(tag) else {
            return Response(status: .notModified, headers: [.eTag: tag])
        }
        var response = Response(200, compact.utf8, type: "application/jose")
        response.headers[.eTag] = tag
        return response
    }
}

extension Route.QueryParameter {
    static let wait = Route.QueryParameter(
        name: WaitRequest.parameterName, schema: Shape.integer(1...30, "Seconds to wait for a change."))

    /// `prefix` is that of the listed objects' ids.
    static func page(of prefix: String) -> [Route.QueryParameter] {
        [
            Route.QueryParameter(
                name: "limit", schema: Shape.integer(1...100, "Objects a page; 10 by default.")),
            Route.QueryParameter(name: "starting_after", schema: Shape.identifier(prefix)),
            Route.QueryParameter(name: "ending_before", schema: Shape.identifier(prefix)),
        ]
    }

    static let authorizationFilters =
        page(of: "auth") + [
            Route.QueryParameter(
                name: "status", schema: Shape.choice(AuthorizationStatus.allCases.map(\.rawValue), "State.")),
            Route.QueryParameter(
                name: "reason", schema: Shape.choice(AuthorizationQuery.publicReasons, "Decline reason.")),
            Route.QueryParameter(name: "order", schema: Shape.text(1...64, "Your own name for the order.")),
        ]
        + ["gte", "gt", "lte", "lt"].flatMap { bound in
            [
                Route.QueryParameter(name: "created[\(bound)]", schema: Shape.instant("RFC 3339.")),
                Route.QueryParameter(name: "amount[\(bound)]", schema: Schemas.sum),
            ]
        }
}
