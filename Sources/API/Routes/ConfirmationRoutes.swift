import HTTPTypes
import Hummingbird
import Operations
import Vocabulary

extension RouteTable {
    private static let one = "/v1/confirmations/{id}"

    static let confirmationRoutes = [
        Route(
            method: .get, path: one, operation: "getConfirmation",
            summary: "What the confirmation page shows; with wait as soon as it differs from If-None-Match.",
            credential: .pageToken, query: [.wait], identifier: "cnf", hasEntityTag: true,
            success: .json(200, Schemas.page), handle: show),
        Route(
            method: .post, path: "\(one)/attempts", operation: "offerFactor",
            summary: "Offer another factor: answers a look-up; a card payment is always declined for it.",
            credential: .pageTokenOrSecretKey, body: .json(Schemas.attempt, isRequired: true),
            idempotency: .optional, admission: .priority, identifier: "cnf",
            success: .json(200, Schemas.attemptAnswer), errors: [.confirmationOver, .factorNotAvailable],
            handle: offerFactor),
        Route(
            method: .post, path: "\(one)/cancel", operation: "cancelConfirmation",
            summary: "The customer gives up.", credential: .pageToken,
            body: .json(Schemas.empty, isRequired: false), admission: .priority, identifier: "cnf",
            success: .json(200, Schemas.page), errors: [.confirmationOver], handle: cancel),
    ]

    private static func show(_ exchange: Exchange) async throws -> Response {
        let token = try exchange.pageToken()
        let known = exchange.knownTags
        let wait = try WaitRequest.optional(try exchange.query(), known: known)
        let id: ConfirmationID = try exchange.id()
        let page = try await exchange.untilShutdown(waits: wait != nil) {
            try await exchange.gateway.confirmationPage(id, pageToken: token, wait: wait)
        }
        return .object(PartyAnswers.json(page), tag: EntityTags.tag(page.version), known: known)
    }

    private static func offerFactor(_ exchange: Exchange) async throws -> Response {
        let token = try exchange.pageToken()
        let isMerchant = token.hasPrefix("sk_") || token.hasPrefix("pk_")
        let by: PageCaller = isMerchant ? .merchant(try exchange.seller()) : .page(token: token)
        _ = try exchange.query()
        let id: ConfirmationID = try exchange.id()
        let body = try await exchange.json()
        // The code is not kept, not even as a digest (SCA-06).
        let identity = try exchange.identity(of: body, leavingOut: ["code"])
        let offer = try FactorOffer(json: body)
        return .answered(
            try await exchange.gateway.offerFactor(
                id, offer, by: by, identity: isMerchant && identity.key != nil ? identity : nil))
    }

    private static func cancel(_ exchange: Exchange) async throws -> Response {
        let token = try exchange.pageToken()
        _ = try exchange.query()
        let id: ConfirmationID = try exchange.id()
        _ = try Fields(try await exchange.json(), schema: Schemas.empty)
        let page = try await exchange.gateway.cancelFromPage(id, pageToken: token)
        return .json(200, PartyAnswers.json(page))
    }
}
