import HTTPTypes
import Hummingbird
import Notation
import Operations

/// One row of the table of routes: from it the route is registered, checked, documented and counted.
struct Route: Sendable {
    typealias Handler = @Sendable (Exchange) async throws -> Response

    let method: HTTPRequest.Method
    /// With `{id}` where an id stands, and `{handover}` where a second one does.
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
    /// Further ids in the path.
    var moreIdentifiers: [PathIdentifier] = []
    /// What stands in the path that is no id.
    var pathParameters: [QueryParameter] = []
    /// Whether the last name in the path takes all that follows, slashes too.
    var spansRest = false
    var hasEntityTag = false
    var fhir = FHIRForm.none
    let success: Success
    /// Another good answer: "not yet".
    var otherSuccess: Success?
    /// The same answer for a client that asks for another media type.
    var alternatives: [Success] = []
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
        case operatorSession
    }

    enum Body: Sendable {
        case none
        case json(ObjectSchema, isRequired: Bool)
        case jose
        /// A record or a cancellation: the compact JWS itself, or JSON that holds it.
        case signedRecord(ObjectSchema)
    }

    static let fhirType = "application/fhir+json"
    static let plainText = "text/plain; charset=utf-8"
    static let binary = "application/octet-stream"

    /// What a client that asks for `application/fhir+json` gets.
    enum FHIRForm: Sendable, Equatable {
        /// The same as everybody.
        case none
        /// An OperationOutcome in the place of a problem document.
        case refusals
        /// That, and a resource in the place of our JSON, described in a sentence.
        case answers(String)
    }

    /// An id in the path beside `{id}`.
    struct PathIdentifier: Sendable {
        /// Between the braces.
        let name: String
        let prefix: String
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

        static func bytes(_ description: String) -> Success {
            Success(status: 200, description: description, mediaType: binary, schema: [:])
        }
    }

    /// The names between braces in the path, from the left.
    var placeholders: [String] { path.split(separator: "/").compactMap(Self.placeholder) }

    /// The path with each id in the place of its name; a name without an id stays.
    func path(with ids: (_ name: String) -> String?) -> String {
        path.split(separator: "/").map { part in
            "/" + (Self.placeholder(part).flatMap(ids) ?? String(part))
        }.joined()
    }

    /// The path as the router takes it.
    var routerPath: String {
        guard spansRest else { return path }
        return path.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/**"
    }

    private static func placeholder(_ part: Substring) -> String? {
        part.hasPrefix("{") && part.hasSuffix("}") ? String(part.dropFirst().dropLast()) : nil
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
        case .operatorSession: [.sessionMissing, .sessionInvalid, .roleMissing]
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
        case .signedRecord:
            [
                .bodyMalformed, .parameterUnknown, .parameterRepeated, .parameterMissing, .parameterInvalid,
                .contentTypeUnsupported, .bodyTooLarge, .prescriptionMalformed,
            ]
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
