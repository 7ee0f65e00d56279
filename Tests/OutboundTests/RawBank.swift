import NIOCore
import NIOPosix
import Outbound
import Synchronization

/// A server that reacts to whole requests as a test says: what the sandbox never does.
struct RawBank: Sendable {
    enum Reaction: Sendable {
        case ignore
        case close
        /// These bytes, lengths and all, each part flushed by itself.
        case send([[UInt8]])
    }

    let port: Int
    private let channel: any Channel

    /// `react` gets the number of the connection, counted from 1, and a request.
    static func start(_ react: @escaping @Sendable (Int, ISO8583Message) -> Reaction) async throws -> RawBank
    {
        let counter = Counter()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    try child.pipeline.syncOperations.addHandler(
                        RawHandler(number: counter.next(), react: react))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return RawBank(port: channel.localAddress?.port ?? 0, channel: channel)
    }

    func stop() async throws {
        try await channel.close()
    }

    /// A message behind its length in two bytes.
    static func framed(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}

private final class RawHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let number: Int
    private let react: @Sendable (Int, ISO8583Message) -> RawBank.Reaction
    private var bytes: [UInt8] = []

    init(number: Int, react: @escaping @Sendable (Int, ISO8583Message) -> RawBank.Reaction) {
        self.number = number
        self.react = react
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += Array(buffer: unwrapInboundIn(data))
        while bytes.count > 2, bytes.count >= 2 + length {
            let message = try? ISO8583Message(decoding: Array(bytes[2..<2 + length]))
            bytes.removeFirst(2 + length)
            guard let message else { return context.close(promise: nil) }
            switch react(number, message) {
            case .ignore:
                break
            case .close:
                context.close(promise: nil)
            case .send(let parts):
                for part in parts {
                    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: part)), promise: nil)
                }
            }
        }
    }

    private var length: Int { Int(bytes[0]) << 8 | Int(bytes[1]) }
}
