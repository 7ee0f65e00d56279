import HTTPTypes
import Hummingbird
import Notation
import Operations
import Vocabulary

extension RouteTable {
    static let customerRoutes = [
        Route(
            method: .post, path: "/me/v1/sign_ins", operation: "startSignIn",
            summary: "First step of a sign-in; the same answer for an unknown user.", credential: .none,
            body: .json(Schemas.signIn, isRequired: true), admission: .priority,
            success: .json(201, Schemas.signInStarted), errors: [.signInFailed], handle: startSignIn),
        Route(
            method: .post, path: "/me/v1/sign_ins/{id}", operation: "completeSignIn",
            summary: "Second step: a code, or an approved sign-in in the app.", credential: .none,
            body: .json(Schemas.completeSignIn, isRequired: true), admission: .priority, identifier: "sin",
            success: .json(201, Schemas.session), otherSuccess: .json(202, Schemas.signInQuestion),
            errors: [.signInFailed], handle: completeSignIn),
        Route(
            method: .get, path: "/me/v1/factors", operation: "listFactors",
            summary: "The customer's authenticators.", credential: .session,
            success: .json(200, Schemas.factors), handle: factors),
        Route(
            method: .post, path: "/me/v1/blocks", operation: "blockFactor",
            summary: "Block an authenticator at once.", credential: .session,
            body: .json(Schemas.block, isRequired: true), admission: .priority,
            success: .json(201, Schemas.factors), errors: [.notFound], handle: block),
        Route(
            method: .post, path: "/me/v1/activation_codes", operation: "orderActivationCode",
            summary: "A code to enrol an app with; the session, or password and one other factor again.",
            credential: .session,
            body: .json(Schemas.activation, isRequired: false), admission: .priority,
            success: .json(201, Schemas.activationCode), errors: [.proofOfFactorFailed, .factorNotAvailable],
            handle: activation),
        Route(
            method: .post, path: "/me/v1/key_cards", operation: "orderKeyCard",
            summary: "Order a new key card.", credential: .session,
            body: .json(Schemas.empty, isRequired: false), admission: .priority,
            success: .json(201, Schemas.keyCard), errors: [.factorNotAvailable], handle: keyCard),
    ]

    private static func startSignIn(_ exchange: Exchange) async throws -> Response {
        _ = try exchange.query()
        let request = try SignInRequest(json: try await exchange.json())
        let started = try await exchange.gateway.startSignIn(
            userID: request.userID, password: request.password)
        return .json(201, PartyAnswers.json(started))
    }

    private static func completeSignIn(_ exchange: Exchange) async throws -> Response {
        _ = try exchange.query()
        let id: SignInID = try exchange.id()
        let answer = try SignInAnswer(json: try await exchange.json())
        switch try await exchange.gateway.completeSignIn(id, factor: answer.factor, code: answer.code) {
        case .session(let session): return .json(201, PartyAnswers.json(session))
        case .pending(let question): return .json(202, PartyAnswers.json(question, of: id))
        }
    }

    private static func factors(_ exchange: Exchange) async throws -> Response {
        let session = try await exchange.session()
        _ = try exchange.query()
        return .json(200, PartyAnswers.json(try await exchange.gateway.factors(of: session)))
    }

    private static func block(_ exchange: Exchange) async throws -> Response {
        let session = try await exchange.session()
        _ = try exchange.query()
        let request = try BlockRequest(json: try await exchange.json())
        return .json(201, PartyAnswers.json(try await exchange.gateway.block(request, session: session)))
    }

    private static func activation(_ exchange: Exchange) async throws -> Response {
        let session = try await exchange.session()
        _ = try exchange.query()
        let body = try await exchange.json()
        // The session was opened by user ID, password and a second element; naming them again is for callers
        // that want them checked again.
        let ordered =
            body.object?.count == 0
            ? try await exchange.gateway.orderActivationCode(session: session)
            : try await exchange.gateway.orderActivationCode(
                try ActivationOrder(json: body), session: session)
        return .json(201, PartyAnswers.json(ordered))
    }

    private static func keyCard(_ exchange: Exchange) async throws -> Response {
        let session = try await exchange.session()
        _ = try exchange.query()
        _ = try Fields(try await exchange.json(), schema: Schemas.empty)
        return .json(201, PartyAnswers.json(try await exchange.gateway.orderKeyCard(session: session)))
    }
}
