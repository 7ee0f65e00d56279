import Notation
import Operations

/// Turns the bytes of a body into JSON, or says what is wrong with them.
enum BodyReader {
    /// 256 KiB (reliability rule 9).
    static let maximumBytes = 256 * 1024

    static func json(_ bytes: some Collection<UInt8>) throws(Refusal) -> JSON {
        do {
            return try JSON.parse(bytes)
        } catch {
            throw refusal(for: error)
        }
    }

    private static func refusal(for error: JSONError) -> Refusal {
        switch error {
        case .repeatedMember(_, let path):
            Refusal(.parameterRepeated, parameter: String(path.prefix(200)))
        case .numberTooLarge(let path) where !path.isEmpty:
            Refusal(
                .parameterInvalid, parameter: String(path.prefix(200)), detail: "The number is too large.")
        default:
            Refusal(.bodyMalformed, detail: error.explanation)
        }
    }

    /// Whether a `Content-Type` value says JSON in UTF-8 (RFC 9110 section 8.3, RFC 8259 section 11).
    static func isJSON(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let parts = contentType.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
        guard parts.first == "application/json" else { return false }
        return parts.count == 1
            || parts.count == 2 && ["charset=utf-8", "charset=\"utf-8\""].contains(parts[1])
    }

    /// Whether a `Content-Type` value says a compact JWS (RFC 7515 section 9.2.1).
    static func isJOSE(_ contentType: String?) -> Bool {
        contentType.map { trimmed($0[...]) } == "application/jose"
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text.lowercased()
    }
}
