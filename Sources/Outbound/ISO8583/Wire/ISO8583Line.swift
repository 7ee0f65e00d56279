import NIOCore
import NIOPosix

/// Where the acquirer listens.
package struct ISO8583Address: Sendable, Hashable {
    package let host: String
    package let port: Int
    /// The acquirer's number, data element 32: up to eleven digits.
    package let institution: String
    /// How long opening a connection may take.
    package let connectMilliseconds: Int64

    package init(host: String, port: Int, institution: String, connectMilliseconds: Int64 = 5_000) {
        self.host = host
        self.port = port
        self.institution = institution
        self.connectMilliseconds = connectMilliseconds
    }
}

extension ISO8583Link {
    /// Opens a connection whose events carry `number`.
    func open(
        number: Int, events: AsyncStream<ISO8583LineEvent>.Continuation
    ) async throws -> any Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.milliseconds(address.connectMilliseconds))
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let security {
                        try pipeline.addHandler(security.handler(for: address.host))
                    }
                    if life.echoSeconds > 0 || life.keepAliveSeconds > 0 {
                        try pipeline.addHandler(
                            IdleStateHandler(
                                readTimeout: life.echoSeconds > 0 ? .seconds(life.echoSeconds) : nil,
                                writeTimeout: life.keepAliveSeconds > 0
                                    ? .seconds(life.keepAliveSeconds) : nil))
                    }
                    try framing.addDecoder(to: channel)
                    try pipeline.addHandler(
                        ISO8583LineHandler(number: number, framing: framing, events: events))
                }
            }
            .connect(host: address.host, port: address.port).get()
    }
}

/// What a connection tells, in the order in which it happened.
enum ISO8583LineEvent: Sendable {
    /// A whole message, and the TPDU it came behind.
    case message(line: Int, [UInt8], tpdu: [UInt8]?)
    /// A keep-alive of the bank's.
    case keptAlive(line: Int)
    /// Nothing came for as long as the settings allow.
    case quiet(line: Int)
    case closed(line: Int)
}

/// Passes whole messages and the end of the connection on to the exchange.
final class ISO8583LineHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let number: Int
    private let framing: ISO8583Framing
    private let events: AsyncStream<ISO8583LineEvent>.Continuation

    init(number: Int, framing: ISO8583Framing, events: AsyncStream<ISO8583LineEvent>.Continuation) {
        self.number = number
        self.framing = framing
        self.events = events
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let (tpdu, message) = framing.split(unwrapInboundIn(data))
        events.yield(
            message.isEmpty ? .keptAlive(line: number) : .message(line: number, message, tpdu: tpdu))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event as? IdleStateHandler.IdleStateEvent {
        case .read: events.yield(.quiet(line: number))
        case .write: context.writeAndFlush(wrapOutboundOut(framing.frame([])), promise: nil)
        case .all, nil: context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        events.yield(.closed(line: number))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
