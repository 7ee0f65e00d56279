import Foundation
import Hummingbird
import Logging
import NIOCore
import Notation

/// The server's side of `control.sock`: HTTP over a socket file of mode 0600, for the server's own user only.
enum ControlServer {
    /// The longest path that `sockaddr_un` takes, without its closing zero.
    static let longestPath = 107
    /// The longest order, in bytes: a price list with all its products. Who may send one is the server's own
    /// user.
    static let longestOrder = 32 * 1_024 * 1_024

    static func application(
        socket: String, issuer: some IssuerPort, logger: Logger, owner: UInt32 = geteuid(),
        onReady: @escaping @Sendable () async -> Void = {}
    ) throws -> some ApplicationProtocol {
        guard socket.utf8.count <= longestPath else {
            throw CommandFailure(
                "The path \(socket) is too long for a socket: choose a shorter one with --state.")
        }
        // We hold the folder's lock, so a socket file that is there belongs to a dead process.
        unsafe unlink(socket)
        let router = Router(context: ControlContext.self)
        router.add(middleware: PeerCheck(owner: owner))
        router.post("issuer") { request, _ in
            let body = try await request.body.collect(upTo: longestOrder)
            return await answer(Array(body.readableBytesView), issuer: issuer, logger: logger)
        }
        return Application(
            router: router,
            configuration: ApplicationConfiguration(address: .unixDomainSocket(path: socket)),
            onServerRunning: { _ in
                // The server's umask has seen to it already; a test has none.
                unsafe chmod(socket, mode_t(PrivateFile.mode))
                await onReady()
            },
            logger: logger)
    }

    private static func answer(_ bytes: [UInt8], issuer: some IssuerPort, logger: Logger) async -> Response {
        guard let call = IssuerCall(bytes: bytes) else {
            return response(.badRequest, ["error": "This is no order that the control socket knows."])
        }
        do {
            let result = try await issuer.perform(call)
            logger.info("issuer's order done", metadata: ["call": .string(call.name.rawValue)])
            return response(.ok, result)
        } catch let failure as CommandFailure {
            return response(
                failure.isUsage ? .badRequest : .unprocessableContent, ["error": .text(failure.message)])
        } catch {
            logger.error("issuer's order failed", metadata: ["call": .string(call.name.rawValue)])
            return response(.internalServerError, ["error": "The server could not carry out the order."])
        }
    }

    private static func response(_ status: HTTPResponse.Status, _ body: JSON) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.written())))
    }
}

/// A request with the socket it came through.
struct ControlContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// Refuses whoever runs as another user than the server, though the file's mode should have kept him out.
struct PeerCheck: RouterMiddleware {
    let owner: UInt32

    func handle(
        _ request: Request, context: ControlContext, next: (Request, ControlContext) async throws -> Response
    ) async throws -> Response {
        guard let peer = await PeerCredentials.of(context.channel), peer.user == owner else {
            throw HTTPError(.forbidden)
        }
        return try await next(request, context)
    }
}
