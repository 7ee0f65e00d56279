import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

@testable import Outbound

/// A host that reacts to raw messages as a test says, and remembers all of them.
struct WireBank: Sendable {
    /// What a host does with a message.
    enum Reaction: Sendable {
        case ignore
        case close
        /// These messages, each in a frame of its own; an empty one is a keep-alive.
        case send([[UInt8]])
    }

    let port: Int
    private let channel: any Channel
    private let book: WireBook

    var connections: Int { book.connections }
    /// Every message that came, without its TPDU.
    var messages: [[UInt8]] { book.messages }
    /// The TPDU of every message that came.
    var tpdus: [[UInt8]?] { book.tpdus }

    /// `greet` is sent on every new connection; `react` gets the number of the connection, from 1, and a
    /// message.
    static func start(
        framing: ISO8583Framing = ISO8583Framing(), tls: NIOSSLContext? = nil, greet: [[UInt8]] = [],
        _ react: @escaping @Sendable (Int, [UInt8]) -> Reaction
    ) async throws -> WireBank {
        let book = WireBook()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    if let tls {
                        try child.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    }
                    try framing.addDecoder(to: child)
                    try child.pipeline.syncOperations.addHandler(
                        WireHandler(
                            number: book.connected(), framing: framing, greet: greet, book: book, react))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return WireBank(port: channel.localAddress?.port ?? 0, channel: channel, book: book)
    }

    func stop() async throws { try await channel.close() }
}

/// What a host has seen.
private final class WireBook: Sendable {
    private struct Page {
        var connections = 0
        var messages: [[UInt8]] = []
        var tpdus: [[UInt8]?] = []
    }

    private let page = Mutex(Page())

    var connections: Int { page.withLock { $0.connections } }
    var messages: [[UInt8]] { page.withLock { $0.messages } }
    var tpdus: [[UInt8]?] { page.withLock { $0.tpdus } }

    func connected() -> Int {
        page.withLock {
            $0.connections += 1
            return $0.connections
        }
    }

    func heard(_ message: [UInt8], tpdu: [UInt8]?) {
        page.withLock {
            $0.messages.append(message)
            $0.tpdus.append(tpdu)
        }
    }
}

private final class WireHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let number: Int
    private let framing: ISO8583Framing
    private let greet: [[UInt8]]
    private let book: WireBook
    private let react: @Sendable (Int, [UInt8]) -> WireBank.Reaction

    init(
        number: Int, framing: ISO8583Framing, greet: [[UInt8]], book: WireBook,
        _ react: @escaping @Sendable (Int, [UInt8]) -> WireBank.Reaction
    ) {
        (self.number, self.framing, self.greet, self.book, self.react) = (number, framing, greet, book, react)
    }

    func channelActive(context: ChannelHandlerContext) {
        send(greet, context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let (tpdu, message) = framing.split(unwrapInboundIn(data))
        book.heard(message, tpdu: tpdu)
        switch react(number, message) {
        case .ignore: break
        case .close: context.close(promise: nil)
        case .send(let messages): send(messages, context)
        }
    }

    private func send(_ messages: [[UInt8]], _ context: ChannelHandlerContext) {
        for message in messages {
            context.writeAndFlush(wrapOutboundOut(framing.frame(message)), promise: nil)
        }
    }
}
