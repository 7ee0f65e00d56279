import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import Notation
import Operations

/// Stands between the HTTP decoder and the router of one connection: cuts off who is too slow or sends too
/// much, and answers what cannot be parsed with a problem document.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// What a refusal outside the router is written with.
    struct Refuser: Sendable {
        let publicURL: String
        let newRequestID: @Sendable () -> String
        let meters: RequestMeters
        let logger: Logger
    }

    private var state: ConnectionState
    private let refuser: Refuser
    private var timer: Scheduled<Void>?
    private var timedPhase: ConnectionState.Phase?

    init(limits: ConnectionState.Limits, refuser: Refuser) {
        state = ConnectionState(limits: limits)
        self.refuser = refuser
    }

    func handlerAdded(context: ChannelHandlerContext) { restartTimer(context) }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let step: ConnectionState.Step =
            switch unwrapInboundIn(data) {
            case .head(let head):
                state.receivedHead(
                    contentLength: head.headerFields[.contentLength].flatMap { Int($0) },
                    addressBytes: head.path?.utf8.count ?? 0)
            case .body(let buffer): state.receivedBody(bytes: buffer.readableBytes)
            case .end: state.receivedEnd()
            }
        switch step {
        case .forward: context.fireChannelRead(data)
        case .drop: break
        case .refuse(let code): refuse(context, Refusal(code.errorCode))
        }
        restartTimer(context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard state.phase != .refused else {
            // The router answers a request that was refused here meanwhile.
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head: state.wroteHead()
        case .body: break
        case .end: state.wroteEnd()
        }
        context.write(data, promise: promise)
        restartTimer(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else {
            context.fireErrorCaught(error)
            return
        }
        let isOverflow = error == .headerOverflow
        guard state.failed() else {
            context.fireErrorCaught(error)
            return
        }
        refuse(context, Refusal(isOverflow ? .headersTooLarge : .requestMalformed))
        restartTimer(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // The router reads no more, but what the other side still sends must be taken, or it never sees our
        // answer.
        if state.phase == .refused { context.read() }
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if state.phase == .refused, event as? ChannelEvent == .inputClosed {
            context.close(promise: nil)
            return
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// The router's end of the connection is over at once after a refusal; the connection itself lingers.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard state.phase == .refused else {
            context.close(mode: mode, promise: promise)
            return
        }
        promise?.succeed()
    }

    /// Starts the clock anew whenever the phase is another one. Bytes that trickle in do not extend it.
    private func restartTimer(_ context: ChannelHandlerContext) {
        let phase = state.phase.withoutCount
        guard phase != timedPhase else { return }
        timedPhase = phase
        timer?.cancel()
        timer = nil
        guard let seconds = state.secondsAllowed else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: .seconds(Int64(seconds))) {
            let (handler, context) = bound.value
            handler.expired(context)
        }
    }

    private func expired(_ context: ChannelHandlerContext) {
        switch state.expired() {
        case .ignore: break
        case .close: context.close(promise: nil)
        case .refuse(let code): refuse(context, Refusal(code.errorCode))
        }
        restartTimer(context)
    }

    /// Answers, and ends the request for the router, so that half a body is never taken for a whole one.
    private func refuse(_ context: ChannelHandlerContext, _ refusal: Refusal) {
        write(context, refusal)
        context.fireErrorCaught(HTTPParserError.invalidEOFState)
        context.read()
    }

    private func write(_ context: ChannelHandlerContext, _ refusal: Refusal) {
        let id = refuser.newRequestID()
        let document = ProblemDocument.json(refusal, publicURL: refuser.publicURL, requestID: id).written()
        var fields: HTTPFields = [
            .contentType: ProblemDocument.mediaType, .contentLength: String(document.count), .requestID: id,
            .connection: "close",
        ]
        fields.addSecurity()
        let head = HTTPResponse(status: .init(code: refusal.code.status), headerFields: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: document))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        refuser.meters.begin()
        refuser.meters.end(method: "OTHER", route: "unmatched", status: refusal.code.status, nanoseconds: 0)
        refuser.logger.info(
            "request refused", metadata: ["request": .string(id), "code": .string(refusal.code.rawValue)])
    }
}

extension ConnectionState.Phase {
    /// Two moments of reading one body are one phase.
    var withoutCount: ConnectionState.Phase {
        if case .body = self { .body(0) } else { self }
    }
}

extension ConnectionState.Code {
    var errorCode: ErrorCode {
        switch self {
        case .bodyTooLarge: .bodyTooLarge
        case .addressTooLong: .addressTooLong
        case .timeout: .requestTimeout
        }
    }
}
