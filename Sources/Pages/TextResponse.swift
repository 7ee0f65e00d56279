import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A text with its media type, and what a browser may do with it (CSP level 3).
    static func text(_ text: String, type: String, policy: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .contentSecurityPolicy: policy],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// A style sheet, script or picture, which browsers keep for five minutes.
    static func asset(_ text: String, type: String, policy: String) -> Response {
        var response = Response.text(text, type: type, policy: policy)
        response.headers[.cacheControl] = "public, max-age=300"
        return response
    }
}
