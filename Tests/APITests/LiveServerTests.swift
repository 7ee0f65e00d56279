import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOPosix
import Notation
import TestKit
import Testing

@testable import API

/// A real server with tight limits, and clients that behave badly.
@Suite struct LiveServerTests {
    /// Deadlines that a busy machine does not miss, but for the one that a test is about.
    private static func limits(
        headSeconds: Int = 60, idleSeconds: Int = 60, bodySeconds: Int = 60
    ) -> ConnectionState.Limits {
        ConnectionState.Limits(
            headSeconds: headSeconds, idleSeconds: idleSeconds, bodySeconds: bodySeconds, lingerSeconds: 1,
            bodyBytes: 1_000, addressBytes: 200)
    }

    private func test(
        _ limits: ConnectionState.Limits = Self.limits(),
        _ work: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let logger = WatchfulLog.logger()
        let meters = RequestMeters(factory: PrometheusText())
        let router = Router(context: GatewayRequestContext.self)
        router.add(
            middleware: EdgeMiddleware(
                newRequestID: { "req_1" }, publicURL: "http://127.0.0.1", meters: meters, paths: KnownPaths())
        )
        router.post("/echo") { request, _ in
            Response(status: .ok, body: .init(byteBuffer: try await request.body.collect(upTo: 100_000)))
        }
        router.get("/ignores-body") { _, _ in Response(status: .ok) }
        let refuser = ConnectionGuard.Refuser(
            publicURL: "http://127.0.0.1", newRequestID: { "req_2" }, meters: meters, logger: logger)
        let app = Application(
            router: router, server: GatewayServer.server(limits: limits, refuser: refuser),
            logger: logger)
        try await app.test(.live) { client in try await work(client) }
    }

    /// Sends the pieces and reads until the server closes.
    private func raw(_ client: any TestClientProtocol, _ pieces: String...) async throws -> String {
        let port = try #require(client.port)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var text = ""
            do {
                for piece in pieces { try await outbound.write(ByteBuffer(string: piece)) }
                for try await buffer in inbound { text += String(buffer: buffer) }
            } catch is ChannelError {
                // The server has closed already: what came before that is the answer.
            }
            return text
        }
    }

    private func check(_ answer: String, _ status: Int, _ code: String) {
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
        #expect(answer.contains("\"code\":\"\(code)\""), "\(answer)")
        #expect(answer.lowercased().contains("request-id: req_"))
        // One answer, and no second one by the router.
        #expect(answer.components(separated: "HTTP/1.1 ") == 2, "\(answer)")
    }

    @Test func `REL-19: 64 header fields pass, more are refused`() async throws {
        try await test { client in
            // Two more are sent by themselves: Host and Content-Length or the like.
            for (count, status) in [(50, 200), (70, 431)] {
                var fields = HTTPFields()
                for number in 0..<count {
                    guard let name = HTTPField.Name("X-Field-\(number)") else { continue }
                    fields[name] = "x"
                }
                let answer = try await client.executeRequest(
                    uri: "/ignores-body", method: .get, headers: fields, body: nil)
                #expect(answer.status.code == status)
            }
        }
    }

    @Test func `REL-19: 16 KiB of headers are the limit`() async throws {
        try await test { client in
            let large = String(repeating: "x", count: 17 * 1_024)
            let answer = try await raw(
                client, "GET /ignores-body HTTP/1.1\r\nHost: a\r\nX-Large: \(large)\r\n\r\n")
            check(answer, 431, "headers_too_large")
        }
    }

    @Test func `REL-18: bytes that are no HTTP get a problem document`() async throws {
        try await test { client in
            check(try await raw(client, "HELLO\r\n\r\n"), 400, "request_malformed")
            check(
                try await raw(
                    client,
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                ),
                400, "request_malformed")
        }
    }

    @Test func `REL-19: a body over the limit is refused, told by its length or by its chunks`() async throws
    {
        try await test { client in
            let body = String(repeating: "x", count: 1_001)
            let good = try await client.executeRequest(
                uri: "/echo", method: .post, headers: [:], body: ByteBuffer(string: String(body.dropLast())))
            #expect(good.body.readableBytes == 1_000)
            check(
                try await raw(client, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", body),
                413,
                "body_too_large")
            check(
                try await raw(
                    client, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "3e9\r\n\(body)\r\n0\r\n\r\n"), 413, "body_too_large")
        }
    }

    @Test func `REL-19: a long address is refused`() async throws {
        try await test { client in
            let query = String(repeating: "x", count: 200)
            check(
                try await raw(client, "GET /?\(query) HTTP/1.1\r\nHost: a\r\n\r\n"), 414, "address_too_long")
        }
    }

    @Test func `REL-19: half a body is cut off and never taken for a whole one`() async throws {
        try await test(Self.limits(bodySeconds: 1)) { client in
            let answer = try await raw(
                client, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{}")
            check(answer, 408, "request_timeout")
        }
    }

    @Test func `REL-19: half a head and a silent connection are closed`() async throws {
        try await test(Self.limits(headSeconds: 1)) { client in
            let half = try await raw(client, "GET / HT")
            let silent = try await raw(client)
            #expect([half, silent] == ["", ""])
        }
    }

    @Test func `REL-19: a connection that was answered is kept and then closed`() async throws {
        try await test(Self.limits(idleSeconds: 1)) { client in
            let request = "GET /ignores-body HTTP/1.1\r\nHost: a\r\n\r\n"
            let answer = try await raw(client, request + request)
            #expect(answer.components(separated: "HTTP/1.1 200 OK") == 3)
        }
    }
}

extension String {
    /// Into how many parts a separator cuts the text.
    fileprivate func components(separated separator: String) -> Int {
        var count = 1
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
