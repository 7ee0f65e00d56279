import HTTPTypes
import Hummingbird
import NIOCore
import Notation
import Operations
import Proofs
import Vocabulary

/// One request on its way through a route, with what a route needs to read it.
struct Exchange: Sendable {
    let request: Request
    let context: GatewayRequestContext
    let gateway: Gateway
    let route: Route

    /// The text after `Bearer ` (RFC 6750 section 2.1); the scheme's case does not matter.
    var bearer: String? {
        guard let header = request.headers[.authorization], header.prefix(7).lowercased() == "bearer " else {
            return nil
        }
        return String(header.dropFirst(7))
    }

    /// The merchant whose key came with the request.
    func merchant(_ kinds: Set<KeyKind> = [.secret]) throws(Refusal) -> Caller {
        guard let bearer else { throw Refusal(.apiKeyMissing) }
        let caller = try gateway.authenticate(bearer: bearer)
        guard kinds.contains(caller.kind) else { throw Refusal(.secretKeyRequired) }
        return caller
    }

    /// The merchant, which must be one that sells.
    func seller() throws(Refusal) -> Caller {
        let caller = try merchant()
        guard caller.merchant.kind != .filer else { throw Refusal(.merchantKindNotAllowed) }
        return caller
    }

    /// The page token of a confirmation page.
    func pageToken() throws(Refusal) -> String {
        guard let bearer else { throw Refusal(.pageTokenMissing) }
        return bearer
    }

    func session() async throws(Refusal) -> CustomerSession {
        guard let bearer else { throw Refusal(.sessionMissing) }
        return try await gateway.authenticateSession(bearer: bearer)
    }

    /// The operator who signed in.
    func operatorActor() async throws(Refusal) -> Actor {
        guard let bearer else { throw Refusal(.sessionMissing) }
        return try await gateway.operatorSession(bearer: bearer).actor
    }

    func device() async throws(Refusal) -> DeviceID {
        try await gateway.authenticateDevice(
            authorization: request.headers[.authorization], method: request.method.rawValue,
            path: request.uri.path)
    }

    /// An id in the path, by its name there. One that cannot be an id of ours names nothing.
    func id<Kind: IdentifierKind>(_ name: String = "id") throws(Refusal) -> Identifier<Kind> {
        guard let text = context.parameters.get(name), let id = Identifier<Kind>(text) else {
            throw Refusal(.notFound)
        }
        return id
    }

    /// The query, which must not hold more than the route documents.
    func query() throws(Refusal) -> Query {
        try Query(request.uri.query ?? "", allowed: Set(route.query.map(\.name)))
    }

    var knownTags: EntityTags { EntityTags(request.headers[.ifNoneMatch]) }

    /// The body as JSON; without a body, an empty object where the route allows that.
    func json() async throws -> JSON {
        guard case .json(_, let isRequired) = route.body else { return .object([:]) }
        let type = request.headers[.contentType]
        if !isRequired, type == nil {
            let bytes = try await bytes()
            guard bytes.isEmpty else { throw Refusal(.contentTypeUnsupported) }
            return .object([:])
        }
        guard BodyReader.isJSON(type) else {
            throw Refusal(.contentTypeUnsupported, detail: "Send Content-Type: application/json.")
        }
        let bytes = try await bytes()
        return !isRequired && bytes.isEmpty ? .object([:]) : try BodyReader.json(bytes)
    }

    /// The body as a compact JWS.
    func jose() async throws -> String {
        guard BodyReader.isJOSE(request.headers[.contentType]) else {
            throw Refusal(.contentTypeUnsupported, detail: "Send Content-Type: application/jose.")
        }
        guard let text = String(validating: try await bytes(), as: UTF8.self) else {
            throw Refusal(.answerMalformed)
        }
        return text
    }

    /// The body as a signed record with what is stapled to it, and as the JSON by which it is known again.
    func signedRecord() async throws -> (request: FilingRequest, body: JSON) {
        let type = request.headers[.contentType]
        let body: JSON
        if BodyReader.isJOSE(type) {
            guard let text = String(validating: try await bytes(), as: UTF8.self) else {
                throw Refusal(.prescriptionMalformed)
            }
            body = ["jws": .text(text)]
        } else {
            guard BodyReader.isJSON(type) else {
                throw Refusal(
                    .contentTypeUnsupported,
                    detail: "Send Content-Type: application/jose or application/json.")
            }
            body = try BodyReader.json(try await bytes())
        }
        return (try FilingRequest(json: body), body)
    }

    private func bytes() async throws -> [UInt8] {
        do {
            let buffer = try await request.body.collect(upTo: BodyReader.maximumBytes)
            return [UInt8](buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Refusal(.bodyTooLarge)
        }
    }

    /// By what the request is known again (PAY-IDEM). `leavingOut` is kept neither in clear nor as a digest.
    func identity(of body: JSON, leavingOut: Set<String> = []) throws(Refusal) -> RequestIdentity {
        RequestIdentity(
            key: try idempotencyKey(),
            route: "\(request.method.rawValue) \(route.path { context.parameters.get($0) })",
            body: body.object ?? [:], leavingOut: leavingOut,
            digest: { gateway.keys.fingerprint($0, as: .request) })
    }

    private func idempotencyKey() throws(Refusal) -> IdempotencyKey? {
        guard let header = request.headers[.idempotencyKey] else {
            guard route.idempotency != .required else { throw Refusal(.idempotencyKeyMissing) }
            return nil
        }
        guard let key = IdempotencyKey(header) else { throw Refusal(.idempotencyKeyInvalid) }
        return key
    }
}
