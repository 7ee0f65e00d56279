import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Operations

/// The outermost layer: gives each request its id, turns every failure into a problem document, adds the
/// headers that all answers carry, writes the access log and counts.
struct EdgeMiddleware: RouterMiddleware {
    typealias Context = GatewayRequestContext

    let newRequestID: @Sendable () -> String
    let publicURL: String
    let meters: RequestMeters
    let paths: KnownPaths

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        meters.begin()
        var context = context
        context.requestID = newRequestID()
        context.logger[metadataKey: "request"] = .string(context.requestID)
        // Hummingbird's own id would be a second name for the same thing.
        context.logger[metadataKey: "hb.request.id"] = nil
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = problem(for: error, request, context)
        }
        response.headers[.requestID] = context.requestID
        response.headers.addSecurity()
        report(request, response, context, since: start)
        return response
    }

    private func problem(for error: any Error, _ request: Request, _ context: Context) -> Response {
        let refusal = refusal(for: error, path: request.uri.path, isRouted: Self.isRouted(context))
        if refusal.code == .internalError {
            // The type only: a description may hold what was sent.
            context.logger.error("A request failed.", metadata: ["error": .string("\(type(of: error))")])
        }
        var response = Response.problem(refusal, publicURL: publicURL, requestID: context.requestID)
        if refusal.code == .methodNotAllowed {
            response.headers[.allow] = paths.methods(on: request.uri.path).joined(separator: ", ")
        }
        return response
    }

    private func refusal(for error: any Error, path: String, isRouted: Bool) -> Refusal {
        switch error {
        case let refusal as Refusal: refusal
        case is CancellationError: Refusal(.notReady)
        // The connection ended, or was refused, in the middle of the body.
        case is HTTPParserError: Refusal(.requestMalformed)
        case is NIOTooManyBytesError: Refusal(.bodyTooLarge)
        case let error as HTTPError where error.status == .notFound:
            // The router says "not found" for a known path with another method, too.
            if isRouted {
                Refusal(.notFound)
            } else {
                Refusal(paths.methods(on: path).isEmpty ? .routeUnknown : .methodNotAllowed)
            }
        case let error as HTTPError where error.status == .contentTooLarge: Refusal(.bodyTooLarge)
        case let error as HTTPError where error.status.kind == .clientError: Refusal(.requestMalformed)
        default: Refusal(.internalError)
        }
    }

    /// Whether a route took the request. Hummingbird writes this word where none did.
    private static func isRouted(_ context: Context) -> Bool {
        context.endpointPath.map { $0 != "NotFound" } ?? false
    }

    private func report(
        _ request: Request, _ response: Response, _ context: Context, since start: ContinuousClock.Instant
    ) {
        let duration = (ContinuousClock.now - start).components
        let nanoseconds = duration.seconds * 1_000_000_000 + duration.attoseconds / 1_000_000_000
        // Never the path itself: a page's address or a mistyped one may hold what nobody should read.
        let route = Self.isRouted(context) ? context.endpointPath ?? "unmatched" : "unmatched"
        let method = Self.knownMethods.contains(request.method) ? request.method.rawValue : "OTHER"
        meters.end(method: method, route: route, status: response.status.code, nanoseconds: nanoseconds)
        context.logger.info(
            "request",
            metadata: [
                "method": .string(method), "route": .string(route),
                "status": .stringConvertible(response.status.code),
                "ms": .stringConvertible(Double(nanoseconds / 10_000) / 100),
            ])
    }

    private static let knownMethods: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]
}
