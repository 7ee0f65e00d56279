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

    /// Opens a connection whose events carry `number`.
    func open(
        number: Int, events: AsyncStream<ISO8583LineEvent>.Continuation
    ) async throws -> any Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.milliseconds(connectMilliseconds))
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try ISO8583Framing.addDecoder(to: channel)
                    try channel.pipeline.syncOperations.addHandler(
                        ISO8583LineHandler(number: number, events: events))
                }
            }
            .connect(host: host, port: port).get()
    }
}

/// What a connection tells, in the order in which it happened.
enum ISO8583LineEvent: Sendable {
    case message(line: Int, [UInt8])
    case closed(line: Int)
}

/// Passes whole messages and the end of the connection on to the exchange.
final class ISO8583LineHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let number: Int
    private let events: AsyncStream<ISO8583LineEvent>.Continuation

    init(number: Int, events: AsyncStream<ISO8583LineEvent>.Continuation) {
        self.number = number
        self.events = events
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        events.yield(.message(line: number, Array(buffer: unwrapInboundIn(data))))
    }

    func channelInactive(context: ChannelHandlerContext) {
        events.yield(.closed(line: number))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
