import HTTPTypes
import Notation
import Operations

/// The OpenAPI 3.1 document, made from the table of routes and the schemas that the decoders use.
enum OpenAPIDocument {
    /// The document is the same for every request but for the address.
    static func json(publicURL: String) -> JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Godkend", "version": "1.0.0",
                "summary": "Payment and prescription authorization gateway.",
                "description": .text(overview),
            ],
            "servers": [["url": .text(publicURL)]], "paths": allPaths,
            "components": ["schemas": schemas, "securitySchemes": securitySchemes],
        ]
    }

    private static let overview = """
        Amounts are whole numbers of minor units. A decline is a result: 201 with status declined. Errors \
        are problem documents (RFC 9457) with an error object. Every answer has a Request-Id. One GET of the \
        same object a second; with wait it answers as soon as the object differs from If-None-Match.
        """

    private static let allPaths = paths(RouteTable.all)

    private static func paths(_ routes: [Route]) -> JSON {
        var paths = JSONObject()
        for route in routes {
            var item = paths[route.path]?.object ?? [:]
            item.set(route.method.rawValue.lowercased(), operation(route))
            paths.set(route.path, .object(item))
        }
        return .object(paths)
    }

    private static func operation(_ route: Route) -> JSON {
        var object: JSONObject = [
            "operationId": .text(route.operation), "summary": .text(route.summary),
            "security": security(route.credential),
        ]
        let parameters = parameters(route)
        if !parameters.isEmpty { object.set("parameters", .array(parameters)) }
        if let body = requestBody(route.body) { object.set("requestBody", body) }
        object.set("responses", responses(route))
        return .object(object)
    }

    private static func parameters(_ route: Route) -> [JSON] {
        var parameters: [JSON] = []
        if let prefix = route.identifier {
            parameters.append(parameter("id", in: "path", Shape.identifier(prefix), required: true))
        }
        for one in route.moreIdentifiers {
            parameters.append(parameter(one.name, in: "path", Shape.identifier(one.prefix), required: true))
        }
        for one in route.pathParameters {
            parameters.append(parameter(one.name, in: "path", one.schema, required: true))
        }
        for one in route.query { parameters.append(parameter(one.name, in: "query", one.schema)) }
        if route.idempotency != .none {
            parameters.append(
                parameter(
                    "Idempotency-Key", in: "header",
                    Shape.text(1...255, "New for each operation.", pattern: "^[!#-~]+$"),
                    required: route.idempotency == .required))
        }
        if route.hasEntityTag {
            parameters.append(
                parameter(
                    "If-None-Match", in: "header", ["type": "string", "description": "ETag that you have."]))
        }
        return parameters
    }

    private static func parameter(
        _ name: String, in place: String, _ schema: JSON, required: Bool = false
    ) -> JSON {
        ["name": .text(name), "in": .text(place), "required": .bool(required), "schema": schema]
    }

    private static func requestBody(_ body: Route.Body) -> JSON? {
        switch body {
        case .none: nil
        case .json(let schema, let isRequired):
            [
                "required": .bool(isRequired),
                "content": ["application/json": ["schema": schema.reference]],
            ]
        case .jose: ["required": true, "content": ["application/jose": ["schema": compactJWS]]]
        case .signedRecord(let schema):
            [
                "required": true,
                "content": [
                    "application/json": ["schema": schema.reference],
                    "application/jose": ["schema": compactJWS],
                ],
            ]
        }
    }

    private static let compactJWS = Shape.pattern("^[\\w-]+\\.[\\w-]+\\.[\\w-]+$", "Compact JWS.")

    private static func responses(_ route: Route) -> JSON {
        var responses = JSONObject()
        for one in [route.success, route.otherSuccess].compactMap({ $0 }) {
            responses.set(String(one.status), success(one, of: route))
        }
        if route.hasEntityTag {
            responses.set("304", ["description": "You have it already.", "headers": headers(["ETag"])])
        }
        for (status, codes) in errors(of: route) {
            var names = ["Request-Id"]
            if codes.contains(where: { $0.usualRetryAfterSeconds != nil }) { names.append("Retry-After") }
            if status == 401 { names.append("WWW-Authenticate") }
            if status == 405 { names.append("Allow") }
            if route.path.hasPrefix("/app/") { names.append("Device-Nonce") }
            let words = codes.map(\.rawValue).joined(separator: ", ")
            responses.set(
                String(status),
                [
                    "description": .text(words), "headers": headers(names),
                    "content": .object(refusalContent(of: route)),
                ])
        }
        return .object(responses)
    }

    private static func refusalContent(of route: Route) -> JSONObject {
        var content: JSONObject = ["application/problem+json": ["schema": Schemas.problem.reference]]
        if route.fhir != .none {
            content.set(Route.fhirType, ["schema": fhir("OperationOutcome with our code in its details.")])
        }
        return content
    }

    private static func fhir(_ description: String) -> JSON {
        ["type": "object", "description": .text(description)]
    }

    /// The refusals of a route by status, in order.
    static func errors(of route: Route) -> [(status: Int, codes: [ErrorCode])] {
        Dictionary(grouping: route.documentedErrors, by: \.status).sorted { $0.key < $1.key }
            .map { (status: $0.key, codes: $0.value) }
    }

    private static func success(_ success: Route.Success, of route: Route) -> JSON {
        var names = ["Request-Id"]
        if route.hasEntityTag { names.append("ETag") }
        if route.idempotency != .none { names.append("Idempotent-Replayed") }
        if route.path.hasPrefix("/app/") { names.append("Device-Nonce") }
        var object: JSONObject = ["description": .text(success.description), "headers": headers(names)]
        if let mediaType = success.mediaType, let schema = success.schema {
            // A media type is documented without its parameters.
            let key = String(mediaType.prefix { $0 != ";" })
            var content = JSONObject()
            content.set(key, ["schema": schema])
            for other in route.alternatives {
                if let type = other.mediaType, let schema = other.schema {
                    content.set(type, ["schema": schema])
                }
            }
            if case .answers(let description) = route.fhir {
                content.set(Route.fhirType, ["schema": fhir(description)])
            }
            object.set("content", .object(content))
        }
        return .object(object)
    }

    private static func headers(_ names: [String]) -> JSON {
        var object = JSONObject()
        for name in names { object.set(name, ["schema": ["type": "string"]]) }
        return .object(object)
    }

    private static func security(_ credential: Route.Credential) -> JSON {
        switch credential {
        case .none: []
        case .secretKey: [["secretKey": []]]
        case .anyKey: [["secretKey": []], ["publishableKey": []]]
        case .pageToken: [["pageToken": []]]
        case .pageTokenOrSecretKey: [["pageToken": []], ["secretKey": []]]
        case .device: [["deviceProof": []]]
        case .session: [["session": []]]
        case .operatorSession: [["operatorSession": []]]
        }
    }

    private static let securitySchemes: JSON = [
        "secretKey": ["type": "http", "scheme": "bearer", "description": "sk_… of a merchant."],
        "publishableKey": ["type": "http", "scheme": "bearer", "description": "pk_… of a merchant."],
        "pageToken": ["type": "http", "scheme": "bearer", "description": "The fragment of page_url."],
        "session": ["type": "http", "scheme": "bearer", "description": "From POST /me/v1/sign_ins/{id}."],
        "operatorSession": [
            "type": "http", "scheme": "bearer", "description": "From `godkend operator sign-in`.",
        ],
        "deviceProof": [
            "type": "apiKey", "in": "header", "name": "Authorization",
            "description": "Device and a compact JWS: typ godkend-device+jws, payload htm, htu, jti, nonce.",
        ],
    ]

    private static let schemas: JSON = {
        var object = JSONObject()
        for schema in Schemas.all { object.set(schema.name, schema.json) }
        return .object(object)
    }()
}
