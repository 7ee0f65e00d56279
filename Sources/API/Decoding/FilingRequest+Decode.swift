import Notation
import Operations

extension Schemas {
    static let filing = ObjectSchema(
        "SignedRecord", "A signed record or cancellation as JSON; application/jose takes the JWS alone.",
        [
            Property(
                "jws", Shape.pattern("^[\\w-]+\\.[\\w-]+\\.[\\w-]*$", "Compact JWS with its payload."),
                required: true),
            Property(
                "ocsp",
                Shape.list(
                    Shape.text(1...21_848, "OCSP response, DER in base64 (RFC 4648 section 4)."),
                    0...Int64(FilingRequest.maximumStapled))),
        ])
}

extension FilingRequest {
    static let maximumStapled = 8
    /// Bytes of one OCSP response; a responder's own certificate comes with it.
    static let maximumStapledBytes = 16 * 1024

    init(json: JSON) throws(Refusal) {
        let fields = try Fields(json, schema: Schemas.filing)
        guard case .text(let compact) = try fields.value("jws") else {
            throw fields.invalid("jws", "Send a string.")
        }
        guard Self.isCompact(compact) else { throw Refusal(.prescriptionMalformed, parameter: "jws") }
        self.init(compact: compact, stapled: try Self.stapled(fields))
    }

    /// Three parts of base64url; the last is empty where nobody signed, which the examination tells by name.
    private static func isCompact(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && !parts[0].isEmpty && !parts[1].isEmpty
            && parts.allSatisfy { Base64URL.decode($0) != nil }
    }

    private static func stapled(_ fields: Fields) throws(Refusal) -> [[UInt8]] {
        guard let value = fields.object["ocsp"] else { return [] }
        guard case .array(let elements) = value, elements.count <= maximumStapled else {
            throw fields.invalid("ocsp", "Send at most \(maximumStapled) responses.")
        }
        var answers: [[UInt8]] = []
        for (index, element) in elements.enumerated() {
            guard let bytes = element.text.flatMap({ Base64.decode($0) }), !bytes.isEmpty,
                bytes.count <= maximumStapledBytes
            else {
                throw fields.invalid(
                    "ocsp[\(index)]", "Send base64 of at most \(maximumStapledBytes) bytes of DER.")
            }
            answers.append(bytes)
        }
        return answers
    }
}
