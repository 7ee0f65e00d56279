import HTTPTypes
import Hummingbird
import Notation
import Operations
import Vocabulary

extension RouteTable {
    private static let one = "/v1/authorizations/{id}"

    static let moneyRoutes = [
        Route(
            method: .post, path: "\(one)/capture", operation: "captureAuthorization",
            summary: "Take the money, in full or in part.", credential: .secretKey,
            body: .json(Schemas.capture, isRequired: false), idempotency: .required, admission: .priority,
            identifier: "auth", success: .json(200, Schemas.authorization),
            errors: [
                .authorizationNotCapturable, .captureAboveAuthorized, .captureOpen, .captureRefused,
                .outcomeOpen,
            ], handle: capture),
        Route(
            method: .post, path: "\(one)/cancel", operation: "cancelAuthorization",
            summary: "Give up what is not captured.", credential: .secretKey,
            body: .json(Schemas.cancel, isRequired: false), idempotency: .required, admission: .priority,
            identifier: "auth", success: .json(200, Schemas.authorization),
            errors: [.authorizationNotCancelable, .captureOpen], handle: cancel),
        Route(
            method: .post, path: "\(one)/refunds", operation: "createRefund",
            summary: "Give money back, in full or in part.", credential: .secretKey,
            body: .json(Schemas.refund, isRequired: false), idempotency: .required, admission: .priority,
            identifier: "auth", success: .json(201, Schemas.refundObject),
            errors: [.authorizationNotRefundable, .refundAboveCaptured, .refundRefused, .outcomeOpen],
            handle: refund),
        Route(
            method: .get, path: "\(one)/refunds", operation: "listRefunds",
            summary: "The refunds of one authorization, newest first.", credential: .secretKey,
            query: Route.QueryParameter.page(of: "ref"), identifier: "auth",
            success: .json(200, Schemas.list(of: Schemas.refundObject)), handle: refunds),
    ]

    private static func capture(_ exchange: Exchange) async throws -> Response {
        try await act(exchange) { id, body, caller, identity in
            try await exchange.gateway.capture(
                id, try CaptureRequest(json: body), caller: caller, identity: identity)
        }
    }

    private static func cancel(_ exchange: Exchange) async throws -> Response {
        try await act(exchange) { id, body, caller, identity in
            try await exchange.gateway.cancel(
                id, try CancelRequest(json: body), caller: caller, identity: identity)
        }
    }

    private static func refund(_ exchange: Exchange) async throws -> Response {
        try await act(exchange) { id, body, caller, identity in
            try await exchange.gateway.refund(
                id, try RefundRequest(json: body), caller: caller, identity: identity)
        }
    }

    /// What capture, cancel and refund have in common: whose, which, and under which key.
    private static func act(
        _ exchange: Exchange,
        _ work: (AuthorizationID, JSON, Caller, RequestIdentity) async throws -> Answered
    ) async throws -> Response {
        let caller = try exchange.seller()
        _ = try exchange.query()
        let id: AuthorizationID = try exchange.id()
        let body = try await exchange.json()
        return .answered(try await work(id, body, caller, try exchange.identity(of: body)))
    }

    private static func refunds(_ exchange: Exchange) async throws -> Response {
        let caller = try exchange.seller()
        let page = try PageRequest(try exchange.query(), of: RefundID.self)
        let refunds = try await exchange.gateway.refunds(of: try exchange.id(), page: page, caller: caller)
        return .json(200, JSONAnswers.list(refunds.items.map(JSONAnswers.json), hasMore: refunds.hasMore))
    }
}
