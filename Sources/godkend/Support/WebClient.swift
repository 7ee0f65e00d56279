import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Notation

/// What a server answered.
struct WebAnswer: Sendable {
    let status: Int
    let headers: [String: String]
    let bytes: [UInt8]

    /// A header by its lower-case name.
    func header(_ name: String) -> String? { headers[name] }

    /// The body as JSON, or null when it is none.
    var json: JSON { (try? JSON.parse(bytes)) ?? .null }

    /// What went wrong, in the server's own words where it has any.
    var complaint: String {
        let problem = json.object
        return problem?["detail"]?.text ?? problem?["title"]?.text ?? problem?["error"]?.text
            ?? "The server answered \(status)."
    }
}

/// Small HTTP requests, over TCP or a socket file. Used by commands, never by the server.
enum WebClient {
    /// Lives as long as the process. Nobody there is told at once instead of asked again for a minute.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    static func send(
        _ method: String, _ url: String, headers: [(String, String)] = [], body: [UInt8]? = nil,
        timeoutSeconds: Int64 = 60
    ) async throws -> WebAnswer {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await client.execute(request, timeout: .seconds(timeoutSeconds))
        let buffer = try await response.body.collect(upTo: 16 * 1_024 * 1_024)
        var found: [String: String] = [:]
        for header in response.headers { found[header.name.lowercased()] = header.value }
        return WebAnswer(
            status: Int(response.status.code), headers: found, bytes: Array(buffer.readableBytesView))
    }

    /// A request with a JSON body.
    static func sendJSON(
        _ method: String, _ url: String, headers: [(String, String)] = [], _ body: JSON
    ) async throws -> WebAnswer {
        try await send(
            method, url, headers: headers + [("Content-Type", "application/json")], body: body.written())
    }
}
