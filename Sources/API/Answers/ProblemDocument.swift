import Notation
import Operations

/// A refusal as RFC 9457 writes it, with the `error` object that client libraries of payment APIs look for
/// (PAY-ERROR).
enum ProblemDocument {
    static let mediaType = "application/problem+json"

    /// `publicURL` is where `/docs` stands; `requestID` makes the occurrence findable in the log.
    static func json(_ refusal: Refusal, publicURL: String, requestID: String) -> JSON {
        let code = refusal.code
        let address = "\(publicURL)/docs#\(code.rawValue)"
        return [
            "type": .text(address), "title": .text(code.title), "status": .integer(Int64(code.status)),
            "detail": .text(refusal.detail), "instance": .text("urn:godkend:request:\(requestID)"),
            "error": [
                "type": .text(code.type.rawValue), "code": .text(code.rawValue), "decline_code": nil,
                "param": refusal.parameter.map { .text($0) } ?? .null, "message": .text(refusal.detail),
                "doc_url": .text(address),
            ],
        ]
    }
}
