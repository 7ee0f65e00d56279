package import AsyncHTTPClient
import NIOCore
import NIOHTTP1
package import Notation

/// What a server answered.
package struct Reply: Sendable, Hashable {
    package let status: Int
    /// By lower-case name.
    package let headers: [String: String]
    package let body: [UInt8]

    /// The body as JSON; null when it is none.
    package var json: JSON { (try? JSON.parse(body)) ?? .null }

    /// A member of the answer's object.
    package subscript(name: String) -> JSON? { json.object?[name] }

    /// The code of a problem document.
    package var errorCode: String? { self["error"]?.object?["code"]?.text }

    /// For messages: status and code, never the body.
    package var summary: String { "\(status) \(errorCode ?? "")" }
}

/// Sends requests to one server. It never repeats one by itself.
package struct HTTPCaller: Sendable {
    /// `http://127.0.0.1:8080`.
    package let base: String
    package let client: HTTPClient
    package let timeoutSeconds: Int64

    package init(base: String, client: HTTPClient, timeoutSeconds: Int64 = 30) {
        self.base = base
        self.client = client
        self.timeoutSeconds = timeoutSeconds
    }

    /// A client whose connections are kept open, as many as there are callers at once.
    package static func makeClient(connections: Int) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(2)
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// One request, one answer.
    package func send(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8]? = nil
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: base + path)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await client.execute(request, timeout: .seconds(timeoutSeconds))
        let buffer = try await response.body.collect(upTo: 1_048_576)
        var found: [String: String] = [:]
        for header in response.headers { found[header.name.lowercased()] = header.value }
        return Reply(
            status: Int(response.status.code), headers: found, body: Array(buffer.readableBytesView))
    }
}
