import HTTPTypes
import Hummingbird
import Notation
import Operations

extension Response {
    /// An answer of ready bytes.
    init(_ status: Int, _ bytes: some Sequence<UInt8>, type: String) {
        self.init(
            status: .init(code: status), headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func json(_ status: Int, _ json: JSON) -> Response {
        Response(status, json.written(), type: "application/json")
    }

    /// What the gateway answered to a POST, replayed or not.
    static func answered(_ answered: Answered) -> Response {
        var response = Response(answered.status, answered.body, type: "application/json")
        if answered.isReplay { response.headers[.idempotentReplayed] = "true" }
        return response
    }

    /// One object with its tag; 304 when the caller has it already (RFC 9110 section 15.4.5).
    static func object(_ json: @autoclosure () -> JSON, tag: String, known: EntityTags) -> Response {
        guard !known.matches(tag) else { return Response(status: .notModified, headers: [.eTag: tag]) }
        var response = Response.json(200, json())
        response.headers[.eTag] = tag
        return response
    }

    /// A refusal as a problem document, with the fields that RFC 9110 asks for beside it.
    static func problem(_ refusal: Refusal, publicURL: String, requestID: String) -> Response {
        let document = ProblemDocument.json(refusal, publicURL: publicURL, requestID: requestID)
        var response = Response(refusal.code.status, document.written(), type: ProblemDocument.mediaType)
        if let seconds = refusal.retryAfterSeconds { response.headers[.retryAfter] = String(seconds) }
        if refusal.code.status == 401 { response.headers[.wwwAuthenticate] = refusal.code.challenge }
        return response
    }
}

extension ErrorCode {
    /// The scheme that would have been accepted (RFC 9110 section 11.6.1).
    var challenge: String {
        switch self {
        case .useDeviceNonce: "Device error=\"use_device_nonce\""
        case .deviceProofInvalid, .deviceUnknown: "Device"
        default: "Bearer"
        }
    }
}
