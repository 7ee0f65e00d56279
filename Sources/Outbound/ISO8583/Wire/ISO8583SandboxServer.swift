import Lifecycles
import NIOCore
import NIOPosix
package import Operations
import Vocabulary

/// The sandbox bank behind a TCP port on loopback, speaking ISO 8583, so that both ports can be tested alike.
///
/// It reads the bank's `lateAnswers` and sends them on the newest connection. A message it cannot read ends
/// the connection. Where the bank says nothing, so does the server.
package struct ISO8583SandboxServer: Sendable {
    private typealias Client = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    package let port: Int
    private let running: Task<Void, Never>

    /// Listens on 127.0.0.1; port 0 takes a free one. `clock` completes the years that the wire leaves out.
    package static func start(
        _ bank: SandboxAcquirer, clock: any Clock, port: Int = 0,
        framing: ISO8583Framing = ISO8583Framing(), dialect: ISO8583Dialect = ISO8583Dialect()
    ) async throws -> ISO8583SandboxServer {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try framing.addDecoder(to: channel)
                    return try Client(wrappingChannelSynchronously: channel)
                }
            }
        let lines = SandboxLines(framing: framing, dialect: dialect)
        let answering = SandboxAnswering(bank: bank, clock: clock, dialect: dialect)
        let running = Task {
            await withDiscardingTaskGroup { group in
                group.addTask { await sendLateAnswers(of: bank, on: lines) }
                try? await listener.executeThenClose { clients in
                    for try await client in clients {
                        group.addTask { try? await serve(client, answering, lines) }
                    }
                }
                group.cancelAll()
            }
        }
        return ISO8583SandboxServer(port: listener.channel.localAddress?.port ?? port, running: running)
    }

    /// Ends every connection and stops listening. The bank's `lateAnswers` ends with it.
    package func stop() async {
        running.cancel()
        await running.value
    }

    private static func serve(
        _ client: Client, _ answering: SandboxAnswering, _ lines: SandboxLines
    ) async throws {
        try await client.executeThenClose { inbound, outbound in
            let number = await lines.add(outbound)
            await withDiscardingTaskGroup { group in
                do {
                    for try await frame in inbound {
                        let (tpdu, bytes) = lines.framing.split(frame)
                        guard !bytes.isEmpty else { continue }
                        let request = try SandboxRequest(bytes, lines.dialect)
                        group.addTask {
                            guard let answer = await answering.answer(request) else { return }
                            try? await outbound.write(
                                lines.framing.frame(answer, tpdu: tpdu.map(ISO8583Framing.swapped)))
                        }
                    }
                } catch {
                    // What came is not a message, or the connection broke: both end it.
                }
                group.cancelAll()
            }
            await lines.remove(number)
        }
    }

    private static func sendLateAnswers(of bank: SandboxAcquirer, on lines: SandboxLines) async {
        for await late in bank.lateAnswers {
            let message = ISO8583Message(late.answer, to: late.reference, askedMinor: nil)
            guard let bytes = try? message.encoded(as: lines.dialect) else { continue }
            try? await lines.newest?.write(lines.framing.frame(bytes))
        }
    }
}

/// The connections that are up.
private actor SandboxLines {
    let framing: ISO8583Framing
    let dialect: ISO8583Dialect
    private var writers: [Int: NIOAsyncChannelOutboundWriter<ByteBuffer>] = [:]
    private var last = 0

    init(framing: ISO8583Framing, dialect: ISO8583Dialect) {
        self.framing = framing
        self.dialect = dialect
    }

    var newest: NIOAsyncChannelOutboundWriter<ByteBuffer>? {
        writers.keys.max().flatMap { writers[$0] }
    }

    func add(_ writer: NIOAsyncChannelOutboundWriter<ByteBuffer>) -> Int {
        last += 1
        writers[last] = writer
        return last
    }

    func remove(_ number: Int) {
        writers[number] = nil
    }
}

/// What came on a connection.
private enum SandboxRequest: Sendable {
    case signal(ISO8583Signal)
    case message(ISO8583Message)

    init(_ bytes: [UInt8], _ dialect: ISO8583Dialect) throws {
        if let signal = try ISO8583Signal(decoding: bytes, as: dialect) {
            self = .signal(signal)
        } else {
            self = .message(try ISO8583Message(decoding: bytes, as: dialect))
        }
    }
}

/// Puts a message to the bank and its answer into a message.
private struct SandboxAnswering: Sendable {
    let bank: SandboxAcquirer
    let clock: any Clock
    let dialect: ISO8583Dialect

    /// The bytes of the answer; nil when there is none to give.
    func answer(_ request: SandboxRequest) async -> [UInt8]? {
        switch request {
        case .signal(let signal): try? signal.accepted()?.encoded(as: dialect)
        case .message(let message): try? await reply(to: message)?.encoded(as: dialect)
        }
    }

    private func reply(to message: ISO8583Message) async throws -> ISO8583Message? {
        let now = clock.now()
        switch message.type {
        case .authorization, .authorizationRepeat:
            let call = try message.authorizeCall(at: now)
            guard case .answered(let answer) = await bank.authorize(call) else { return nil }
            return ISO8583Message(answer, to: call.reference, askedMinor: call.money.amountMinor)
        case .capture, .captureRepeat:
            let call = try message.followUpCall(at: now)
            return answer(await bank.capture(call), to: message.type, call)
        case .refund, .refundRepeat:
            let call = try message.followUpCall(at: now)
            return answer(await bank.refund(call), to: message.type, call)
        case .reversal, .reversalRepeat:
            let call = try message.followUpCall(at: now)
            return answer(await bank.reverse(call), to: message.type, call)
        case .inquiry:
            let call = try message.inquiryCall(at: now)
            guard case .answered(let answer) = await bank.inquire(call) else { return nil }
            return ISO8583Message(answer, to: call)
        case .authorizationAnswer, .captureAnswer, .refundAnswer, .reversalAnswer, .inquiryAnswer:
            return nil
        }
    }

    private func answer(
        _ reply: AcquirerReply<FollowUpAnswer>, to type: ISO8583MessageType, _ call: FollowUpCall
    ) -> ISO8583Message? {
        guard case .answered(let answer) = reply else { return nil }
        return ISO8583Message(answer, to: type, call.reference)
    }
}
