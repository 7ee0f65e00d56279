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
        _ bank: SandboxAcquirer, clock: any Clock, port: Int = 0
    ) async throws -> ISO8583SandboxServer {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try ISO8583Framing.addDecoder(to: channel)
                    return try Client(wrappingChannelSynchronously: channel)
                }
            }
        let lines = SandboxLines()
        let answering = SandboxAnswering(bank: bank, clock: clock)
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
                        let message = try ISO8583Message(decoding: Array(buffer: frame))
                        group.addTask {
                            guard let answer = await answering.answer(message) else { return }
                            try? await outbound.write(ISO8583Framing.frame(answer))
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
            guard let bytes = try? message.encoded() else { continue }
            try? await lines.newest?.write(ISO8583Framing.frame(bytes))
        }
    }
}

/// The connections that are up.
private actor SandboxLines {
    private var writers: [Int: NIOAsyncChannelOutboundWriter<ByteBuffer>] = [:]
    private var last = 0

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

/// Puts a message to the bank and its answer into a message.
private struct SandboxAnswering: Sendable {
    let bank: SandboxAcquirer
    let clock: any Clock

    /// The bytes of the answer; nil when there is none to give.
    func answer(_ message: ISO8583Message) async -> [UInt8]? {
        try? await reply(to: message)?.encoded()
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
