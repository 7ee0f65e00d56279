import HTTPTypes
import Hummingbird
import Notation
import Operations

/// One row of the table of routes: from it the route is registered, checked, documented and counted.
struct Route: Sendable {
    typealias Handler = @Sendable (Exchange) async throws -> Response

    let method: HTTPRequest.Method
    /// With `{id}` where an id stands.
    let path: String
    /// `operationId` of the OpenAPI document.
    let operation: String
    let summary: String
    let credential: Credential
    var body = Body.none
    var query: [QueryParameter] = []
    var idempotency = Idempotency.none
    var admission = Admission.always
    /// The prefix of the id in the path.
    var identifier: String?
    var hasEntityTag = false
    let success: Success
    /// Another good answer: "not yet".
    var otherSuccess: Success?
    /// What else may be answered; `always` and what follows from the other columns are added.
    var errors: [ErrorCode] = []
    let handle: Handler

    enum Credential: Sendable {
        case none
        case secretKey
        /// Publishable or secret.
        case anyKey
        case pageToken
        case pageTokenOrSecretKey
        case device
        case session
    }

    enum Body: Sendable {
        case none
        case json(ObjectSchema, isRequired: Bool)
        case jose
    }

    enum Idempotency: Sendable {
        case none
        case optional
        case required
    }

    /// Under which age of the writer's queue new work is taken (reliability rule 9, SCA-31).
    enum Admission: Sendable {
        case always
        /// New payments: 100 ms.
        case newWork
        /// What ends a payment that is under way: 2 s.
        case priority

        var maximumQueueMilliseconds: Int {
            switch self {
            case .always: .max
            case .newWork: 100
            case .priority: 2_000
            }
        }
    }

    struct QueryParameter: Sendable {
        let name: String
        let schema: JSON
    }

    struct Success: Sendable {
        let status: Int
        let description: String
        let mediaType: String?
        let schema: JSON?

        static func json(_ status: Int, _ schema: ObjectSchema) -> Success {
            Success(
                status: status, description: schema.summary, mediaType: "application/json",
                schema: schema.reference)
        }

        static func text(_ mediaType: String, _ description: String) -> Success {
            Success(status: 200, description: description, mediaType: mediaType, schema: ["type": "string"])
        }
    }

    /// The path with the id in the place of its name.
    func path(with id: String?) -> String {
        guard let id else { return path }
        return path.split(separator: "/").map { $0 == "{id}" ? "/\(id)" : "/\($0)" }.joined()
    }

    /// Every code that the route may be refused with, each once, in the catalogue's order.
    var documentedErrors: [ErrorCode] {
        let all = Set(errors + credentialErrors + bodyErrors + otherErrors)
        return ErrorCode.allCases.filter(all.contains)
    }

    private var credentialErrors: [ErrorCode] {
        switch credential {
        case .none: []
        case .secretKey:
            [.apiKeyMissing, .apiKeyInvalid, .apiKeyExpired, .secretKeyRequired, .merchantKindNotAllowed]
        case .anyKey:
            [.apiKeyMissing, .apiKeyInvalid, .apiKeyExpired, .secretKeyRequired, .merchantKindNotAllowed]
        case .pageToken: [.pageTokenMissing, .pageTokenInvalid, .notFound]
        case .pageTokenOrSecretKey:
            [
                .pageTokenMissing, .pageTokenInvalid, .apiKeyInvalid, .apiKeyExpired, .secretKeyRequired,
                .merchantKindNotAllowed,
                .notFound,
            ]
        case .device: [.useDeviceNonce, .deviceProofInvalid, .deviceUnknown, .deviceBlocked]
        case .session: [.sessionMissing, .sessionInvalid]
        }
    }

    private var bodyErrors: [ErrorCode] {
        switch body {
        case .none: []
        case .json:
            [
                .bodyMalformed, .parameterUnknown, .parameterRepeated, .parameterMissing, .parameterInvalid,
                .contentTypeUnsupported, .bodyTooLarge,
            ]
        case .jose: [.contentTypeUnsupported, .bodyTooLarge, .answerMalformed]
        }
    }

    private var otherErrors: [ErrorCode] {
        var codes: [ErrorCode] = [
            .parameterUnknown, .parameterRepeated, .parameterInvalid, .requestMalformed, .requestTimeout,
            .headersTooLarge, .addressTooLong, .methodNotAllowed, .internalError, .notReady,
        ]
        if identifier != nil { codes.append(.notFound) }
        if hasEntityTag { codes.append(.slowDown) }
        if credential != .none || admission != .always { codes += [.overloaded, .storageUnavailable] }
        switch idempotency {
        case .none: break
        case .optional, .required:
            codes += [.idempotencyKeyInvalid, .idempotencyKeyReused, .idempotencyKeyInFlight]
        }
        if idempotency == .required { codes.append(.idempotencyKeyMissing) }
        return codes
    }
}
